"""A repair: not a day too early, decided by its unit, and everything ends together."""

from datetime import timedelta

import pytest

from chengxin.casework.errors import (
    MoveNotAllowed,
    NotAdverse,
    NotYours,
    RepairTooEarly,
    SameHands,
    StillThere,
    TooEarly,
)
from chengxin.casework.models import Case, RetentionProof
from chengxin.casework.queries import way_out_of
from chengxin.casework.services import prove_retention
from chengxin.casework.values import Said, State
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import NotPermitted
from chengxin.publication.queries import fact, in_use
from chengxin.register.queries import state, states_of
from chengxin.web.tests.samples import append_fact


def uses(record, book, on=None):
    day = on or today()
    return in_use(states_of([record], on=day, known=now()), book)[record].on(day)


def test_granted_display_and_use_end_in_the_same_moment(granted, penalty, book):
    assert granted.state == "granted"
    assert not fact(penalty, on=today(), book=book).showing.on(today())
    assert not uses(penalty, book)


def test_the_promised_day_is_the_first_day_it_is_taken(go, firm, book):
    record = append_fact(firm, "penalty", severity="serious", decided_on=today())
    plan = way_out_of(state(record, on=today(), known=now()), on=today(), book=book)
    ask = {"by": "agent", "record_id": record, "said": Said("已改正。")}

    with pytest.raises(RepairTooEarly) as refusal:
        go("request_repair", on=plan.earliest - timedelta(days=1), **ask)
    assert refusal.value.facts["earliest"] == plan.earliest
    assert go("request_repair", on=plan.earliest, **ask).state == "filed"
    assert uses(record, book, plan.automatic - timedelta(days=1))
    assert not uses(record, book, plan.automatic)


def test_denied_it_shows_on_and_can_be_reviewed_in_its_unit(go, repair, penalty, book):
    go("accept", repair, by="handler")
    go("propose", repair, by="handler", outcome=State.DENIED, reason="罚款未缴")
    go("decide", repair, by="head", reason="罚款尚未缴清。")
    assert uses(penalty, book)
    go("ask_review", repair, by="agent", reason="已于昨日缴清")
    with pytest.raises(SameHands):
        go("review", repair, by="head", keep=True, reason="维持")
    with pytest.raises(NotPermitted):
        go("review", repair, by="reviewer", keep=True, reason="维持")
    assert go("review", repair, by="head2", keep=True, reason="仍未到账").state == "final"


def test_nobody_but_its_unit_and_no_stranger_repairs(go, repair, penalty, people):
    for by in ("centre", "agent", "stranger"):
        with pytest.raises(NotPermitted):
            go("accept", repair, by=by)
    nobody = Actor.system("register.read")
    with pytest.raises(NotPermitted):
        go("request_repair", by=nobody, record_id=penalty, said=Said("已改正。"))


def test_repaired_there_is_nothing_to_repair_and_a_case_left_behind_ends(
    go, objection, granted, penalty
):
    with pytest.raises(NotAdverse):
        go("request_repair", by="agent", record_id=penalty, said=Said("再修复"))
    assert go("close_gone", objection, by="head", reason="信息已停止公示").state == "gone"


def test_a_case_about_what_still_stands_is_not_closed_as_gone(go, objection):
    with pytest.raises(StillThere):
        go("close_gone", objection, by="head", reason="不想办")


def test_false_papers_are_told_heard_and_judged_by_another(go, granted, penalty, book):
    told = go("notify_false", granted, by="handler", reason="缴款凭证系伪造")
    with pytest.raises(TooEarly):
        go("judge_false", told, by="head", false=True, reason="属实", on=told.due_on)
    assert not uses(penalty, book)
    day = told.due_on + timedelta(days=1)
    same = Actor("handler", "handler", "lyg-scjg", {"casework.decide": "own_unit"})
    with pytest.raises(SameHands):
        go("judge_false", told, by=same, false=True, reason="属实", on=day)
    assert (
        go("judge_false", told, by="head", false=True, reason="属实", on=day).state == "cancelled"
    )
    assert uses(penalty, book, day)


def test_withdrawn_it_may_be_asked_for_again(go, repair, penalty):
    go("withdraw", repair, by="agent")
    with pytest.raises(MoveNotAllowed):
        go("withdraw", repair, by="agent")
    go("request_repair", by="agent", record_id=penalty, said=Said("再申请"))
    assert Case.objects.filter(open=True).count() == 1


def test_the_daily_proof_finds_nothing_past_its_end(firm, penalty, granted, book):
    old = append_fact(firm, "penalty", severity="minor", decided_on=today() - timedelta(days=4000))
    found = prove_retention(by=Actor.system("casework.prove"), on=today(), book=book)
    assert (found.looked_at, found.past_end, found.shown_past) == (2, 1, ())
    assert RetentionProof.objects.get().sequence == found.sequence
    assert not uses(old, book)
    with pytest.raises(NotPermitted):
        prove_retention(by=Actor.system(), on=today(), book=book)


def test_another_subjects_record_is_said_not_to_be_there(go, firm, book):
    from chengxin.subjects.queries import by_code
    from chengxin.web.tests.samples import COOPERATIVE

    record = append_fact(by_code(COOPERATIVE), "penalty", severity="ordinary")
    with pytest.raises(NotYours):
        go("request_repair", by="agent", record_id=record, said=Said("已改正。"))
