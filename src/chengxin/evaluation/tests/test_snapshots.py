"""A snapshot of the register: what counts, what is written, and what waits."""

from datetime import date, timedelta

import pytest

from chengxin.evaluation import queries
from chengxin.evaluation.errors import ModelNotInForce, NotEvaluated, WrongDay
from chengxin.evaluation.models import Evaluation, Snapshot
from chengxin.evaluation.services import evaluate_one
from chengxin.evaluation.tests.conftest import CLERK, FACTORY, STALL, moment, officer
from chengxin.evaluation.values import State
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.policy.errors import UnknownName
from chengxin.register.services import end_publication, revoke

ON = date(2026, 11, 20)


def test_an_organisation_without_records_gets_the_first_grade_at_once(city, evaluate, book):
    found = evaluate(ON)

    row = queries.latest(city[FACTORY].id, "environment")
    assert (found.evaluated, found.written, found.proposed) == (1, 1, 0)
    assert (row.grade, row.points, row.worse, row.factors["factors"]) == ("blue", 9, False, [])


def test_a_worse_grade_is_only_proposed_and_told(city, add, evaluate, book):
    evaluate(ON)
    record = add(severity="serious")
    found = evaluate(ON)

    assert found.proposed == 1
    assert queries.latest(city[FACTORY].id, "environment").grade == "blue"
    newest, first = queries.history(city[FACTORY].id, book=book)
    assert (newest.state, newest.evaluation.grade) == (State.PROPOSED, "yellow")
    assert first.state is State.EFFECTIVE
    assert newest.evaluation.factors["factors"][0]["records"][0]["record"] == str(record)
    assert Notice.objects.filter(about=newest.evaluation.id).count() == 1
    assert queries.waiting(units=["lyg-sthj"], book=book)[0].evaluation == newest.evaluation


def test_a_better_grade_counts_at_once(city, add, evaluate):
    evaluate(ON)
    for _ in range(2):
        add("commitment", commitment_status="kept", valid_until="2099-12-31")
    assert evaluate(ON).proposed == 0

    assert queries.latest(city[FACTORY].id, "environment").grade == "green"


def test_what_has_not_changed_is_not_written_again(city, add, evaluate):
    add(severity="ordinary")
    evaluate(ON)

    again = evaluate(ON)

    assert (again.evaluated, again.written) == (1, 0)
    assert Snapshot.objects.count() == 2
    assert len({one.digest for one in Snapshot.objects.all()}) == 1


def test_a_record_its_subject_was_not_told_of_counts_for_nothing(city, add, evaluate):
    add(severity="serious", told=False)

    assert evaluate(ON).grades["blue"] == 1


@pytest.mark.parametrize("verb", [revoke, end_publication])
def test_what_was_withdrawn_or_repaired_counts_for_nothing(city, add, evaluate, book, verb):
    record = add(severity="serious")
    by = officer("reviewer", f"register.{verb.__name__}", scope=Scope.ALL)
    assert evaluate(ON).grades["yellow"] == 1
    verb(
        record_id=record, reason="测试", basis=book.basis("xingzheng-chufa", "第四十八条"), by=by,
        on=ON, edition=book.edition,
    )  # fmt: skip

    assert evaluate(ON).grades["blue"] == 1


def test_severity_is_the_authority_s_own_finding(city, add, evaluate):
    add(penalty_kind="revoke_permit")

    assert evaluate(ON).grades["blue"] == 1


def test_one_organisation_is_evaluated_anew_after_a_record(city, add, evaluate, book):
    evaluate(ON)
    add(severity="ordinary")

    found = evaluate_one(
        model="environment", subject=city[FACTORY].id, on=ON, known=now(), by=CLERK, book=book
    )

    whole = evaluate(ON)
    assert (found.evaluated, found.written) == (1, 1)
    assert (whole.written, whole.digest) == (0, found.digest)


def test_a_sole_trader_is_evaluated_in_its_business(city, add, evaluate):
    add("product_sampling", code=STALL, unit="lyg-scjg", sampling_result="fail")
    by = officer("county", "evaluation.run", unit="lyg-donghai")

    assert evaluate(ON, "crystal_merchant", by).grades == {"a": 0, "b": 0, "c": 1, "d": 0}


def test_only_the_deciding_unit_takes_a_snapshot(city, evaluate):
    with pytest.raises(NotPermitted):
        evaluate(ON, by=officer("other", "evaluation.run", unit="lyg-scjg"))
    with pytest.raises(NotPermitted):
        evaluate(ON, by=officer("reader", "evaluation.confirm"))
    assert not Snapshot.objects.exists()


def test_a_model_before_its_day_or_without_a_file_is_refused(city, evaluate):
    with pytest.raises(ModelNotInForce) as refusal:
        evaluate(date(2019, 12, 31))
    with pytest.raises(UnknownName):
        evaluate(ON, "social_score")

    assert "企业环保信用评价" in refusal.value.text("zh")


def test_a_person_or_nobody_is_not_evaluated(city, book):
    from uuid import uuid4

    from chengxin.subjects.models import Subject

    person = Subject.objects.create(kind="natural_person", origin="intake", created_at=now())
    for one in (person.id, uuid4()):
        with pytest.raises(NotEvaluated):
            evaluate_one(model="environment", subject=one, on=ON, known=now(), by=CLERK, book=book)
    assert not Evaluation.objects.exists()


def test_what_was_in_effect_is_still_known_as_of_then(city, add, evaluate, calendar):
    calendar.to(date(2026, 11, 10))
    evaluate(date(2026, 11, 10))
    calendar.to(date(2026, 11, 20))
    for _ in range(2):
        add("commitment", commitment_status="kept", valid_until="2099-12-31")
    evaluate(ON)

    then = moment(date(2026, 11, 15))
    assert queries.latest(city[FACTORY].id, "environment", known=then).grade == "blue"
    assert queries.latest(city[FACTORY].id, "environment").grade == "green"


def test_the_system_may_take_a_snapshot(city, evaluate):
    assert evaluate(ON, by=Actor.system("evaluation.run")).evaluated == 1


def test_an_older_or_a_future_day_never_overrides_what_stands(city, evaluate):
    evaluate(ON)
    for day in (ON - timedelta(days=1), ON + timedelta(days=3650)):
        with pytest.raises(WrongDay):
            evaluate(day)
