"""A subject says a record is not about it: hidden at once, then decided by somebody else."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from tests.journeys.links import CODE, PERSON, officer, shown

from chengxin.audit import queries as audit
from chengxin.intake.models import Row
from chengxin.intake.queries import counts
from chengxin.intake.services import decide_case
from chengxin.kernel.actor import Scope
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.publication.queries import fact, under_check
from chengxin.register import queries as register
from chengxin.register.errors import CaseDecided, CaseOpen, NothingSaid, OwnLink, ReasonNeeded
from chengxin.register.models import LinkCase, Record
from chengxin.register.services import open_case, read_case

pytestmark = pytest.mark.django_db


def test_not_me_hides_at_once_and_opens_a_case_with_a_day(linked, book, not_me):
    linked({})
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
    linked, book, not_me, auditor, choose
):
    batch = linked({})
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


def test_not_upheld_it_shows_again_with_the_reason_told(linked, book, not_me, auditor):
    linked({})
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


def test_said_again_after_a_decision_nothing_is_hidden_a_second_time(linked, book, not_me, auditor):
    linked({})
    record = Record.objects.get().id
    first = not_me(record)
    said = {"upheld": False, "reason": "属实", "by": auditor, "on": today(), "book": book}
    decide_case(number=first.number, **said)
    again = not_me(record)
    assert not again.suspends
    assert shown(CODE, book) == {record}


def test_a_case_is_decided_once_and_by_somebody_else(linked, book, not_me, auditor, window):
    linked({})
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


def test_what_the_subject_said_is_sealed_and_reading_it_is_logged(linked, not_me, auditor, window):
    linked({})
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


def test_while_a_case_is_open_the_link_is_not_undone_beside_it(linked, not_me, undo):
    linked({})
    record = Record.objects.get().id
    not_me(record)
    with pytest.raises(CaseOpen):
        undo(record)


def test_a_person_can_say_it_too(linked, book, not_me, auditor):
    linked(PERSON)
    record = Record.objects.get().id
    case = not_me(record)
    assert register.state(record, on=today(), known=now()).under_check_since == today()
    decide_case(
        number=case.number, upheld=True, reason="号码被冒用", by=auditor, on=today(), book=book
    )
    assert register.state(record, on=today(), known=now()).subject is None
    assert "李小样" not in str(list(Row.objects.values()))


def test_no_right_ends_with_the_calendar(linked, book, window):
    linked({})
    case = open_case(
        record_id=Record.objects.get().id, on_behalf_of="代理人", statement="不是我", by=window,
        on=date(2026, 12, 31), book=book,
    )  # fmt: skip
    assert (case.due_on, case.state) == (None, "open")
