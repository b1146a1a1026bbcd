"""Proceedings, complaints, clocks, shields and minors."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from chengxin.audit import queries as audit
from chengxin.audit.models import AuditEntry
from chengxin.casework import services
from chengxin.casework.errors import DocumentNeeded, NoPlan, NotMinor, UnknownCase
from chengxin.casework.models import CaseEvent
from chengxin.casework.services import papers
from chengxin.casework.tests.conftest import CENTRE, officer
from chengxin.casework.values import Paper, Said, State
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.publication.queries import fact, withdrawal
from chengxin.register.errors import NotSealed
from chengxin.register.models import Record
from chengxin.register.queries import state
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.subjects.models import Subject

PDF = b"%PDF-1.7 a notice of acceptance"


def marks(record, book):
    return [one.kind for one in fact(record, on=today(), book=book).passport.marks]


@pytest.fixture
def lawsuit(go, penalty):
    return go(
        "file_proceeding",
        by="agent",
        record_id=penalty,
        proceeding="lawsuit",
        body="连云港市某区人民法院",
        document="（2026）苏07行初1号",
        said=Said("见受理通知书", papers=(Paper("受理通知书.pdf", PDF),)),
    )


def test_a_lawsuit_is_marked_once_its_notice_was_seen_and_a_revocation_flows_through(
    go, lawsuit, penalty, book
):
    assert marks(penalty, book) == []
    go("accept", lawsuit, by="centre")
    assert marks(penalty, book) == ["lawsuit"]
    ordered = go(
        "conclude", lawsuit, by="handler", outcome=State.ORDERED, document="判决",
        set_aside_on=today() - timedelta(days=1), reason="判决撤销处罚决定",
    )  # fmt: skip
    assert ordered.due_on == book.calendar.add_working_days(today() - timedelta(days=1), 3)
    go("carry_out", ordered, by="head", reason="法院判决撤销处罚决定。")
    assert withdrawal(penalty, on=today(), book=book).reason == "法院判决撤销处罚决定。"
    assert not fact(penalty, on=today(), book=book).showing.on(today())


def test_upheld_by_the_court_the_mark_goes_and_the_fact_stays(go, lawsuit, penalty, book):
    go("accept", lawsuit, by="centre")
    with pytest.raises(DocumentNeeded):
        go("conclude", lawsuit, by="handler", outcome=State.MAINTAINED, document="", reason="维持")
    go(
        "conclude",
        lawsuit,
        by="handler",
        outcome=State.MAINTAINED,
        document="判决书",
        reason="维持",
    )
    assert marks(penalty, book) == []
    assert fact(penalty, on=today(), book=book).showing.on(today())


def test_a_paper_is_kept_sealed_and_read_by_who_may(go, lawsuit, people, agent):
    paper = lawsuit.papers.get()
    assert services.open_paper(number=lawsuit.number, paper_id=paper.id, by=agent)[1] == PDF
    assert (
        services.open_paper(number=lawsuit.number, paper_id=paper.id, by=people["centre"])[1] == PDF
    )
    assert PDF not in papers.store().path(paper.stored_sha256).read_bytes()
    with pytest.raises(UnknownCase):
        services.open_paper(number=lawsuit.number, paper_id=paper.id, by=people["stranger"])


def test_a_complaint_is_decided_by_the_centre_never_by_the_unit(go, firm, people):
    case = go(
        "file_complaint", by="agent", subject=firm.id, infringement=False, against="lyg-scjg",
        said=Said("三次去电无人答复"),
    )  # fmt: skip
    assert case.unit == CENTRE
    with pytest.raises(NotPermitted):
        go("accept", case, by="handler")
    go("accept", case, by="centre")
    go("propose", case, by="centre", outcome=State.FOUNDED, reason="查实")
    assert go("decide", case, by="reviewer", reason="查实，已责令改正。").state == "founded"


def test_who_is_slow_is_reminded_once_and_what_is_overdue_goes_up_once(objection, book):
    clock = Actor.system("casework.watch")
    late = book.calendar.add_working_days(objection.due_on, 1)
    for day in (objection.due_on, objection.due_on, late, late):
        services.watch(by=clock, on=day, book=book)
    assert list(CaseEvent.objects.values_list("move", flat=True)) == ["file", "remind", "escalate"]
    assert Notice.objects.filter(template="case_objection_escalate").count() == 1
    with pytest.raises(NotPermitted):
        services.watch(by=Actor.system(), on=late, book=book)


def test_in_reorganisation_the_past_is_shielded_until_the_plan_ends(firm, penalty, book):
    by = officer("centre", "casework.shield", unit=CENTRE, scope=Scope.ALL)
    until = today() + timedelta(days=30)
    asked = {"until": until, "reason": "法院批准重整计划", "by": by, "on": today(), "book": book}
    with pytest.raises(NoPlan):
        services.shield(order=penalty, **asked)
    order = _record(firm.id, firm.kind, "bankruptcy", {"bankruptcy_procedure": "plan_approved"})
    assert services.shield(order=order, **asked)[1] == 1
    assert fact(penalty, on=today(), book=book).showing.reason == "shielded"
    assert fact(penalty, on=until, book=book).showing.on(until)


def _record(subject, kind, item, facts, *, adverse=False):
    number = f"测{uuid.uuid4().hex[:8]}"
    new = NewRecord(
        item=item, subject=subject, subject_kind=kind, unit="lyg-scjg",
        natural_key=sha256_hex(number.encode()), adverse=adverse,
        disclosure="by_consent" if kind == "natural_person" else "public", decided_on=today(),
        document_number=number, facts={"document_number": number, **facts}, personal={"name": "某"},
        basis="测试", batch=uuid.uuid4(), row=1, file_sha256="ef" * 32,
    )  # fmt: skip
    append(new=[new], by=Actor.system("intake.release"), edition="e")
    return new.id


def _person(like):
    row = Subject.objects.get(id=like.id)
    plain = {"id": uuid.uuid4(), "kind": "natural_person", "public_id": "p-test"}
    empty = ("name", "address", "industry", "division", "status")
    for name, value in (plain | dict.fromkeys(empty, "") | {"registered_on": None}).items():
        setattr(row, name, value)
    Subject.objects.bulk_create([row])
    return row.id


def test_a_minors_record_is_sealed_then_erased_by_another_and_the_log_leads_nowhere(db, firm, book):
    person = _person(firm)
    record = _record(person, "natural_person", "penalty", {}, adverse=True)
    seals = officer("sealer", "casework.seal", "register.erase", scope=Scope.ALL)
    erases = officer("eraser", "register.erase", scope=Scope.ALL)

    with pytest.raises(NotSealed):
        services.erase_minor(record_id=record, by=erases, book=book)
    with pytest.raises(NotMinor):
        services.seal_minor(record_id=record, verified_by=" ", by=seals, on=today(), book=book)
    services.seal_minor(record_id=record, verified_by="户籍核验", by=seals, on=today(), book=book)
    assert state(record, on=today(), known=now()).hidden_by == "sealed"
    with pytest.raises(NotSealed):
        services.erase_minor(record_id=record, by=seals, book=book)

    erasure = services.erase_minor(record_id=record, by=erases, book=book)
    assert not Record.objects.filter(id=record).exists()
    entry = AuditEntry.objects.get(sequence=erasure.sequence)
    assert str(record) not in str([entry.target, entry.facts, entry.unit])
    assert entry.facts["commitment"] == sha256_hex(f"{erasure.secret}:{erasure.digest}".encode())
    assert audit.verify().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE casework_case SET state = 'corrected'",
        "UPDATE casework_caseevent SET reason = 'x'",
        "DELETE FROM casework_case",
        """
        INSERT INTO casework_caseevent (case_id, move, state, turn, effective_on, known_at, login,
            unit, reason, facts, basis, edition)
        SELECT id, 'decide', 'deleted', 'nobody', last_on, now(), 'head', '', 'because', '{}', '',
            '' FROM casework_case
        """,
    ],
)
def test_the_database_itself_refuses_what_the_table_of_moves_has_not(objection, sql):
    with (
        pytest.raises(DatabaseError, match=r"no such move|by its events|Cannot"),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
