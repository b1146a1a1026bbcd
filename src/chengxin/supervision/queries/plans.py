"""Plans of inspection, and what came of the draws made by them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from chengxin.kernel.clock import now
from chengxin.register.queries.reaching import states_about
from chengxin.register.values import RecordState
from chengxin.subjects import queries as subjects
from chengxin.supervision.errors import UnknownPlan
from chengxin.supervision.models import Draw, InspectionPlan
from chengxin.supervision.values import Inspected, Progress

RESULTS: Final = "inspection"
"""The catalogue item results come back as 监督检查."""
NAMED, FOUND = "inspection_plan", "inspection_result"


def plans(*, approved: bool | None = None) -> QuerySet[InspectionPlan]:
    """All plans, the latest first; only those approved, or not yet decided."""
    rows = InspectionPlan.objects.select_related("decision").order_by("-year", "-drafted_at")
    if approved is None:
        return rows
    return rows.filter(decision__approved=True) if approved else rows.filter(decision=None)


def plan(number: str) -> InspectionPlan:
    """Raises: `UnknownPlan`."""
    found = InspectionPlan.objects.select_related("decision").filter(number=number).first()
    if found is None:
        raise UnknownPlan(number=number)
    return found


def progress(found: InspectionPlan, *, on: date, only_open: bool = False) -> Progress:
    """What the draws of a plan came to; only of draws open to the public, if so asked."""
    draws = [
        one
        for one in Draw.objects.filter(inspection_plan=found, end__kind="drawn")
        .select_related("end")
        .order_by("committed_at")
        if not only_open or on >= one.public_from
    ]
    visits = tuple(visit for one in draws for visit in inspected(one, on=on))
    counted: Mapping[str, int] = found.population
    tiers = tuple(
        (
            tier,
            counted.get(tier, 0),
            sum(one.tier == tier for one in visits),
            sum(one.tier == tier and one.record is not None for one in visits),
        )
        for tier in sorted(found.rates, key=found.rates.__getitem__)
    )
    return Progress(visits, tiers)


def inspected(found: Draw, *, on: date) -> tuple[Inspected, ...]:
    """Whom a draw sent inspectors to, each with the result that came back by intake.

    A result belongs to a visit if it is a record of the unit about the organisation whose name of
    the plan holds the number of the draw; one that was revoked belongs to none.
    """
    visits = list(found.end.visits)
    ids = {public: one for one, public in _ids(visits).items()}
    bodies = subjects.members(ids.values())
    states = states_about(bodies, items=[RESULTS], on=on, known=now())
    results: dict[UUID, RecordState] = {}
    for state in sorted(states, key=lambda one: (one.decided_on, one.recorded_at)):
        here = found.number in state.facts.get(NAMED, "") and state.unit == found.unit
        if here and state.revoked_on is None and state.subject is not None:
            results[bodies[state.subject]] = state
    return tuple(_visit(found, one, results.get(ids[one["public_id"]])) for one in visits)


def _ids(visits: Sequence[Mapping[str, str]]) -> dict[UUID, str]:
    return subjects.identified(one["public_id"] for one in visits)


def _visit(found: Draw, one: Mapping[str, str], result: RecordState | None) -> Inspected:
    where = (found.number, one["public_id"], one["tier"])
    if result is None:
        return Inspected(*where)
    return Inspected(*where, result.id, result.facts.get(FOUND, ""), result.decided_on)
