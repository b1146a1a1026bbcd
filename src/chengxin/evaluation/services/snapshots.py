"""A dated snapshot 评价快照: of the whole register, or of one organisation after a new record."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from chengxin.audit import services as audit
from chengxin.evaluation.errors import ModelNotInForce, NotEvaluated, WrongDay
from chengxin.evaluation.models import Definition, Evaluation, Snapshot, Step, StepKind
from chengxin.evaluation.queries.gathering import Gathered, gather, gather_one
from chengxin.evaluation.queries.packing import head_of
from chengxin.evaluation.rules.ending import ends_on
from chengxin.evaluation.rules.kits import evaluation_digest
from chengxin.evaluation.rules.spelling import inputs_as_json, model_as_json
from chengxin.evaluation.rules.statements import fields_read
from chengxin.evaluation.services.grading import graded
from chengxin.evaluation.services.turns import plan_turns
from chengxin.evaluation.values import Outcome, SnapshotResult
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.uuids import part_of, time_ordered
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model

RUN = "evaluation.run"
NOTICE = "evaluation_proposed"
AT_ONCE = 2_000


@transaction.atomic
def evaluate(*, model: str, on: date, known: datetime, by: Actor, book: Rulebook) -> SnapshotResult:
    """Evaluate every organisation a model covers, as the register stood and was known.

    Appends those whose grade or reasons changed. No worse: in effect at once. Worse: a proposal,
    and a notice in the outbox; only a named official makes it count.
    Raises: `NotPermitted`, `UnknownName`, `ModelNotInForce`.
    """
    definition = _permitted(model, on, by, book)
    fields = fields_read({model: definition})
    found = gather(definition, on=on, known=known, book=book, fields=fields)
    outcomes = graded(definition, found, on=on, fields=fields)
    plan_turns(definition, found, on=on)
    return write(definition, found, outcomes, When(on, known, whole=True), by, book)


@transaction.atomic
def evaluate_one(
    *, model: str, subject: UUID, on: date, known: datetime, by: Actor, book: Rulebook
) -> SnapshotResult:
    """Evaluate one organisation anew 增量评价, after a record came, went or changed.

    Raises: `NotPermitted`, `UnknownName`, `ModelNotInForce`, `NotEvaluated`.
    """
    definition = _permitted(model, on, by, book)
    fields = fields_read({model: definition})
    found = gather_one(definition, subject, on=on, known=known, book=book, fields=fields)
    if not found.businesses:
        raise NotEvaluated
    outcomes = graded(definition, found, on=on, fields=fields)
    return write(definition, found, outcomes, When(on, known), by, book)


class When:
    """Both clocks, the moment of writing; whether of the whole register, or only following."""

    def __init__(
        self, on: date, known: datetime, *, whole: bool = False, following: bool = False
    ) -> None:
        self.on, self.known, self.whole, self.following = on, known, whole, following
        self.moment = now()


def _permitted(model: str, on: date, by: Actor, book: Rulebook) -> Model:
    found = book.model(model)
    by.require(RUN, unit=found.decided_by)
    if not found.in_force(on):
        raise ModelNotInForce(model=found.label, day=on, since=found.since)
    last = Snapshot.objects.filter(model=model).aggregate(last=Max("on"))["last"]
    if on > today() or (last is not None and on < last):
        raise WrongDay(day=on, last=last or "—", today=today())
    return found


def write(
    model: Model,
    gathered: Gathered,
    outcomes: Mapping[str, Outcome],
    when: When,
    by: Actor,
    book: Rulebook,
) -> SnapshotResult:
    """Append what has changed, as a snapshot; the verb that calls has required the power.

    Where nothing has changed, following the facts leaves no trace.
    """
    content = model_as_json(model)
    Definition.objects.get_or_create(
        model=model.code,
        edition=book.edition,
        defaults={"content": content, "codelists": _codelists(model, book)},
    )
    last, effective = _known_grades(model.code, outcomes, when.on)
    whole = time_ordered(when.moment)
    rows: list[Evaluation] = []
    for subject, outcome in sorted(outcomes.items()):
        result = outcome.as_json()
        if last.get(subject) == result:
            continue
        row = Evaluation(
            id=part_of(whole, len(rows) + 1),
            snapshot_id=whole,
            subject_id=UUID(subject),
            subject_kind=gathered.businesses[subject].kind,
            model=model.code,
            edition=book.edition,
            on=when.on,
            known_at=when.known,
            grade=outcome.grade,
            rank=model.rank(outcome.grade),
            adverse=model.grade(outcome.grade).adverse,
            worse=_worse(model, outcome, effective.get(subject)),
            ends_on=ends_on(model, outcome, when.on),
            points=outcome.points,
            factors=result,
            inputs=inputs_as_json(gathered.businesses[subject], gathered.facts.get(subject, [])),
            made_at=when.moment,
        )
        row.digest = evaluation_digest(head_of(row), row.inputs, content, result)
        rows.append(row)
    snapshot = _snapshot(whole, model, outcomes, rows, when, by, book)
    if when.following and not rows:
        return _result(snapshot, when)
    snapshot.save(force_insert=True)
    _store(snapshot, rows, model, by)
    return _result(snapshot, when)


def _worse(model: Model, outcome: Outcome, before: int | None) -> bool:
    """Worse than what is in effect; where nothing is, whether the grade is adverse."""
    if before is None:
        return model.grade(outcome.grade).adverse
    return model.rank(outcome.grade) > before


def _known_grades(
    model: str, subjects: Iterable[str], on: date
) -> tuple[dict[str, Any], dict[str, int]]:
    """Of each subject: the result of its last evaluation, and the rank of the one in effect.

    One that ended before `on` is in effect no more: what is adverse after it waits for notice.
    """
    asked = [UUID(one) for one in subjects]
    rows = Evaluation.objects.filter(model=model)
    steps = Step.objects.filter(kind=StepKind.EFFECTIVE, evaluation__model=model)
    if len(asked) < AT_ONCE:
        rows = rows.filter(subject__in=asked)
        steps = steps.filter(evaluation__subject__in=asked)
    newest = rows.order_by("subject", "-made_at", "-id").distinct("subject")
    last = {str(one): result for one, result in newest.values_list("subject", "factors")}
    latest = steps.order_by("evaluation__subject", "-id").distinct("evaluation__subject")
    names = ("evaluation__subject", "evaluation__rank", "evaluation__ends_on")
    return last, {
        str(subject): rank
        for subject, rank, end in latest.values_list(*names)
        if end is None or end >= on
    }


def _codelists(model: Model, book: Rulebook) -> dict[str, Any]:
    """What the codes mean that the items of a model use, as of this edition."""
    used = {
        one["codelist"]
        for item in model.items
        for one in book.raw_items[item].data["fields"]
        if "codelist" in one
    }
    return {
        name: {one.code: {"label": one.label, "label_en": one.label_en} for one in known.entries}
        for name, known in sorted(book.codelists.items())
        if name in used
    }


def _snapshot(
    whole: UUID,
    model: Model,
    outcomes: Mapping[str, Outcome],
    rows: list[Evaluation],
    when: When,
    by: Actor,
    book: Rulebook,
) -> Snapshot:
    grades = [[subject, one.grade, one.points] for subject, one in sorted(outcomes.items())]
    counts = {one.code: 0 for one in model.grades}
    for outcome in outcomes.values():
        counts[outcome.grade] += 1
    return Snapshot(
        id=whole,
        model=model.code,
        edition=book.edition,
        on=when.on,
        known_at=when.known,
        whole=when.whole,
        evaluated=len(outcomes),
        written=len(rows),
        proposed=sum(row.worse for row in rows),
        grades=counts,
        digest=sha256_hex(canonical_json(grades)),
        login=by.login,
        made_at=when.moment,
    )


def _store(snapshot: Snapshot, rows: list[Evaluation], model: Model, by: Actor) -> None:
    Evaluation.objects.bulk_create(rows, batch_size=AT_ONCE)
    basis = "、".join(str(one) for one in model.basis)
    steps = [
        Step(
            evaluation=row,
            kind=StepKind.EFFECTIVE,
            worse=False,
            on=snapshot.made_at.date(),
            at=snapshot.made_at,
            basis=basis,
            login=by.login,
            unit=by.unit,
        )
        for row in rows
        if not row.worse
    ]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    post_many(
        Draft(
            row.id, row.subject_id, NOTICE, served=False, delivered_on=None, basis=basis,
            facts={"model": model.label, "grade": model.grade(row.grade).label},
        )
        for row in rows
        if row.worse
    )  # fmt: skip
    audit.note(
        by=by,
        verb=RUN,
        target=f"snapshot:{snapshot.id}",
        unit=model.decided_by,
        basis=basis,
        facts={
            "model": model.code,
            "edition": snapshot.edition,
            "on": snapshot.on.isoformat(),
            "evaluated": snapshot.evaluated,
            "written": snapshot.written,
            "proposed": snapshot.proposed,
            "digest": snapshot.digest,
        },
    )


def _result(snapshot: Snapshot, when: When) -> SnapshotResult:
    return SnapshotResult(
        snapshot.id,
        snapshot.model,
        snapshot.on,
        when.known,
        snapshot.edition,
        snapshot.evaluated,
        snapshot.written,
        snapshot.proposed,
        snapshot.digest,
        snapshot.grades,
    )
