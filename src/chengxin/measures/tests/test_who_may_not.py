"""Each verb refuses who has no power for it, who is of another unit, and who proposed it."""

import pytest

from chengxin.kernel.errors import NotPermitted
from chengxin.measures import services
from chengxin.measures.errors import NoNoticeNoEffect
from chengxin.measures.models import MeasureCase
from chengxin.measures.queries import entries, entry, measures
from chengxin.measures.tests.conftest import CLERK_MAY, ELSEWHERE, HEAD_MAY, officer
from chengxin.measures.values import Service

pytestmark = pytest.mark.django_db
PAPER = {"how": Service.HANDED}
OF_ENTRIES = {
    "give_notice": ("measures.give_notice", PAPER),
    "record_statement": (
        "measures.record_statement",
        {"statement": "不服。", "asks_hearing": False},
    ),
    "record_hearing": ("measures.record_statement", {"record": "笔录。"}),
    "decide_entry": ("measures.decide_entry", {"reason": "理由", "document_number": "1号"}),
    "drop_entry": ("measures.decide_entry", {"reason": "理由"}),
    "serve_decision": ("measures.serve_decision", PAPER),
    "remove_entry": ("measures.remove_entry", {"reason": "理由"}),
    "revoke_entry": ("measures.revoke_entry", {"reason": "理由"}),
}
OF_MEASURES = {
    "impose": ("measures.impose", {"reason": "理由"}),
    "decline": ("measures.impose", {"reason": "理由"}),
    "acknowledge": ("measures.execute", {}),
    "feed_back": ("measures.execute", {"result": "已执行"}),
}
ALL = (*CLERK_MAY, *HEAD_MAY)


@pytest.mark.parametrize("verb", OF_ENTRIES)
def test_an_entry_is_closed_to_who_lacks_the_power_and_to_other_units(case, verb):
    case.entry = case.propose()
    power, facts = OF_ENTRIES[verb]
    facts = facts | ({"given_on": case.day} if facts is PAPER else {})
    without = officer("other", *(one for one in ALL if one != power))
    elsewhere = officer("other", *ALL, unit=ELSEWHERE)
    for by in (without, elsewhere):
        with pytest.raises(NotPermitted):
            case.verb(verb, by, case.day, **facts)
    assert case.entry.events.count() == 0


@pytest.mark.parametrize("verb", OF_MEASURES)
def test_a_measure_is_closed_to_who_lacks_the_power_and_to_other_units(case, verb):
    case.served()
    power, facts = OF_MEASURES[verb]
    measure = MeasureCase.objects.filter(executor=ELSEWHERE).first()
    without = officer("other", *(one for one in ALL if one != power))
    elsewhere = officer("other", *ALL, unit="lyg-tyj")
    for by in (without, elsewhere):
        with pytest.raises(NotPermitted):
            getattr(services, verb)(
                measure_id=measure.id, by=by, on=case.day, book=case.book, **facts
            )
    assert measure.events.count() == 0


def test_proposing_needs_its_power(case):
    case.clerk = officer("other", *(one for one in ALL if one != "measures.propose_entry"))
    with pytest.raises(NotPermitted):
        case.propose()


def test_proposing_measures_needs_its_power(case):
    with pytest.raises(NotPermitted):
        services.propose_measures(by=case.head, on=case.day, book=case.book)


def test_reading_needs_its_power_and_stays_in_the_unit(case):
    case.entry = case.propose()
    nobody = officer("other")
    for ask in (entries, measures):
        with pytest.raises(NotPermitted):
            ask(by=nobody)
    with pytest.raises(NotPermitted):
        entry(case.entry.id, by=officer("other", *ALL, unit=ELSEWHERE))
    with pytest.raises(NotPermitted):
        services.read_statements(entry_id=case.entry.id, by=nobody)
    assert list(entries(by=officer("other", *ALL, unit=ELSEWHERE))) == []
    assert [one.id for one in entries(by=case.head)] == [case.entry.id]


def test_who_proposed_does_not_decide_whatever_powers_they_have(case):
    case.clerk = officer("both", *ALL)
    case.notified()
    with pytest.raises(NoNoticeNoEffect) as refusal:
        case.decide(by=case.clerk)
    assert refusal.value.lacks == ("four_eyes",)


def test_the_system_decides_nothing(case):
    from chengxin.kernel.actor import Actor

    case.notified()
    with pytest.raises(NoNoticeNoEffect) as refusal:
        case.decide(by=Actor.system(*ALL))
    assert refusal.value.lacks == ("official",)


def test_who_set_a_measure_off_does_not_impose_it(case):
    case.clerk = officer("both", *ALL)
    case.served()
    measure = MeasureCase.objects.filter(effect="constraint").first()
    with pytest.raises(NoNoticeNoEffect) as refusal:
        services.impose(
            measure_id=measure.id, reason="理由", by=case.clerk, on=case.imposable, book=case.book
        )
    assert refusal.value.lacks == ("four_eyes",)
