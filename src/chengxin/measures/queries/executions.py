"""Measures as they stand: whether they bind follows from the entry, every time it is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from chengxin.kernel.actor import Actor
from chengxin.looks.services import touched
from chengxin.measures.errors import UnknownMeasure
from chengxin.measures.models import MeasureCase, MeasureEvent
from chengxin.measures.values import MeasureAct, MeasureState
from chengxin.policy.values import Measure, Rulebook
from chengxin.publication.queries import facts_of
from chengxin.publication.values import PublicFact
from chengxin.subjects.queries import family

READ = "measures.read"


@dataclass(frozen=True)
class MeasureView:
    """A measure with what it follows from; `binds` says whether it has an effect on that day."""

    case: MeasureCase
    rule: Measure
    fact: PublicFact | None
    state: MeasureState
    binds: bool
    until: date | None
    events: tuple[MeasureEvent, ...]

    def event(self, kind: MeasureAct) -> MeasureEvent | None:
        """The last event of a kind."""
        return next((one for one in reversed(self.events) if one.kind == kind.value), None)

    @property
    def imposed(self) -> MeasureEvent | None:
        """The decision to impose it."""
        return self.event(MeasureAct.IMPOSED)

    @property
    def feedback(self) -> MeasureEvent | None:
        """What the executing unit last reported."""
        return self.event(MeasureAct.FED_BACK)


def measures(*, by: Actor) -> QuerySet[MeasureCase]:
    """The measures of the officer's unit, as lister or executor, newest first.

    Raises: `NotPermitted`.
    """
    by.require(READ, unit=by.unit)
    rows = _with_events(MeasureCase.objects.order_by("-proposed_at", "measure", "executor"))
    if by.may(READ, unit=""):
        return rows
    # An executing unit sees what was decided and sent to it, never a mere proposal.
    sent = Q(executor=by.unit, events__kind=MeasureAct.IMPOSED.value)
    return rows.filter(Q(unit=by.unit) | sent).distinct()


def measure(measure_id: UUID, *, by: Actor) -> MeasureCase:
    """One measure. Raises: `UnknownMeasure`, `NotPermitted`."""
    found = _with_events(MeasureCase.objects.filter(id=measure_id)).first()
    if found is None:
        raise UnknownMeasure(asked=str(measure_id))
    if not by.may(READ, unit=found.unit):
        by.require(READ, unit=found.executor)
    return found


def measures_of(
    records: Sequence[UUID], *, on: date, book: Rulebook
) -> dict[UUID, list[MeasureView]]:
    """The measures that bind on a day, by the record of the entry they follow from."""
    found: dict[UUID, list[MeasureView]] = {}
    for view in viewed(_with_events(_of(records)), on=on, book=book):
        if view.binds:
            found.setdefault(view.case.record_id, []).append(view)
    return found


def viewed(
    rows: Iterable[MeasureCase], *, on: date, book: Rulebook, known: datetime | None = None
) -> list[MeasureView]:
    """Measures as they stand on a day, as known at a moment; a few queries however many."""
    cases = list(rows)
    for one in cases:
        touched(one.subject_id, one.record_id, ("measure",))
    facts = facts_of([one.record_id for one in cases], on=on, book=book, known=known)
    return [_view(one, facts, on, book, known) for one in cases]


def measures_stood(
    subjects: Collection[UUID], *, on: date, known: datetime, book: Rulebook
) -> list[MeasureView]:
    """The measures proposed about some subjects by a moment, as they stood on a day."""
    rows = MeasureCase.objects.filter(subject__in=subjects, proposed_at__lte=known)
    ordered = rows.order_by("proposed_at", "measure", "executor", "id")
    return viewed(_with_events(ordered), on=on, book=book, known=known)


def measures_about(subject: UUID, *, on: date, book: Rulebook) -> list[MeasureView]:
    """Every measure proposed or imposed on a subject, newest first; for the subject itself."""
    rows = MeasureCase.objects.filter(subject__in=family(subject)).order_by("-proposed_at")
    return viewed(_with_events(rows), on=on, book=book)


def acting_on(case: MeasureCase, *, on: date, book: Rulebook) -> MeasureView:
    """One measure as it stands on a day."""
    return viewed([case], on=on, book=book)[0]


def _view(
    case: MeasureCase,
    facts: Mapping[UUID, PublicFact],
    on: date,
    book: Rulebook,
    known: datetime | None,
) -> MeasureView:
    rule, fact = book.measure(case.measure), facts.get(case.record_id)
    events = tuple(
        one
        for one in case.events.all()
        if one.effective_on <= on and (known is None or one.known_at <= known)
    )
    kinds = {one.kind for one in events}
    entry_stands = fact is not None and fact.showing.on(on) and fact.subject == case.subject_id
    stands = entry_stands and rule.in_force(on)
    ends = [day for day in (fact.showing.until if fact else None, rule.until) if day is not None]
    state = _state(kinds, over=_over(fact, case, rule, on))
    return MeasureView(
        case=case,
        rule=rule,
        fact=fact,
        state=state,
        binds=stands and MeasureAct.IMPOSED.value in kinds,
        until=min(ends, default=None),
        events=events,
    )


def _over(fact: PublicFact | None, case: MeasureCase, rule: Measure, on: date) -> bool:
    """Whether the entry behind it has ended; not yet begun is not over."""
    if fact is None or fact.subject != case.subject_id or fact.showing.since is None:
        return True
    return not (fact.showing.on(on) or on < fact.showing.since) or not rule.in_force(on)


def _state(kinds: set[str], *, over: bool) -> MeasureState:
    if MeasureAct.DECLINED.value in kinds:
        return MeasureState.DECLINED
    if over:
        return MeasureState.LIFTED
    for act, state in (
        (MeasureAct.FED_BACK, MeasureState.FED_BACK),
        (MeasureAct.ACKNOWLEDGED, MeasureState.ACKNOWLEDGED),
        (MeasureAct.IMPOSED, MeasureState.IMPOSED),
    ):
        if act.value in kinds:
            return state
    return MeasureState.PROPOSED


def _of(records: Sequence[UUID]) -> QuerySet[MeasureCase]:
    return MeasureCase.objects.filter(record_id__in=list(records)).order_by("measure", "executor")


def _with_events(rows: QuerySet[MeasureCase]) -> QuerySet[MeasureCase]:
    events = MeasureEvent.objects.order_by("known_at", "id")
    return rows.select_related("subject").prefetch_related(Prefetch("events", events))
