"""Evaluations as they stood on a day, as known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.evaluation.models import Evaluation, Step, StepKind
from chengxin.evaluation.queries.standing import ended, objection_end
from chengxin.evaluation.values import State
from chengxin.notices import queries as notices
from chengxin.policy.values import Rulebook
from chengxin.subjects.queries import family


@dataclass(frozen=True)
class Stood:
    """An evaluation and what had become of it; `steps` are what had happened to it by then."""

    evaluation: Evaluation
    state: State
    told_on: date | None
    objection_until: date | None
    effective_on: date | None
    steps: tuple[Step, ...]


def stood(subject: UUID, *, on: date, known: datetime, book: Rulebook) -> list[Stood]:
    """Every evaluation of an organisation that was known, and how each stood on a day.

    The one in effect of each model first; of the others only what still waited. Four queries.
    """
    rows = list(
        Evaluation.objects.filter(
            subject__in=family(subject, known=known), made_at__lte=known, on__lte=on
        ).order_by("model", "-made_at", "-id")
    )
    steps: dict[UUID, list[Step]] = {}
    taken = Step.objects.filter(evaluation__in=[row.id for row in rows], at__lte=known, on__lte=on)
    for step in taken.order_by("id"):
        steps.setdefault(step.evaluation_id, []).append(step)
    told = notices.delivered_to(((row.id, row.subject_id) for row in rows), known=known)
    newest = _newest_in_effect(rows, steps)
    latest: dict[str, UUID] = {}
    for row in rows:
        latest.setdefault(row.model, row.id)
    found = []
    for row in rows:
        mine = tuple(steps.get(row.id, ()))
        day = told.get((row.id, row.subject_id))
        state = _state(row, mine, day if day and day <= on else None, newest, latest)
        state = State.ENDED if ended(row, on) else state
        if state in (State.EFFECTIVE, State.PROPOSED, State.NOTIFIED):
            end = objection_end(day, book) if day and row.worse else None
            effective = next((one.on for one in mine if one.kind == StepKind.EFFECTIVE), None)
            found.append(Stood(row, state, day, end, effective, mine))
    return sorted(found, key=lambda one: (one.evaluation.model, one.state != State.EFFECTIVE))


def _newest_in_effect(rows: list[Evaluation], steps: dict[UUID, list[Step]]) -> dict[str, UUID]:
    effective = {
        row.id: step.id
        for row in rows
        for step in steps.get(row.id, ())
        if step.kind == StepKind.EFFECTIVE
    }
    ordered = sorted(
        (row for row in rows if row.id in effective), key=lambda row: effective[row.id]
    )
    return {row.model: row.id for row in ordered}


def _state(
    row: Evaluation,
    steps: tuple[Step, ...],
    told_on: date | None,
    newest: dict[str, UUID],
    latest: dict[str, UUID],
) -> State:
    kinds = {step.kind for step in steps}
    if newest.get(row.model) == row.id:
        return State.EFFECTIVE
    if StepKind.DROPPED in kinds:
        return State.DROPPED
    if StepKind.EFFECTIVE in kinds or latest[row.model] != row.id:
        return State.SUPERSEDED
    return State.NOTIFIED if told_on is not None else State.PROPOSED
