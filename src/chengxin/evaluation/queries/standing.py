"""How evaluations stand: what is in effect, what waits, what became of each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chengxin.evaluation.errors import UnknownEvaluation
from chengxin.evaluation.models import Evaluation, Snapshot, Step, StepKind
from chengxin.evaluation.values import State
from chengxin.kernel.clock import SHANGHAI, now, today
from chengxin.looks.services import touched
from chengxin.notices import queries as notices
from chengxin.policy.errors import BeyondCalendar
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model
from chengxin.publication import queries as publication
from chengxin.register import queries as register
from chengxin.subjects.queries import family, members

OBJECTION = "evaluation.objection_period"


@dataclass(frozen=True)
class Standing:
    """An evaluation and how it stands.

    `told_on` is the day its notice counted as delivered, `objection_until` the last day to object
    (None: not told, or beyond the working-day calendar).
    """

    evaluation: Evaluation
    state: State
    told_on: date | None
    objection_until: date | None
    effective_on: date | None
    objections: int
    decided_by: str = ""
    reason: str = ""


def evaluation(identity: UUID) -> Evaluation:
    """Raises: `UnknownEvaluation`."""
    found = Evaluation.objects.filter(id=identity).first()
    if found is None:
        raise UnknownEvaluation(asked=str(identity))
    touched(found.subject_id, None, ("evaluation",))
    return found


def latest(subject: UUID, model: str, *, known: datetime | None = None) -> Evaluation | None:
    """The evaluation of a subject by a model that is in effect, as known at a moment, or None."""
    steps = Step.objects.filter(
        kind=StepKind.EFFECTIVE,
        evaluation__model=model,
        evaluation__subject__in=family(subject, known=known),
    )
    if known is not None:
        steps = steps.filter(at__lte=known)
    step = steps.order_by("-id").select_related("evaluation").first()
    day = known.astimezone(SHANGHAI).date() if known is not None else today()
    return step.evaluation if step and not ended(step.evaluation, day) else None


def ended(row: Evaluation, on: date) -> bool:
    """Whether an adverse grade has ended by itself: the first reason for it counts no more."""
    return row.ends_on is not None and row.ends_on <= on


def in_force(
    subjects: Collection[UUID], models: Collection[str], *, on: date, book: Rulebook
) -> dict[UUID, dict[str, Evaluation]]:
    """The grades that count on a day, by organisation and model; a few queries however many.

    In effect, of a model in force, not ended, and every record they rest on still in use. Who
    shows under another counts with it.
    """
    bodies = members(subjects)
    known = {one for one in models if one in book.models and book.models[one].in_force(on)}
    steps = Step.objects.filter(
        kind=StepKind.EFFECTIVE,
        on__lte=on,
        evaluation__model__in=known,
        evaluation__subject__in=bodies,
    ).select_related("evaluation")
    newest: dict[tuple[UUID, str], Evaluation] = {}
    for step in steps.order_by("id"):
        newest[bodies[step.evaluation.subject_id], step.evaluation.model] = step.evaluation
    kept = {key: row for key, row in newest.items() if not ended(row, on)}
    records = {UUID(one) for row in kept.values() for one in records_of(row)}
    usable = _usable(records, on, book)
    found: dict[UUID, dict[str, Evaluation]] = {}
    for (lead, model), row in kept.items():
        if {UUID(one) for one in records_of(row)} <= usable:
            found.setdefault(lead, {})[model] = row
    return found


def _usable(records: Collection[UUID], on: date, book: Rulebook) -> set[UUID]:
    states = register.states_of(list(records), on=on, known=now()) if records else []
    return {one for one, window in publication.in_use(states, book).items() if window.on(on)}


def history(subject: UUID, model: str = "", *, book: Rulebook) -> list[Standing]:
    """Every evaluation of a subject, newest first, and what became of it."""
    rows = Evaluation.objects.filter(subject__in=family(subject))
    rows = rows.filter(model=model) if model else rows
    return standings(list(rows.order_by("-made_at", "-id")), book=book)


def waiting(*, units: Sequence[str], book: Rulebook) -> list[Standing]:
    """Worse grades that wait for notice, objection or a decision, of models those units decide."""
    return standings(list(waiting_rows(units=units, book=book)), book=book)


def waiting_rows(*, units: Sequence[str], book: Rulebook) -> QuerySet[Evaluation]:
    """The same, oldest first, to be read a page at a time and asked for their `standings`."""
    codes = [one.code for one in book.models.values() if one.decided_by in units]
    later = Evaluation.objects.filter(
        subject=OuterRef("subject"), model=OuterRef("model"), made_at__gt=OuterRef("made_at")
    )
    rows = Evaluation.objects.filter(model__in=codes, worse=True).exclude(
        steps__kind__in=(StepKind.EFFECTIVE, StepKind.DROPPED)
    )
    open_ = Q(ends_on=None) | Q(ends_on__gt=today())
    return rows.filter(open_, ~Exists(later)).select_related("subject").order_by("made_at", "id")


def runs(*, units: Sequence[str], book: Rulebook, limit: int) -> list[Snapshot]:
    """The latest snapshots of the models those units decide, of all and of some, newest first."""
    codes = [one.code for one in book.models.values() if one.decided_by in units]
    return list(Snapshot.objects.filter(model__in=codes).order_by("-made_at", "id")[:limit])


def standings(rows: Sequence[Evaluation], *, book: Rulebook) -> list[Standing]:
    """How many evaluations stand, in three queries."""
    steps: dict[UUID, list[Step]] = {}
    for step in Step.objects.filter(evaluation__in=[row.id for row in rows]).order_by("id"):
        steps.setdefault(step.evaluation_id, []).append(step)
    for row in rows:
        touched(row.subject_id, None, ("evaluation",))
    told = notices.delivered_to((row.id, row.subject_id) for row in rows)
    newest = _newest(rows)
    return [
        _standing(row, steps.get(row.id, []), told.get((row.id, row.subject_id)), newest, book)
        for row in rows
    ]


def _newest(rows: Iterable[Evaluation]) -> dict[tuple[UUID, str], UUID]:
    subjects = {row.subject_id for row in rows}
    found = Evaluation.objects.filter(subject__in=subjects).order_by("made_at", "id")
    names = found.values_list("subject_id", "model", "id")
    return {(subject, model): identity for subject, model, identity in names}


def _standing(
    row: Evaluation,
    steps: Sequence[Step],
    told: date | None,
    newest: dict[tuple[UUID, str], UUID],
    book: Rulebook,
) -> Standing:
    ends = {step.kind: step for step in steps if step.kind != StepKind.OBJECTED}
    effective, dropped = ends.get(StepKind.EFFECTIVE), ends.get(StepKind.DROPPED)
    if effective is not None:
        state = State.ENDED if ended(row, today()) else State.EFFECTIVE
    elif dropped is not None:
        state = State.DROPPED
    elif ended(row, today()):
        state = State.ENDED
    elif newest[row.subject_id, row.model] != row.id:
        state = State.SUPERSEDED
    else:
        state = State.NOTIFIED if told is not None and told <= today() else State.PROPOSED
    end = effective or dropped
    return Standing(
        row,
        state,
        told,
        objection_end(told, book) if told and row.worse else None,
        effective.on if effective else None,
        sum(step.kind == StepKind.OBJECTED for step in steps),
        end.login if end else "",
        end.reason if end else "",
    )


def objection_end(told_on: date, book: Rulebook) -> date | None:
    """The last day to object 异议期届满日; None beyond the working-day calendar.

    Law: parameter `evaluation.objection_period`.
    """
    try:
        return book.calendar.add_working_days(told_on, int(book.on(told_on, OBJECTION).value))
    except BeyondCalendar:
        return None


def shown(subject: UUID, *, on: date, book: Rulebook) -> list[tuple[Model, Evaluation]]:
    """The evaluations the public may see today: in effect, of public models in force.

    One that rests on a record that is no longer shown is left out until it is made anew: what
    left publication does not go on speaking through a grade (charter 8).
    """
    models = {one.code: one for one in book.models.values() if one.public and one.in_force(on)}
    steps = Step.objects.filter(
        kind=StepKind.EFFECTIVE,
        evaluation__model__in=models,
        evaluation__subject__in=family(subject),
    ).select_related("evaluation__subject")
    newest = {step.evaluation.model: step.evaluation for step in steps.order_by("id")}
    found = [
        (model, newest[code])
        for code, model in models.items()
        if code in newest and not ended(newest[code], on)
    ]
    records = {UUID(one) for _, row in found for one in records_of(row)}
    facts = publication.facts_of(list(records), on=on, book=book) if records else {}
    still = {identity for identity, fact in facts.items() if fact.showing.on(on)}
    return [(model, row) for model, row in found if {UUID(r) for r in records_of(row)} <= still]


def records_of(row: Evaluation) -> list[str]:
    """The records the grade of an evaluation rests on."""
    return [leaf["record"] for factor in row.factors["factors"] for leaf in factor["records"]]
