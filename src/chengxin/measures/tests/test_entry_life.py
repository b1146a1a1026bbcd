"""A list entry from draft to its end; each step only when it is lawful."""

from datetime import timedelta

import pytest

from chengxin.audit.models import AuditEntry
from chengxin.kernel.dates import add_months
from chengxin.measures.errors import (
    AlreadyProposed,
    MoveNotAllowed,
    NoNoticeNoEffect,
    NotEvidence,
    NotYourList,
    RemovalTooEarly,
    TextNeeded,
    WrongOrder,
)
from chengxin.measures.models import MeasureCase
from chengxin.measures.queries import standing
from chengxin.measures.values import EntryState, Service
from chengxin.notices.models import Notice
from chengxin.notices.services import acknowledge
from chengxin.publication.queries import fact
from chengxin.register.services import revoke
from chengxin.web.tests.samples import append_fact

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


def state(case, on):
    return standing(case.entry, on=on, book=case.book).state


def listed(case, on):
    found = fact(case.entry.record, on=on, book=case.book)
    return [found] if found is not None and found.showing.on(on) else []


def test_a_draft_has_no_effect_and_is_not_public(case):
    case.entry = case.propose()
    assert state(case, case.day) is EntryState.DRAFT
    assert listed(case, case.day) == []
    assert not Notice.objects.filter(about=case.entry.id).exists()


def test_the_prior_notice_tells_facts_reasons_law_measures_and_remedy(case):
    case.notified()
    notice = Notice.objects.get(about=case.entry.id)
    assert notice.to_subject == case.subject.id
    assert notice.deemed_delivered_on == case.day
    assert set(notice.facts) == {"list", "facts", "reason", "measures", "hearing", "remedy"}
    assert "market_supervision" in notice.facts["measures"]
    assert "第十七条" in notice.basis


def test_a_posted_notice_waits_for_its_deemed_day_and_an_acknowledgement_shortens_it(case):
    case.notified(Service.POSTED)
    before = standing(case.entry, on=case.day, book=case.book)
    assert before.told_on > case.day
    notice = Notice.objects.get(about=case.entry.id)
    case.clerk = type(case.clerk)("s", "s", "", {"notices.acknowledge": "all"})
    acknowledge(notice_id=notice.id, by=case.clerk, on=case.day + ONE)
    after = standing(case.entry, on=case.day, book=case.book)
    assert after.told_on == case.day + ONE
    assert after.waits_until < before.waits_until


def test_a_decision_waits_until_the_time_to_state_is_over(case):
    case.notified()
    with pytest.raises(NoNoticeNoEffect) as refusal:
        case.decide(on=case.waited - ONE)
    assert refusal.value.lacks == ("waiting",)
    case.decide(on=case.waited)
    assert state(case, case.waited) is EntryState.DECIDED
    assert listed(case, case.waited) == []


def test_without_notice_there_is_no_decision(case):
    case.entry = case.propose()
    with pytest.raises(MoveNotAllowed):
        case.decide()


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        ({"reason": " "}, "reason"),
        ({"document_number": ""}, "document"),
        ({"approval": ""}, "approval"),
    ],
)
def test_a_decision_needs_reasons_document_and_approval(case, facts, lack):
    case.notified()
    with pytest.raises(NoNoticeNoEffect) as refusal:
        case.decide(**facts)
    assert refusal.value.lacks == (lack,)
    assert "未予办理" in refusal.value.text("zh")
    assert "Refused" in refusal.value.text("en")


def test_a_hearing_that_was_asked_for_is_held_first(case):
    case.notified()
    said = {"statement": "我方不服，要求听证。", "asks_hearing": True}
    case.verb("record_statement", case.clerk, case.day, **said)
    with pytest.raises(NoNoticeNoEffect) as refusal:
        case.decide()
    assert refusal.value.lacks == ("hearing",)
    case.verb("record_hearing", case.clerk, case.waited, record="听证笔录。")
    case.decide()


def test_what_the_subject_said_is_sealed_and_reading_it_leaves_a_trace(case):
    case.notified()
    said = {"statement": "情节轻微，请求不予列入。", "asks_hearing": False}
    case.verb("record_statement", case.clerk, case.day, **said)
    event = case.entry.events.get(kind="stated")
    assert "情节轻微".encode() not in bytes(event.sealed)
    from chengxin.measures.services import read_statements

    assert read_statements(entry_id=case.entry.id, by=case.head) == [said["statement"]]
    assert AuditEntry.objects.filter(verb="measures.read_statement").count() == 1


def test_after_service_it_is_in_effect_published_and_proposes_its_measures(case):
    case.served()
    day = case.waited
    assert state(case, day) is EntryState.IN_EFFECT
    (shown,) = listed(case, day)
    assert shown.record == case.entry.record
    assert "第十七条" in shown.value("list_basis")
    assert shown.value("removal_terms")
    assert shown.showing.until == add_months(day, 36)
    proposed = MeasureCase.objects.filter(record_id=case.entry.record)
    wanted = {one.code for one in case.book.consequences.triggered_by("samr")}
    assert {one.measure for one in proposed} == wanted


def test_a_decision_sent_by_post_takes_effect_when_it_is_deemed_delivered(case):
    case.decided()
    on = case.waited
    case.verb("serve_decision", case.clerk, on, how=Service.POSTED, given_on=on)
    assert state(case, on) is EntryState.DECIDED
    assert listed(case, on) == []
    effective = case.entry.events.get(kind="served").effective_on
    assert effective > on
    assert state(case, effective) is EntryState.IN_EFFECT
    assert [one.record for one in listed(case, effective)] in ([case.entry.record], [])


def test_the_entry_ends_by_rule_without_anyone_doing_anything(case):
    case.served()
    last = add_months(case.waited, 36)
    assert state(case, last - ONE) is EntryState.IN_EFFECT
    assert state(case, last) is EntryState.EXPIRED


def test_the_decision_may_name_a_sooner_end_but_no_later_one(case):
    case.notified()
    case.decide(until=add_months(case.waited, 24))
    assert case.entry.events.get(kind="decided").ends_on == add_months(case.waited, 24)


def test_early_removal_waits_for_the_shortest_term_and_then_ends_everything(case):
    case.served()
    earliest = add_months(case.waited, 12)
    with pytest.raises(RemovalTooEarly):
        case.verb("remove_entry", case.head, earliest - ONE, reason="已纠正。")
    case.verb("remove_entry", case.head, earliest, reason="已纠正。")
    assert state(case, earliest) is EntryState.REMOVED
    assert state(case, earliest - ONE) is EntryState.IN_EFFECT


def test_a_revoked_entry_leaves_at_once(case):
    case.served()
    case.verb("revoke_entry", case.head, case.waited, reason="认定事实有误。")
    assert state(case, case.waited) is EntryState.REVOKED
    assert listed(case, case.waited) == []


def test_a_dropped_draft_is_final_and_a_new_one_may_begin(case):
    case.notified()
    case.verb("drop_entry", case.head, case.day, reason="采纳陈述意见，不予列入。")
    with pytest.raises(MoveNotAllowed):
        case.decide()
    again = case.propose()
    assert again.attempt == 2


def test_one_procedure_at_a_time_for_a_subject_and_a_list(case):
    case.entry = case.propose()
    with pytest.raises(AlreadyProposed):
        case.propose()


def test_only_the_right_evidence_carries_a_draft(case):
    ordinary = append_fact(case.subject, "penalty", severity="ordinary")
    permit = append_fact(case.subject, "permit")
    for record in (ordinary, permit):
        with pytest.raises(NotEvidence):
            case.propose(evidence=record)


def test_evidence_that_was_revoked_stops_the_decision(case):
    case.notified()
    from chengxin.policy.queries import current_rulebook

    revoke(
        record_id=case.evidence, reason="撤销处罚。", by=case.head, on=case.day,
        basis=current_rulebook().basis("xingzheng-chufa", "第四十八条"), edition="x",
    )  # fmt: skip
    with pytest.raises(NotEvidence):
        case.decide()


@pytest.mark.parametrize("code", ["judgment_defaulter", "tax", "honour_of_nobody"])
def test_a_list_of_another_authority_is_not_yours(case, code):
    from chengxin.policy.errors import UnknownName

    with pytest.raises((NotYourList, UnknownName)):
        case.propose(list_code=code)


def test_a_draft_needs_facts_and_reasons(case):
    for missing in ({"facts": " "}, {"reason": ""}):
        with pytest.raises(TextNeeded):
            case.propose(**missing)


def test_a_paper_is_not_served_in_the_future_nor_before_its_decision(case):
    case.entry = case.propose()
    with pytest.raises(WrongOrder):
        case.verb("give_notice", case.clerk, case.day, how=Service.HANDED, given_on=case.day + ONE)
    case.verb("give_notice", case.clerk, case.day, how=Service.HANDED, given_on=case.day)
    case.decide()
    with pytest.raises(WrongOrder):
        case.verb("serve_decision", case.clerk, case.waited, how=Service.HANDED, given_on=case.day)


def test_every_step_is_in_the_log(case):
    case.served()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {
        "measures.propose_entry",
        "measures.entry_notified",
        "measures.entry_decided",
        "measures.entry_served",
        "measures.propose",
    } <= verbs
