"""A measure is proposed by an entry, imposed by a person, and gone when the entry is."""

from datetime import timedelta

import pytest

from chengxin.kernel.actor import Actor
from chengxin.kernel.dates import add_months
from chengxin.measures.errors import EntryOver, MoveNotAllowed, NoNoticeNoEffect, TextNeeded
from chengxin.measures.models import MeasureCase
from chengxin.measures.queries import acting_on, measures, measures_of
from chengxin.measures.services import (
    acknowledge,
    decline,
    feed_back,
    impose,
    propose_measures,
)
from chengxin.measures.tests.conftest import HEAD_MAY, officer
from chengxin.measures.values import MeasureState
from chengxin.register.models import Record
from chengxin.register.services import correct, revoke

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
SYSTEM = Actor.system("measures.propose")


@pytest.fixture
def funds(case):
    """The proposal to limit public funds, of an entry just served; the finance bureau executes."""
    case.served()
    return MeasureCase.objects.get(measure="public_funds_limit")


def imposed(case, measure, by=None, on=None):
    facts = {"by": by or case.head, "on": on or case.imposable, "book": case.book}
    return impose(measure_id=measure.id, reason="依法限制。", **facts)


def test_a_proposal_binds_nobody(case, funds):
    view = acting_on(funds, on=case.imposable, book=case.book)
    assert view.state is MeasureState.PROPOSED
    assert not view.binds
    assert measures_of([case.entry.record], on=case.imposable, book=case.book) == {}


def test_an_imposed_measure_goes_to_the_executing_unit_and_comes_back(case, funds, executor):
    assert list(measures(by=executor)) == []
    view = imposed(case, funds)
    assert view.binds
    assert view.until == add_months(case.waited, 36)
    (mine,) = measures(by=executor)
    assert mine.id == funds.id
    facts = {"measure_id": funds.id, "by": executor, "on": case.imposable, "book": case.book}
    with pytest.raises(MoveNotAllowed):
        feed_back(result="已执行", **facts)
    assert acknowledge(**facts).state is MeasureState.ACKNOWLEDGED
    with pytest.raises(TextNeeded):
        feed_back(result=" ", **facts)
    done = feed_back(result="已在项目库标注。", **facts)
    assert done.state is MeasureState.FED_BACK
    assert done.feedback.reason == "已在项目库标注。"


def test_a_constraint_waits_after_the_entry_was_served(case, funds):
    with pytest.raises(NoNoticeNoEffect) as refusal:
        imposed(case, funds, on=case.imposable - ONE)
    assert refusal.value.lacks == ("waiting",)


def test_it_is_lifted_the_day_the_entry_ends_by_rule(case, funds):
    imposed(case, funds)
    end = add_months(case.waited, 36)
    assert acting_on(funds, on=end - ONE, book=case.book).binds
    after = acting_on(funds, on=end, book=case.book)
    assert not after.binds
    assert after.state is MeasureState.LIFTED


def test_it_is_lifted_with_an_early_removal_and_nothing_else_is_imposed(case, funds):
    imposed(case, funds)
    on = add_months(case.waited, 12)
    case.verb("remove_entry", case.head, on, reason="已纠正。")
    assert acting_on(funds, on=on - ONE, book=case.book).binds
    assert not acting_on(funds, on=on, book=case.book).binds
    other = MeasureCase.objects.get(measure="honours_limit")
    with pytest.raises(EntryOver):
        imposed(case, other, on=on)


def test_the_executing_unit_can_still_report_that_it_lifted_it(case, funds, executor):
    imposed(case, funds)
    on = case.imposable
    acknowledge(measure_id=funds.id, by=executor, on=on, book=case.book)
    case.verb("revoke_entry", case.head, on, reason="有误。")
    done = feed_back(measure_id=funds.id, result="已解除标注。", by=executor, on=on, book=case.book)
    assert done.state is MeasureState.LIFTED
    assert done.feedback.reason == "已解除标注。"


def test_a_declined_measure_is_final(case, funds):
    facts = {"measure_id": funds.id, "by": case.head, "on": case.imposable, "book": case.book}
    with pytest.raises(TextNeeded):
        decline(reason="", **facts)
    assert decline(reason="没有申请财政资金，无必要。", **facts).state is MeasureState.DECLINED
    with pytest.raises(MoveNotAllowed):
        impose(reason="理由", **facts)


def test_a_measure_is_proposed_once_however_often_one_asks(case, funds):
    before = MeasureCase.objects.count()
    assert propose_measures(by=SYSTEM, on=case.imposable, book=case.book) == 0
    assert MeasureCase.objects.count() == before


def test_a_court_entry_is_mirrored_and_ends_the_day_the_feed_does(case, mirrored, book):
    defaulter = mirrored("judgment_defaulter")
    made = propose_measures(by=SYSTEM, on=case.day, book=book)
    wanted = {one.code for one in book.consequences.triggered_by("judgment_defaulter")}
    assert {one.measure for one in MeasureCase.objects.all()} == wanted
    assert made == len(wanted)
    measure = MeasureCase.objects.get(measure="procurement_limit")
    days = int(book.on(case.day, "measures.waiting_period").value)
    on = book.calendar.add_working_days(case.day, days) + ONE
    centre = Actor("centre", "centre", "lyg-xyzx", {"measures.impose": "all"})
    assert imposed(case, measure, by=centre, on=on).binds

    correct(
        record_id=defaulter.id,
        changes={"removed_on": case.day.isoformat()},
        reason="法院已删除。",
        basis=book.basis("fashi-2017-7", ""),
        by=officer("court", "register.correct", unit="lyg-fy-zy"),
        on=case.day,
        book=book,
    )

    assert not acting_on(measure, on=on, book=book).binds
    assert acting_on(measure, on=case.day, book=book).state is MeasureState.LIFTED


def test_an_honour_gives_incentives_and_no_honour_takes_nothing(case, mirrored, book):
    assert propose_measures(by=SYSTEM, on=case.day, book=book) == 0
    mirrored("tax_a_list", evaluation_year="2025")
    propose_measures(by=SYSTEM, on=case.day, book=book)
    found = MeasureCase.objects.all()
    assert {one.effect for one in found} == {"incentive"}
    lane = found.get(measure="green_lane")
    centre = Actor("centre", "centre", "lyg-xyzx", {"measures.impose": "all"})
    view = imposed(case, lane, by=centre, on=case.day)
    assert view.binds


def test_an_entry_nobody_was_told_of_proposes_nothing(case, mirrored, book):
    mirrored("judgment_defaulter", told=False)
    assert propose_measures(by=SYSTEM, on=case.day, book=book) == 0


def test_a_record_that_is_no_list_entry_proposes_nothing(case, book):
    assert Record.objects.filter(id=case.evidence).exists()
    assert propose_measures(by=SYSTEM, on=case.day, book=book, records=[case.evidence]) == 0


def test_a_revoked_feed_record_lifts_what_followed(case, mirrored, book):
    defaulter = mirrored("judgment_defaulter")
    propose_measures(by=SYSTEM, on=case.day, book=book)
    measure = MeasureCase.objects.first()
    revoke(
        record_id=defaulter.id, reason="法院撤销。", basis=book.basis("fashi-2017-7", ""),
        by=officer("court", "register.revoke", unit="lyg-fy-zy"), on=case.day, edition="x",
    )  # fmt: skip
    assert acting_on(measure, on=case.day, book=book).state is MeasureState.LIFTED
    centre = Actor("c", "c", "lyg-xyzx", dict.fromkeys(HEAD_MAY, "all"))
    with pytest.raises(EntryOver):
        imposed(case, measure, by=centre, on=case.day)
