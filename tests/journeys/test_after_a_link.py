"""What happens to a link afterwards: undone and redone, doubted by its subject, exact each time."""

from dataclasses import asdict
from datetime import date, timedelta
from time import perf_counter

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.conftest import officer

from chengxin.audit import queries as audit
from chengxin.intake.models import Row
from chengxin.intake.queries import counts
from chengxin.intake.services import decide_case, decide_match, release, submit, undo_match
from chengxin.kernel.actor import Scope
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.publication.queries import fact, public_fact, public_facts, under_check
from chengxin.register import queries as register
from chengxin.register.errors import (
    CaseDecided,
    CaseOpen,
    NothingSaid,
    NotLinked,
    OwnLink,
    ReasonNeeded,
)
from chengxin.register.models import LinkCase, Record, RecordLink
from chengxin.register.services import open_case, read_case
from chengxin.reports.queries import stands
from chengxin.reports.services import PUBLIC, issue
from chengxin.subjects import queries as subjects

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
CODE, OTHER_CODE = "91320700MA1X0T0X8T", "93320722MA00TT119L"
NUMBER = "连市监罚〔2026〕104号"
WRONG_NAME = {"subject_name": "连云港新丝路水产有限公司", "document_number": NUMBER}
OTHER = {
    "subject_name": "东海县测试水晶专业合作社",
    "uscc": OTHER_CODE,
    "document_number": "连市监罚〔2026〕105号",
}
PERSON = {
    "subject_name": "李小样",
    "subject_kind": "自然人",
    "uscc": "",
    "representative": "",
    "id_type": "身份证",
    "id_number": "11010519491231002X",
    "document_number": "连市监罚〔2026〕106号",
}
TIMES = {"recorded_at", "revoked_at", "proof"}  # moments; the rest must be equal


@pytest.fixture
def auditor():
    verbs = ("register.unlink", "register.open_case", "register.decide_case")
    return officer("auditor", *verbs)


@pytest.fixture
def window():
    return officer("window", "register.open_case", unit="lyg-xyzx", scope=Scope.ALL)


@pytest.fixture
def take_in(book, clerk, reviewer, penalty_file):
    def run(*changes):
        data = penalty_file(*changes)
        facts = {"item": "penalty", "unit": "lyg-scjg", "by": clerk, "on": ON, "book": book}
        batch = submit(data=data, filename="处罚.xlsx", **facts)
        return release(number=batch.number, by=reviewer, on=ON, book=book)

    return run


@pytest.fixture
def choose(book, reviewer):
    def run(row, code=CODE, by=reviewer):
        choice = subjects.by_code(code).public_id
        decide_match(row_id=row.id, choice=choice, reason="已核对执照", by=by, on=ON, book=book)
        row.refresh_from_db()

    return run


@pytest.fixture
def undo(book, auditor):
    def run(record, by=auditor, reason="执照核对有误"):
        return undo_match(record_id=record, reason=reason, by=by, on=ON, book=book)

    return run


@pytest.fixture
def doubtful(take_in):
    """Two firms with a record each, and a row that waits for a person."""
    take_in({})
    take_in(OTHER)
    return Row.objects.get(batch=take_in(WRONG_NAME))


@pytest.fixture
def not_me(book, window):
    def run(record, by=window, statement="我公司从未受此处罚，执照被冒用。"):
        return open_case(
            record_id=record,
            on_behalf_of="法定代表人 测试人",
            statement=statement,
            by=by,
            on=today(),
            book=book,
        )

    return run


def shown(code, book, **when):
    on = when.pop("on", today())
    return {one.record for one in public_facts(subjects.by_code(code).id, on=on, book=book, **when)}


def state_of(row, book):
    """All that register and publication say of both firms, and the row, as one digest."""
    row.refresh_from_db()
    said = {"row": [row.state, row.subject, row.record, row.values, row.faults, row.evidence]}
    for code in (CODE, OTHER_CODE):
        view = subjects.by_code(code)
        held = register.records_of(view.id, on=today(), known=now())
        public = public_facts(view.id, on=today(), book=book)
        said[code] = {
            "view": asdict(view),
            "found": [asdict(hit) for hit in subjects.search(view.name)],
            "register": [timeless(asdict(one)) for one in held],
            "public": [[asdict(v) for v in f.fields] for f in public],
            "passports": [timeless(f.passport.as_json()) for f in public],
        }
    said["totals"] = register.totals()["by_item"]
    return sha256_hex(canonical_json(said))


def timeless(content):
    return {name: value for name, value in content.items() if name not in TIMES}


def test_undone_and_redone_every_state_is_exactly_the_earlier_one(doubtful, book, choose, undo):
    before = state_of(doubtful, book)
    choose(doubtful)
    linked, record = state_of(doubtful, book), doubtful.record
    assert linked != before

    undo(record)
    assert state_of(doubtful, book) == before
    choose(doubtful)
    assert state_of(doubtful, book) == linked
    assert Record.objects.filter(document_number=NUMBER).count() == 1
    assert Notice.objects.filter(about=record).count() == 1


def test_undone_it_is_in_nobody_s_file_and_a_report_that_quoted_it_no_longer_stands(
    doubtful, book, choose, undo
):
    choose(doubtful)
    record, firm = doubtful.record, subjects.by_code(CODE)
    report = issue(subject=firm.id, on=today(), by=PUBLIC, book=book).report
    assert stands(report, book)

    undo(record)
    assert record not in shown(CODE, book)
    assert public_fact(record, on=today(), book=book) is None
    assert fact(record, on=today(), book=book).showing.reason == "unlinked"
    assert not stands(report, book)
    assert register.totals()["by_item"]["penalty"] == 2


def test_it_can_be_linked_to_another_and_shows_only_once_that_one_was_told(
    doubtful, book, choose, undo
):
    choose(doubtful)
    undo(doubtful.record)
    choose(doubtful, OTHER_CODE)
    assert doubtful.record in shown(OTHER_CODE, book)  # served with the decision
    assert doubtful.record not in shown(CODE, book)
    told = Notice.objects.filter(about=doubtful.record).values_list("to_subject", flat=True)
    assert set(told) == {subjects.by_code(one).id for one in (CODE, OTHER_CODE)}


def test_being_told_is_of_no_use_to_another(take_in, book, choose, undo):
    take_in({})
    take_in(OTHER)
    row = Row.objects.get(batch=take_in({**WRONG_NAME, "served_on": ""}))
    choose(row)
    record = row.record
    Notice.objects.filter(about=record).update(acknowledged_on=today())
    assert record in shown(CODE, book)
    undo(record)
    row.refresh_from_db()
    choose(row, OTHER_CODE)
    assert record not in shown(OTHER_CODE, book)


def test_looking_back_officers_see_what_stood_and_the_public_no_undone_fact(
    doubtful, book, choose, undo
):
    choose(doubtful)
    record, firm, moment = doubtful.record, subjects.by_code(CODE).id, now()
    undo(record)
    then = register.records_of(firm, on=today(), known=moment)
    assert record in {one.id for one in then}
    assert record not in {one.id for one in register.records_of(firm, on=today(), known=now())}
    assert fact(record, on=today(), book=book, known=moment).subject == firm
    assert record not in shown(CODE, book, known=moment)


def test_a_link_made_by_rule_is_undone_too_and_its_line_waits_with_all_it_said(
    take_in, book, undo, auditor, choose
):
    batch = take_in({})
    record = Record.objects.get()
    row = undo(record.id)
    batch.refresh_from_db()
    assert counts(batch) == {"awaiting_match": 1}
    assert (row.number, row.values["document_number"]) == (record.row, record.document_number)
    assert shown(CODE, book) == set()
    choose(row)
    assert counts(batch) == {"recorded": 1}
    assert (row.record, Record.objects.count()) == (record.id, 1)
    assert shown(CODE, book) == {record.id}


def test_who_made_or_released_a_link_does_not_undo_it_nor_another_unit(
    doubtful, choose, undo, stranger
):
    both = officer("reviewer", "register.unlink")
    choose(doubtful)
    with pytest.raises(OwnLink):
        undo(doubtful.record, by=both)
    with pytest.raises(NotPermitted):
        undo(doubtful.record, by=stranger)
    with pytest.raises(ReasonNeeded):
        undo(doubtful.record, reason=" ")
    undo(doubtful.record)
    with pytest.raises(NotLinked):
        undo(Record.objects.get(document_number=NUMBER).id)


def test_a_person_s_record_is_never_linked_to_an_organisation(take_in, undo):
    take_in({}, PERSON)
    record = Record.objects.get(subject_kind="natural_person")
    undo(record.id)
    link = RecordLink.objects.get()
    firm = subjects.by_code(CODE)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordLink.objects.create(
            id=record.id, record=record, subject_id=firm.id, subject_kind=firm.kind,
            known_at=now(), reason="x", basis="x", login="x", unit="x", edition="x",
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordLink.objects.filter(id=link.id).update(reason="another")


def test_not_me_hides_at_once_and_opens_a_case_with_a_day(take_in, book, not_me):
    take_in({})
    record = Record.objects.get().id
    begun = perf_counter()
    case = not_me(record)
    assert shown(CODE, book) == set()
    assert perf_counter() - begun < 5
    assert under_check(record, on=today(), book=book)
    assert shown(CODE, book, on=today() - timedelta(1)) == set()
    assert fact(record, on=today(), book=book).showing.reason == "under_check"
    assert register.totals()["by_item"]["penalty"] == 0
    assert case.due_on == book.calendar.add_working_days(today(), 3)
    assert Notice.objects.get(about=case.id).template == "not_me_received"


def test_upheld_the_link_is_undone_and_the_line_waits_for_a_person(
    take_in, book, not_me, auditor, choose
):
    batch = take_in({})
    record = Record.objects.get().id
    case = not_me(record)
    row = decide_case(
        number=case.number, upheld=True, reason="执照确被冒用", by=auditor, on=today(), book=book
    )
    batch.refresh_from_db()
    assert counts(batch) == {"awaiting_match": 1}
    assert fact(record, on=today(), book=book).showing.reason == "unlinked"
    choose(row)
    assert shown(CODE, book) == {record}


def test_not_upheld_it_shows_again_with_the_reason_told(take_in, book, not_me, auditor):
    take_in({})
    record = Record.objects.get().id
    public = shown(CODE, book)
    case = not_me(record)
    decide_case(
        number=case.number, upheld=False, reason="送达回证有盖章", by=auditor, on=today(), book=book
    )
    assert shown(CODE, book) == public == {record}
    told = Notice.objects.get(about=case.id, template="not_me_not_upheld")
    assert told.facts["reason"] == "送达回证有盖章"
    kinds = [event.kind for event in register.history(record)]
    assert kinds == ["recorded", "check_opened", "check_closed"]


def test_said_again_after_a_decision_nothing_is_hidden_a_second_time(
    take_in, book, not_me, auditor
):
    take_in({})
    record = Record.objects.get().id
    first = not_me(record)
    said = {"upheld": False, "reason": "属实", "by": auditor, "on": today(), "book": book}
    decide_case(number=first.number, **said)
    again = not_me(record)
    assert not again.suspends
    assert shown(CODE, book) == {record}


def test_a_case_is_decided_once_and_by_somebody_else(take_in, book, not_me, auditor, window):
    take_in({})
    record = Record.objects.get().id
    case = not_me(record)
    with pytest.raises(CaseOpen):
        not_me(record)
    said = {"number": case.number, "upheld": True, "reason": "x", "on": today(), "book": book}
    taker = officer("window", "register.decide_case", unit="lyg-xyzx", scope=Scope.ALL)
    released = officer("reviewer", "register.decide_case")
    for by in (taker, released):
        with pytest.raises(OwnLink):
            decide_case(**said, by=by)
    with pytest.raises(NotPermitted):
        decide_case(**said, by=window)
    with pytest.raises(ReasonNeeded):
        decide_case(**{**said, "reason": ""}, by=auditor)
    decide_case(**said, by=auditor)
    with pytest.raises(CaseDecided):
        decide_case(**said, by=auditor)
    assert audit.verify().ok


def test_what_the_subject_said_is_sealed_and_reading_it_is_logged(take_in, not_me, auditor, window):
    take_in({})
    record = Record.objects.get().id
    with pytest.raises(NothingSaid):
        not_me(record, statement=" ")
    case = not_me(record)
    stored = str(LinkCase.objects.values().get()) + str(list(Notice.objects.values()))
    assert "测试人" not in stored
    assert "冒用" not in stored
    assert read_case(number=case.number, by=auditor)["on_behalf_of"] == "法定代表人 测试人"
    with pytest.raises(NotPermitted):
        read_case(number=case.number, by=window)
    verbs = [entry.verb for entry in audit.about(f"record:{record}")]
    assert verbs == ["register.open_case", "register.read_case"]


def test_while_a_case_is_open_the_link_is_not_undone_beside_it(take_in, not_me, undo):
    take_in({})
    record = Record.objects.get().id
    not_me(record)
    with pytest.raises(CaseOpen):
        undo(record)


def test_a_person_can_say_it_too(take_in, book, not_me, auditor):
    take_in(PERSON)
    record = Record.objects.get().id
    case = not_me(record)
    assert register.state(record, on=today(), known=now()).under_check_since == today()
    decide_case(
        number=case.number, upheld=True, reason="号码被冒用", by=auditor, on=today(), book=book
    )
    assert register.state(record, on=today(), known=now()).subject is None
    assert "李小样" not in str(list(Row.objects.values()))


def test_no_right_ends_with_the_calendar(take_in, book, window):
    take_in({})
    case = open_case(
        record_id=Record.objects.get().id, on_behalf_of="代理人", statement="不是我", by=window,
        on=date(2026, 12, 31), book=book,
    )  # fmt: skip
    assert (case.due_on, case.state) == (None, "open")
