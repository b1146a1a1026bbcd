"""A named official imposes a measure or not; the executing unit takes it and reports."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.measures.errors import EntryOver, MoveNotAllowed, NoNoticeNoEffect, UnknownMeasure
from chengxin.measures.models import MeasureCase, MeasureEvent
from chengxin.measures.queries import MeasureView, acting_on
from chengxin.measures.rules import imposition_lacks, waits_until
from chengxin.measures.services.events import needed, remedy_of, told
from chengxin.measures.values import Imposition, MeasureAct, MeasureState
from chengxin.policy.values import Effect, Rulebook

MOVES = {
    MeasureAct.IMPOSED: {MeasureState.PROPOSED},
    MeasureAct.DECLINED: {MeasureState.PROPOSED},
    MeasureAct.ACKNOWLEDGED: {MeasureState.IMPOSED},
    MeasureAct.FED_BACK: {MeasureState.ACKNOWLEDGED, MeasureState.FED_BACK, MeasureState.LIFTED},
}


@transaction.atomic
def impose(*, measure_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> MeasureView:
    """Decide that a measure applies 决定实施, and send it to the executing unit.

    By a named official of the unit whose list it is, not by who set it off; only while the entry
    stands, after the notice and the waiting time. Raises: `UnknownMeasure`, `NotPermitted`,
    `MoveNotAllowed`, `EntryOver`, `NoNoticeNoEffect`, `BeyondCalendar`.
    """
    view = _locked(measure_id, "measures.impose", by, on, book, MeasureAct.IMPOSED)
    case, fact = view.case, view.fact
    stands = fact is not None and fact.subject == case.subject_id and fact.showing.on(on)
    if not stands or not view.rule.in_force(on):
        raise EntryOver
    constraint = view.rule.effect is Effect.CONSTRAINT
    day = told(case.record_id, case.subject_id) if constraint else None
    waits = waits_until(view.rule.waiting_period, day, book).value if day else None
    asked = Imposition(
        constraint=constraint,
        subject_kind=case.subject_kind,
        on=on,
        login=by.login,
        proposed_by=case.proposed_by,
        reason=hide_id_numbers(reason),
        remedy=remedy_of(book),
        told_on=day,
        waits_until=waits,
        exemption=case.exemption,
    )
    if lacks := imposition_lacks(asked):
        raise NoNoticeNoEffect(lacks, case.basis)
    _store(view, MeasureAct.IMPOSED, by, on, book, asked.reason, asked)
    return acting_on(case, on=on, book=book)


@transaction.atomic
def decline(*, measure_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> MeasureView:
    """Decide that a measure does not apply 不予实施; final for this entry.

    Raises: `UnknownMeasure`, `NotPermitted`, `MoveNotAllowed`, `TextNeeded`.
    """
    view = _locked(measure_id, "measures.impose", by, on, book, MeasureAct.DECLINED)
    _store(view, MeasureAct.DECLINED, by, on, book, needed(reason, "理由", "reasons"))
    return acting_on(view.case, on=on, book=book)


@transaction.atomic
def acknowledge(*, measure_id: UUID, by: Actor, on: date, book: Rulebook) -> MeasureView:
    """The executing unit has received the measure 签收.

    Raises: `UnknownMeasure`, `NotPermitted`, `MoveNotAllowed`.
    """
    view = _locked(measure_id, "measures.execute", by, on, book, MeasureAct.ACKNOWLEDGED)
    _store(view, MeasureAct.ACKNOWLEDGED, by, on, book, "")
    return acting_on(view.case, on=on, book=book)


@transaction.atomic
def feed_back(*, measure_id: UUID, result: str, by: Actor, on: date, book: Rulebook) -> MeasureView:
    """The executing unit reports what it did 反馈; once the entry is over, that it lifted it.

    Raises: `UnknownMeasure`, `NotPermitted`, `MoveNotAllowed`, `TextNeeded`.
    """
    view = _locked(measure_id, "measures.execute", by, on, book, MeasureAct.FED_BACK)
    words = hide_id_numbers(needed(result, "执行情况", "result"))
    _store(view, MeasureAct.FED_BACK, by, on, book, words)
    return acting_on(view.case, on=on, book=book)


def _locked(
    measure_id: UUID, verb: str, by: Actor, on: date, book: Rulebook, act: MeasureAct
) -> MeasureView:
    case = MeasureCase.objects.select_for_update().filter(id=measure_id).first()
    if case is None:
        raise UnknownMeasure(asked=str(measure_id))
    by.require(verb, unit=case.executor if verb == "measures.execute" else case.unit)
    view = acting_on(case, on=on, book=book)
    never_sent = act is MeasureAct.FED_BACK and view.imposed is None
    if view.state not in MOVES[act] or never_sent:
        if view.state is MeasureState.LIFTED and act is not MeasureAct.FED_BACK:
            raise EntryOver
        raise MoveNotAllowed(state=view.state.value, act=act.value)
    return view


def _store(
    view: MeasureView,
    act: MeasureAct,
    by: Actor,
    on: date,
    book: Rulebook,
    reason: str,
    asked: Imposition | None = None,
) -> None:
    case = view.case
    MeasureEvent.objects.create(
        measure=case,
        kind=act.value,
        effective_on=on,
        known_at=now(),
        login=by.login,
        unit=by.unit,
        reason=reason,
        remedy=asked.remedy if asked else "",
        told_on=asked.told_on if asked else None,
        waits_until=asked.waits_until if asked else None,
        basis=case.basis,
        edition=book.edition,
    )
    audit.note(
        by=by,
        verb=f"measures.{act.value}",
        target=f"measure:{case.id}",
        unit=case.unit,
        basis=case.basis,
        facts={"measure": case.measure, "executor": case.executor},
    )
