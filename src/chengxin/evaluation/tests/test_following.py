"""Evaluation follows the facts: acts of the log and days of the calendar, each once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from chengxin.audit.models import LogReader
from chengxin.audit.services import note
from chengxin.evaluation import queries
from chengxin.evaluation.errors import Ended, NotProposed
from chengxin.evaluation.models import Evaluation, Snapshot, Step, Turn
from chengxin.evaluation.services import confirm, follow, following, snapshots
from chengxin.evaluation.tests.conftest import CLERK, FACTORY, HEAD, STALL, moment, officer
from chengxin.evaluation.values import State
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.register.models import Record
from chengxin.register.services import end_publication, revoke

ON = date(2026, 11, 20)
SYSTEM = Actor.system("evaluation.run")


@pytest.fixture
def released(add, book):
    """A record came in by a release that is in the log."""

    def make(*args, **facts):
        record = add(*args, **facts)
        batch = Record.objects.get(id=record).batch
        with transaction.atomic():
            note(by=SYSTEM, verb="intake.release", target=f"batch:{batch}")
        return record

    return make


@pytest.fixture
def in_parts(monkeypatch):
    """Records of tests have ids of their own, not parts of their batch."""

    def reached(batch, *, row=None):
        rows = Record.objects.filter(batch=batch)
        yield from (rows.filter(row=row) if row else rows).values_list("subject_id", "item")

    monkeypatch.setattr(following, "reached_by_batch", reached)


@pytest.fixture
def run(book, monkeypatch, calendar, in_parts):
    def on(day=ON, by=SYSTEM):
        calendar.to(day)
        monkeypatch.setattr(snapshots, "today", lambda: day)
        monkeypatch.setattr(following, "now", lambda: max(now(), moment(day)))
        return follow(by=by, on=day, book=book)

    return on


def grade(city, model="environment"):
    found = queries.latest(city[FACTORY].id, model)
    return found.grade if found else None


def test_a_release_brings_up_whom_it_is_about_and_nobody_else(city, released, run):
    released("commitment", commitment_status="kept", valid_until="2099-12-31")
    released("commitment", commitment_status="kept", valid_until="2099-12-31")

    found = run()

    assert grade(city) == "green"
    assert set(Evaluation.objects.values_list("subject", flat=True)) == {city[FACTORY].id}
    assert not Snapshot.objects.filter(whole=True).exists()
    assert found.acts == 2


def test_what_was_followed_once_is_not_followed_again(city, released, run):
    released(severity="serious")
    first = run()
    again = run()

    assert first.written > 0
    assert (again.acts, again.evaluated, again.written) == (0, 0, 0)


def test_a_worse_grade_waits_for_notice_and_a_better_one_does_not(city, released, run, book):
    record = released(severity="serious")
    run()
    assert grade(city) is None
    (waiting,) = queries.waiting(units=["lyg-sthj"], book=book)
    assert (waiting.state, waiting.evaluation.grade) == (State.PROPOSED, "yellow")

    _withdraw(record, book)
    run(ON + timedelta(days=1))

    assert grade(city) == "blue"
    assert not queries.waiting(units=["lyg-sthj"], book=book)


@pytest.mark.parametrize("verb", [revoke, end_publication])
def test_withdrawal_and_repair_take_effect_with_the_next_minute(city, released, run, book, verb):
    record = released(severity="serious")
    _in_effect(run, book)
    assert grade(city) == "yellow"

    _withdraw(record, book, verb, date(2026, 12, 15))
    run(date(2026, 12, 15))

    assert grade(city) == "blue"


def test_an_adverse_grade_ends_by_the_calendar_whether_or_not_anybody_looks(
    city, released, run, book, calendar
):
    released(severity="serious")
    row = _in_effect(run, book)
    assert row.ends_on == date(2027, 10, 9)

    calendar.to(date(2027, 10, 8))
    assert grade(city) == "yellow"
    calendar.to(date(2027, 10, 9))
    assert grade(city) is None
    assert queries.history(city[FACTORY].id, "environment", book=book)[0].state is State.ENDED
    assert not queries.in_force([city[FACTORY].id], ["environment"], on=row.ends_on, book=book)

    run(date(2027, 10, 9))
    assert grade(city) == "blue"
    assert not Turn.objects.filter(model="environment", on__lte=date(2027, 10, 9)).exists()


def test_a_grade_in_force_rests_on_records_that_still_stand(city, released, run, book):
    record = released(severity="serious")
    row = _in_effect(run, book)
    asked = ([city[FACTORY].id], ["environment"])
    assert queries.in_force(*asked, on=row.on + timedelta(days=30), book=book)

    _withdraw(record, book, revoke, date(2026, 12, 20))

    assert not queries.in_force(*asked, on=date(2026, 12, 20), book=book)


def test_after_a_grade_has_ended_the_next_adverse_one_waits_again(city, released, run, book):
    released(severity="serious")
    _in_effect(run, book)
    later = released(severity="serious", decided_on=date(2027, 10, 20))
    day = date(2027, 10, 21)

    run(day)

    newest = queries.history(city[FACTORY].id, "environment", book=book)[0]
    assert later in _records(newest.evaluation)
    assert (newest.evaluation.worse, newest.state) == (True, State.PROPOSED)


def test_what_has_ended_cannot_be_confirmed_any_more(city, released, run, book, calendar):
    released(severity="serious")
    run()
    (waiting,) = queries.waiting(units=["lyg-sthj"], book=book)
    _tell(waiting.evaluation, ON)
    calendar.to(waiting.evaluation.ends_on)

    with pytest.raises((Ended, NotProposed)):
        confirm(
            evaluation_id=waiting.evaluation.id, reason="测试", by=HEAD,
            on=waiting.evaluation.ends_on, book=book,
        )  # fmt: skip
    with pytest.raises(ProgrammingError, match="has ended"), transaction.atomic():
        Step.objects.create(
            evaluation=waiting.evaluation, kind="effective", worse=True,
            on=waiting.evaluation.ends_on, at=moment(waiting.evaluation.ends_on),
            notified_on=ON, objection_until=date(2026, 12, 10), reason="测试", basis="测试",
            login="head", unit="lyg-sthj",
        )  # fmt: skip


def test_the_database_takes_no_adverse_grade_without_an_end(city, released, run):
    released(severity="serious")
    run()
    row = Evaluation.objects.get(model="environment")
    row.pk, row.ends_on = row.id.__class__(int=row.id.int + 99), None

    with pytest.raises(IntegrityError, match="adverse_grade_has_an_end"), transaction.atomic():
        row.save(force_insert=True)


def test_cut_off_halfway_nothing_is_lost_and_nothing_done_twice(city, released, run, monkeypatch):
    released(severity="ordinary")
    real = following.write

    def killed(*args):
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not Evaluation.objects.exists()
    assert Turn.objects.filter(on__lte=ON).exists()

    monkeypatch.setattr(following, "write", real)
    run()
    assert Evaluation.objects.filter(model="environment").count() == 1


def test_the_reader_moves_only_with_what_it_brought_up(city, released, run, monkeypatch):
    released(severity="ordinary")
    monkeypatch.setattr(following, "bring_up", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run()

    assert not LogReader.objects.filter(sequence__gt=0).exists()


def test_a_merge_brings_up_both_bodies(city, run, book):
    kept, absorbed = (city[one].public_id for one in (FACTORY, STALL))
    with transaction.atomic():
        note(
            by=SYSTEM, verb="subjects.confirm_merge", target=f"subject:{kept}",
            facts={"kept": kept, "absorbed": absorbed},
        )  # fmt: skip
    run()

    assert set(Evaluation.objects.values_list("subject", flat=True)) >= {city[FACTORY].id}


def test_only_who_may_evaluate_everywhere_follows(city, run):
    for by in (CLERK, HEAD, officer("reader", "register.read", scope=Scope.ALL)):
        with pytest.raises(NotPermitted):
            run(by=by)


def test_a_snapshot_of_all_plans_the_next_turn_of_each(city, add, evaluate, book):
    add(severity="serious")
    evaluate(ON)

    (turn,) = Turn.objects.filter(subject=city[FACTORY].id)
    assert turn.on == date(2027, 10, 9)


def _withdraw(record, book, verb=revoke, on=ON):
    by = officer("reviewer", f"register.{verb.__name__}", scope=Scope.ALL)
    verb(
        record_id=record, reason="测试", basis=book.basis("xingzheng-chufa", "第四十八条"),
        by=by, on=on, edition=book.edition,
    )  # fmt: skip


def _tell(row, on):
    post_many([Draft(row.id, row.subject_id, "evaluation_proposed", True, on, "测试")])


def _in_effect(run, book):
    """Follow, tell, wait and confirm: the adverse grade in effect."""
    run()
    (waiting,) = queries.waiting(units=["lyg-sthj"], book=book)
    _tell(waiting.evaluation, ON)
    day = date(2026, 12, 14)
    run(day)
    confirm(evaluation_id=waiting.evaluation.id, reason="属实", by=HEAD, on=day, book=book)
    return waiting.evaluation


def _records(row):
    return [UUID(leaf["record"]) for one in row.factors["factors"] for leaf in one["records"]]
