"""Issuing: a report comes out of the register, is kept, noted, and answered by its code."""

from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from chengxin.audit import queries as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import today
from chengxin.kernel.errors import NotPermitted
from chengxin.policy.queries import current_rulebook
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.reports import queries, rendering, services
from chengxin.reports.errors import (
    FutureDay,
    NoSuchOrganisation,
    NotAnOrganisation,
    PageNotMade,
    UnknownLanguage,
)
from chengxin.reports.models import Report
from chengxin.reports.values import PartState
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import import_organisations, register_from_rows
from chengxin.subjects.values import Party

pytestmark = pytest.mark.django_db

USCC = "91320700MA1X0T0X8T"
NAME = "连云港示例骉䶮物流有限公司"
DECIDED = date(2026, 4, 13)


@pytest.fixture(autouse=True)
def installation(tmp_path_factory, settings):
    home = tmp_path_factory.getbasetemp() / "reports-home"
    settings.CHENGXIN_HOME = home
    settings.CHENGXIN_KEYS = home / "keys"
    settings.CHENGXIN_BASE_URL = "https://credit.example"


@pytest.fixture
def organisation():
    row = {
        "name": NAME,
        "uscc": USCC,
        "kind": "legal_person",
        "status": "active",
        "division": "320706",
        "registered_on": "2015-03-02",
    }
    clerk = Actor.system("subjects.import")
    import_organisations(rows=[(2, row)], by=clerk, on=today())
    return subjects.by_code(USCC).id


@pytest.fixture
def permit(organisation):
    book = current_rulebook()
    new = NewRecord(
        item="permit",
        subject=organisation,
        subject_kind="legal_person",
        unit="lyg-scjg",
        natural_key="0" * 64,
        adverse=False,
        disclosure="public",
        decided_on=DECIDED,
        document_number="连行审许〔2026〕7号",
        facts={
            "document_number": "连行审许〔2026〕7号",
            "content": "热食类食品制售",
            "decided_on": DECIDED.isoformat(),
            "valid_until": "2099-12-31",
            "authority": "连云港市市场监督管理局",
        },
        personal={"representative": "测试人"},
        basis="",
        batch=uuid4(),
        row=3,
        file_sha256="ab" * 32,
    )
    append(new=[new], by=Actor.system("intake.release"), edition=book.edition)


def issue(subject, **changes):
    usual = {"on": today(), "by": services.PUBLIC, "book": current_rulebook()}
    return services.issue(subject=subject, **(usual | changes))


def test_a_report_shows_the_public_fact_with_its_source(organisation, permit):
    issued = issue(organisation)

    (part,) = [part for part in issued.content.parts if part.facts]
    (fact,) = part.facts
    assert (part.code, fact.item) == ("administration", "permit")
    assert fact.passport["document_sha256"] == "ab" * 32
    assert fact.passport["source_unit_name"] == "连云港市市场监督管理局"
    assert "测试人" not in str(issued.content)


def test_an_issued_report_verifies_and_is_found_by_its_code(organisation, permit):
    issued = issue(organisation)

    found = services.verify_pdf(issued.pdf)
    report = queries.by_code(found.code.lower())
    assert found.valid
    assert (found.subject, found.as_of) == (NAME, today())
    assert (report.id, report.sha256) == (issued.report.id, sha256_hex(issued.pdf))
    assert queries.pdf_of(report) == issued.pdf
    assert queries.by_sha256(found.sha256) == report


def test_issuing_is_in_the_log_without_personal_data(organisation, permit):
    issued = issue(organisation, purpose="投标")

    (entry,) = audit.about(f"report:{issued.report.number}")
    assert (entry.verb, entry.login, entry.purpose) == ("reports.issue", "public", "投标")
    assert entry.facts["sha256"] == issued.report.sha256
    assert NAME not in str(entry.facts)


def test_words_of_the_reader_are_not_printed_over_our_signature(organisation):
    assert issue(organisation, purpose="该公司信用极好").content.purpose == ""
    assert issue(organisation, purpose="objection_check").content.purpose == "核实异议"


def test_a_report_as_of_an_earlier_day_shows_that_day(organisation, permit):
    before = issue(organisation, on=DECIDED - timedelta(days=1))
    assert not any(part.facts for part in before.content.parts)
    assert before.report.as_of == date(2026, 4, 12)


def test_a_natural_person_gets_no_public_report():
    party = Party(name="测试自然人", codes={"id_number": "11010519491231002X"}, personal=True)
    (person,) = register_from_rows(parties=[party])

    with pytest.raises(NotAnOrganisation) as refusal:
        issue(person)

    assert "自然人" in refusal.value.text("zh")
    assert "测试自然人" not in str(refusal.value)
    assert Report.objects.count() == 0


def test_nobody_gets_no_report():
    with pytest.raises(NoSuchOrganisation):
        issue(uuid4())


def test_tomorrow_cannot_be_reported(organisation):
    with pytest.raises(FutureDay):
        issue(organisation, on=today() + timedelta(days=1))


def test_an_unknown_language_is_refused(organisation):
    with pytest.raises(UnknownLanguage):
        issue(organisation, language="fr")


def test_without_the_power_nothing_is_issued(organisation):
    with pytest.raises(NotPermitted):
        issue(organisation, by=Actor.system("register.read"))
    assert Report.objects.count() == 0


@pytest.mark.parametrize("act", [lambda rows: rows.update(public_name="x"), lambda r: r.delete()])
def test_an_issued_report_can_be_neither_changed_nor_deleted(organisation, act):
    issue(organisation)
    with pytest.raises(DatabaseError), transaction.atomic():
        act(Report.objects.all())


def test_a_code_nobody_was_given_answers_nothing(organisation):
    assert queries.by_code("0000-0000-0000-0000") is None
    assert queries.by_code("not a code") is None


def test_silence_says_something_only_of_what_was_ever_taken_in(organisation, permit):
    issued = services.issue(
        subject=organisation, on=today(), by=services.PUBLIC, book=current_rulebook()
    )
    acts = next(part for part in issued.content.parts if part.code == "administration")
    assert [heading.label for heading in acts.headings] == ["行政许可"]
    honours = next(part for part in issued.content.parts if part.code == "honour")
    assert honours.state is PartState.NOT_COLLECTED


def test_a_file_that_does_not_verify_is_never_handed_out(organisation, tmp_path, monkeypatch):
    # As when an update exchanges the form on disk under a running site.
    older = Path(copytree(rendering.TEMPLATES, tmp_path / "templates"))
    form = older / "report.typ"
    text = form.read_text(encoding="utf-8")
    start = text.index('#pdf.attach(\n  "report.json.jws"')
    form.write_text(text[:start] + text[text.index(")\n", start) + 2 :], encoding="utf-8")
    monkeypatch.setattr(rendering, "TEMPLATES", older)
    rendering._compiler.cache_clear()
    try:
        with pytest.raises(PageNotMade):
            issue(organisation)
    finally:
        rendering._compiler.cache_clear()
    assert Report.objects.count() == 0
