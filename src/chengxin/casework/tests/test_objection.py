"""An objection from the fact to the corrected fact: marked at once, answered by other hands."""

from datetime import timedelta

import pytest

from chengxin.audit.models import AuditEntry
from chengxin.casework.errors import (
    CaseOpen,
    MoveNotAllowed,
    NothingSaid,
    NotYours,
    OutcomeNeeded,
    ReasonNeeded,
    SameHands,
    TooEarly,
    UnknownField,
    WrongDay,
)
from chengxin.casework.models import Case, CaseEvent
from chengxin.casework.tests.conftest import CENTRE, agent_of, officer
from chengxin.casework.values import Said, State
from chengxin.kernel.actor import Scope
from chengxin.kernel.clock import today
from chengxin.kernel.errors import NotPermitted
from chengxin.notices.models import Notice
from chengxin.publication.queries import fact, public_facts
from chengxin.register.errors import CorrectionFaulty
from chengxin.subjects.queries import by_code
from chengxin.web.tests.samples import COOPERATIVE


def shown(penalty, book):
    return fact(penalty, on=today(), book=book)


def test_an_objection_is_marked_at_once_and_promises_a_day(objection, penalty, firm, book):
    (mark,) = shown(penalty, book).passport.marks
    assert (mark.kind, mark.case, mark.field) == ("objection", objection.number, "fine_yuan")
    assert mark.label.startswith("异议处理中：罚款金额")
    assert public_facts(firm.id, on=today(), book=book)[0].passport.marks == (mark,)
    assert objection.promised_on == book.calendar.add_working_days(
        today(), book.on(today(), "objection.promised_deadline").value
    )
    assert Notice.objects.get(template="case_objection_file").to_subject == firm.id


def test_what_the_source_corrects_shows_corrected_and_the_mark_is_gone(go, proposed, penalty, book):
    done = go("decide", proposed, by="head", reason="经核对决定书，罚款为贰仟元。")

    found = shown(penalty, book)
    assert (done.state, done.open) == ("corrected", False)
    assert found.value("fine_yuan") == "2,000 元"
    assert found.passport.marks == ()


def test_deleted_it_shows_no_more_and_kept_it_shows_with_its_reason_told(
    go, with_source, penalty, book
):
    go("propose", with_source, by="handler", outcome=State.DELETED, reason="重复报送")
    go("decide", with_source, by="head", reason="与另一条重复，删除。")
    assert not shown(penalty, book).showing.on(today())


def test_kept_can_be_reviewed_once_by_hands_that_had_no_part(go, with_source, penalty, book):
    go("propose", with_source, by="handler", outcome=State.KEPT, reason="与决定书一致")
    go("decide", with_source, by="head", reason="与决定书一致，维持。")
    assert shown(penalty, book).passport.marks == ()

    go("ask_review", with_source, by="agent", reason="决定书有两页，请看第二页。")
    assert len(shown(penalty, book).passport.marks) == 1
    with pytest.raises(NotPermitted):
        go("review", with_source, by="head", keep=True, reason="维持")
    took_it_in = officer("centre", "casework.review", unit=CENTRE, scope=Scope.ALL)
    with pytest.raises(SameHands):
        go("review", with_source, by=took_it_in, keep=True, reason="维持")
    go("review", with_source, by="reviewer", keep=False, reason="第二页与第一页不一致")
    go("propose", with_source, by="handler2", outcome=State.KEPT, reason="仍一致")
    with pytest.raises(SameHands):
        go("decide", with_source, by="head", reason="维持")
    final = go("decide", with_source, by="head2", reason="维持，理由已附。")
    with pytest.raises(MoveNotAllowed):
        go("ask_review", final, by="agent", reason="再看一次")


def test_who_filed_proposed_or_entered_does_not_decide(go, proposed, people, penalty):
    same = officer("handler", "casework.decide", "register.correct")
    with pytest.raises(SameHands):
        go("decide", proposed, by=same, reason="同意")
    entered = officer("system", "casework.decide", "register.correct")
    with pytest.raises(SameHands):
        go("decide", proposed, by=entered, reason="同意")
    assert Case.objects.get().state == "proposed"


def test_another_unit_another_subject_and_nobody_may_not(go, objection, penalty, firm, book):
    for verb, by, facts in (
        ("accept", "handler", {}),
        ("accept", "agent", {}),
        ("refuse", "head", {"reason": "不受理"}),
        ("propose", "centre", {"outcome": State.KEPT, "reason": "理由"}),
        ("withdraw", "handler", {}),
    ):
        with pytest.raises(NotPermitted):
            go(verb, objection, by=by, **facts)
    go("accept", objection, by="centre")
    with pytest.raises(NotPermitted):
        go("propose", objection, by="stranger", outcome=State.KEPT, reason="理由")
    with pytest.raises(NotYours):
        go(
            "file_objection",
            by=agent_of(by_code(COOPERATIVE), "other"),
            record_id=penalty,
            field="",
            ground="wrong",
            said=Said("错"),
        )


def test_twice_about_one_field_is_refused_and_about_another_is_not(go, objection, penalty):
    facts = {"record_id": penalty, "ground": "wrong", "said": Said("错")}
    with pytest.raises(CaseOpen) as refusal:
        go("file_objection", by="agent", field="fine_yuan", **facts)
    assert refusal.value.facts["number"] == objection.number
    go("file_objection", by="agent", field="breach_kind", **facts)
    assert Case.objects.count() == 2


def test_a_step_out_of_its_state_day_or_reason_writes_nothing(go, objection, with_source, penalty):
    before = (CaseEvent.objects.count(), AuditEntry.objects.count(), Notice.objects.count())
    with pytest.raises(MoveNotAllowed):
        go("accept", objection, by="centre")
    with pytest.raises(MoveNotAllowed):
        go("decide", with_source, by="head", reason="同意")
    with pytest.raises(OutcomeNeeded):
        go("propose", with_source, by="handler", outcome=State.GRANTED, reason="同意")
    with pytest.raises(ReasonNeeded):
        go("propose", with_source, by="handler", outcome=State.KEPT, reason=" ")
    yesterday = today() - timedelta(days=1)
    with pytest.raises(WrongDay):
        go("propose", with_source, by="handler", outcome=State.KEPT, reason="理由", on=yesterday)
    for field, words, error in (("no_such", "错", UnknownField), ("breach_facts", "", NothingSaid)):
        said = Said(words)
        with pytest.raises(error):
            go(
                "file_objection",
                by="agent",
                record_id=penalty,
                field=field,
                ground="wrong",
                said=said,
            )
    after = (CaseEvent.objects.count(), AuditEntry.objects.count(), Notice.objects.count())
    assert after == before


def test_a_correction_the_item_refuses_leaves_the_case_where_it_was(go, with_source, penalty, book):
    go("propose", with_source, by="handler", outcome=State.CORRECTED, reason="改", value="两千")
    with pytest.raises(CorrectionFaulty):
        go("decide", with_source, by="head", reason="同意")
    assert Case.objects.get().state == "proposed"
    assert shown(penalty, book).value("fine_yuan") == "20,000 元"


def test_asked_for_more_the_days_wait_and_the_subjects_time_is_not_cut_short(go, objection, book):
    promised = objection.promised_on
    asked = go("ask_supplement", objection, by="centre", reason="请附决定书全文")
    assert (asked.turn, asked.promised_on) == ("subject", promised)
    with pytest.raises(TooEarly):
        go("refuse", asked, by="centre", reason="未补正", on=asked.due_on)
    later = book.calendar.add_working_days(today(), 2)
    added = go("supplement", asked, by="agent", said=Said("见附件"), on=later)
    assert added.promised_on == book.calendar.add_working_days(promised, 2)


def test_what_was_said_is_sealed_and_never_in_the_log(objection):
    event = CaseEvent.objects.get()
    assert "贰仟元".encode() not in bytes(event.sealed)
    assert not any("贰仟" in str(one.facts) for one in AuditEntry.objects.all())
