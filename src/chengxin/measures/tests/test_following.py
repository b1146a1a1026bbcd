"""Entries that came in propose their measures by themselves, to whom would carry them out."""

from datetime import timedelta

import pytest
from django.db import transaction

from chengxin.audit.services import note
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.errors import NotPermitted
from chengxin.measures.models import MeasureCase, MeasureEvent
from chengxin.measures.queries import acting_on, measures
from chengxin.measures.services import acknowledge, follow_entries, following, impose
from chengxin.measures.tests.conftest import officer
from chengxin.measures.values import MeasureState
from chengxin.notices.models import Notice
from chengxin.notices.services import acknowledge as received
from chengxin.register.models import Record
from chengxin.register.services import end_publication

SYSTEM = Actor.system("measures.propose")


@pytest.fixture
def released(mirrored, monkeypatch):
    """A mirrored entry that came in by a release of the log."""

    def came_in(batch, *, items, row=None):
        rows = Record.objects.filter(batch=batch, item__in=items)
        return list((rows.filter(row=row) if row else rows).values_list("id", flat=True))

    monkeypatch.setattr(following, "came_in_by", came_in)

    def make(item="judgment_defaulter", **facts):
        found = mirrored(item, **facts)
        batch = Record.objects.get(id=found.id).batch
        with transaction.atomic():
            note(by=SYSTEM, verb="intake.release", target=f"batch:{batch}")
        return found

    return make


def follow(case, by=SYSTEM):
    return follow_entries(by=by, on=case.day, book=case.book)


def test_a_release_proposes_to_the_executing_units_and_has_no_effect(case, released):
    released()
    made = follow(case)

    found = list(MeasureCase.objects.all())
    assert made == len(found) > 0
    assert all(one.unit == one.executor for one in found)
    assert {one.proposed_by for one in found} == {"system"}
    assert not MeasureEvent.objects.exists()
    views = [acting_on(one, on=case.day, book=case.book) for one in found]
    assert {view.state for view in views} == {MeasureState.PROPOSED}
    assert not any(view.binds for view in views)


def test_only_a_named_official_of_the_executing_unit_decides(case, released):
    released()
    follow(case)
    one = MeasureCase.objects.get(measure="procurement_limit")
    days = int(case.book.on(case.day, "measures.waiting_period").value)
    on = case.book.calendar.add_working_days(case.day, days) + timedelta(days=1)
    facts = {"measure_id": one.id, "reason": "依名单。", "on": on, "book": case.book}
    other = officer("court", "measures.impose", "measures.read", unit="lyg-fy-zy")
    for by in (other, Actor.system("measures.propose")):
        with pytest.raises(NotPermitted):
            impose(by=by, **facts)

    own = officer("own", "measures.impose", "measures.read", "measures.execute", unit=one.executor)
    assert one in measures(by=own)
    assert one not in measures(by=other)
    assert impose(by=own, **facts).binds
    acknowledge(measure_id=one.id, by=own, on=on, book=case.book)


def test_the_measure_is_lifted_the_day_the_entry_ends(case, released):
    entry = released()
    follow(case)
    end_publication(
        record_id=entry.id, reason="已履行。", basis=case.book.basis("fashi-2017-7", ""),
        by=officer("court", "register.end_publication", unit="lyg-fy-zy"), on=case.day,
        edition="x",
    )  # fmt: skip

    views = [acting_on(one, on=case.day, book=case.book) for one in MeasureCase.objects.all()]
    assert {view.state for view in views} == {MeasureState.LIFTED}


def test_sent_twice_or_cut_off_it_proposes_once(case, released, monkeypatch):
    released()
    real = following.propose_measures

    def killed(**facts):
        real(**facts)
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "propose_measures", killed)
    with pytest.raises(KeyboardInterrupt):
        follow(case)
    assert not MeasureCase.objects.exists()

    monkeypatch.setattr(following, "propose_measures", real)
    made = follow(case)
    assert (follow(case), MeasureCase.objects.count()) == (0, made)


def test_an_entry_told_of_later_proposes_when_it_was_received(case, released):
    entry = released(told=False)
    assert follow(case) == 0
    told = Notice.objects.create(
        about=entry.id, to_subject=case.subject.id, template="recorded", channel="inbox",
        basis="测试", posted_at=case.entry or "2026-11-01T00:00:00Z",
    )  # fmt: skip
    by = Actor("subject", "subject", "", {"notices.acknowledge": Scope.ALL})
    received(notice_id=told.id, by=by, on=case.day)

    assert follow(case) > 0


def test_who_may_not_propose_does_not_follow(case, released):
    released()
    with pytest.raises(NotPermitted):
        follow(case, by=officer("head", "measures.impose"))
    assert not MeasureCase.objects.exists()
