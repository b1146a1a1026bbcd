"""No worse grade without notice, time to object, and a named official with reasons."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction

from chengxin.evaluation import queries
from chengxin.evaluation.errors import (
    NotProposed,
    NotTold,
    OfficialNeeded,
    ReasonsNeeded,
    StillOpen,
    TooLate,
    UnknownEvaluation,
    WrongServiceDay,
)
from chengxin.evaluation.models import Evaluation, Step
from chengxin.evaluation.services import confirm, drop, object_to, serve
from chengxin.evaluation.tests.conftest import CLERK, FACTORY, HEAD, moment, officer
from chengxin.evaluation.values import State
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted

MADE, SERVED = date(2026, 10, 12), date(2026, 10, 13)
LAST, AFTER = date(2026, 10, 20), date(2026, 10, 21)  # five working days, then the next day


@pytest.fixture
def proposed(city, add, evaluate, calendar):
    """A yellow grade, proposed on 12 October."""
    calendar.to(MADE)
    evaluate(MADE)
    calendar.to(MADE + timedelta(days=1))
    add(severity="serious")
    evaluate(MADE)
    calendar.to(AFTER)
    return Evaluation.objects.get(worse=True)


@pytest.fixture
def told(proposed, book):
    standing = serve(evaluation_id=proposed.id, served_on=SERVED, by=CLERK, on=AFTER, book=book)
    assert (standing.state, standing.objection_until) == (State.NOTIFIED, LAST)
    return proposed


def decide(row, book, *, on=AFTER, by=HEAD, reason="违法事实清楚", verb=confirm):
    return verb(evaluation_id=row.id, reason=reason, by=by, on=on, book=book)


def test_it_takes_effect_after_notice_and_time_by_a_named_official(told, city, book):
    decide(told, book)

    row = queries.latest(city[FACTORY].id, "environment")
    standing = queries.history(city[FACTORY].id, book=book)[0]
    assert row.grade == "yellow"
    assert (standing.state, standing.decided_by) == (State.EFFECTIVE, "head")
    assert standing.effective_on == AFTER


def test_it_does_not_without_notice(proposed, book):
    with pytest.raises(NotTold):
        decide(proposed, book)


def test_it_does_not_before_the_time_is_over(told, book):
    with pytest.raises(StillOpen) as refusal:
        decide(told, book, on=LAST)

    assert "2026年10月20日" in refusal.value.text("zh")
    assert "2026-10-20" in refusal.value.text("en")


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (CLERK, NotPermitted),
        (officer("other", "evaluation.confirm", unit="lyg-scjg"), NotPermitted),
        (Actor.system("evaluation.confirm"), OfficialNeeded),
    ],
)
def test_nobody_but_a_named_official_of_the_unit_decides(told, book, by, refusal):
    for verb in (confirm, drop):
        with pytest.raises(refusal):
            decide(told, book, by=by, verb=verb)
    assert not Step.objects.filter(worse=True, kind__in=("effective", "dropped")).exists()


def test_a_decision_has_reasons(told, book):
    for verb in (confirm, drop):
        with pytest.raises(ReasonsNeeded):
            decide(told, book, reason="  ", verb=verb)


def test_an_objection_is_taken_in_sealed_and_in_time(told, book):
    step = object_to(evaluation_id=told.id, text="已整改", by=CLERK, on=LAST, book=book)

    assert "已整改".encode() not in bytes(step.sealed)
    assert queries.history(told.subject_id, book=book)[0].objections == 1
    with pytest.raises(TooLate):
        object_to(evaluation_id=told.id, text="又", by=CLERK, on=AFTER, book=book)
    with pytest.raises(ReasonsNeeded):
        object_to(evaluation_id=told.id, text=" ", by=CLERK, on=LAST, book=book)


def test_not_everyone_takes_in_objections_or_proves_service(told, book):
    with pytest.raises(NotPermitted):
        object_to(evaluation_id=told.id, text="已整改", by=HEAD, on=LAST, book=book)
    with pytest.raises(NotPermitted):
        serve(evaluation_id=told.id, served_on=SERVED, by=HEAD, on=AFTER, book=book)


def test_dropped_it_leaves_what_was_in_effect(told, city, book):
    decide(told, book, verb=drop, reason="异议成立")

    assert queries.latest(city[FACTORY].id, "environment").grade == "blue"
    with pytest.raises(NotProposed):
        decide(told, book)


def test_service_lies_between_the_proposal_and_today(proposed, book):
    for day in (MADE - timedelta(days=1), AFTER + timedelta(days=1)):
        with pytest.raises(WrongServiceDay):
            serve(evaluation_id=proposed.id, served_on=day, by=CLERK, on=AFTER, book=book)


def test_an_unknown_number_is_said_to_be_one(city, book):
    from uuid import uuid4

    with pytest.raises(UnknownEvaluation):
        confirm(evaluation_id=uuid4(), reason="x", by=HEAD, on=AFTER, book=book)


def test_a_later_evaluation_takes_its_place(told, add, evaluate, calendar, book):
    add(severity="ordinary")
    calendar.to(AFTER + timedelta(days=1))
    evaluate(AFTER)

    states = [one.state for one in queries.history(told.subject_id, book=book)]
    assert states == [State.PROPOSED, State.SUPERSEDED, State.EFFECTIVE]
    with pytest.raises(NotProposed):
        decide(told, book)


def effective(row, **changes):
    usual = {
        "evaluation": row, "kind": "effective", "worse": True, "on": AFTER, "at": moment(AFTER),
        "notified_on": SERVED, "objection_until": LAST, "reason": "测试", "basis": "测试",
        "login": "head", "unit": "lyg-sthj",
    }  # fmt: skip
    return Step(**(usual | changes))


OUT_OF_ORDER = (
    {"notified_on": None},
    {"objection_until": None},
    {"objection_until": SERVED},
    {"on": LAST},
    {"reason": " "},
    {"login": "system"},
    {"login": ""},
    {"unit": ""},
    {"worse": False},
    {"notified_on": date(2026, 10, 12)},
    {"at": moment(LAST)},
)


def test_the_database_refuses_an_effect_out_of_order(told):
    for changes in OUT_OF_ORDER:
        with pytest.raises(Error), transaction.atomic():
            effective(told, **changes).save(force_insert=True)


def test_the_database_refuses_an_effect_nobody_was_told_of(proposed):
    with pytest.raises(Error), transaction.atomic():
        effective(proposed).save(force_insert=True)


def test_the_database_takes_it_in_order_and_only_once(told):
    effective(told).save(force_insert=True)

    with pytest.raises(Error), transaction.atomic():
        effective(told, kind="dropped").save(force_insert=True)


INSERT = """
INSERT INTO evaluation_evaluation (id, snapshot_id, subject_id, subject_kind, model, edition, "on",
    known_at, grade, rank, adverse, worse, ends_on, points, factors, inputs, digest, made_at)
SELECT gen_random_uuid(), snapshot_id, coalesce(%s, subject_id), %s, model, edition, "on",
    known_at, grade, rank, adverse, %s, ends_on, points, factors, inputs, digest, made_at
FROM evaluation_evaluation WHERE id = %s
"""


def insert(subject, kind, worse, row):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [subject, kind, worse, row.id])


def test_the_database_refuses_to_call_a_worse_grade_no_worse(proposed):
    insert(None, "legal_person", True, proposed)
    with pytest.raises(Error, match="waits for notice"):
        insert(None, "legal_person", False, proposed)


def test_the_database_refuses_a_grade_of_a_person(proposed):
    from chengxin.kernel.clock import now
    from chengxin.subjects.models import Subject

    person = Subject.objects.create(kind="natural_person", origin="intake", created_at=now())
    for kind in ("natural_person", "legal_person", "sole_trader", "person"):
        with pytest.raises(Error):
            insert(person.id, kind, True, proposed)


def test_nothing_is_changed_or_taken_back(told):
    for table in ("evaluation", "step", "snapshot", "definition"):
        for statement in ("DELETE FROM", "TRUNCATE"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} evaluation_{table}")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_evaluation SET grade = 'green'")
