"""What happens to a worse grade: told, objected to, confirmed with reasons, or dropped."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.evaluation.errors import (
    Ended,
    NotProposed,
    NotTold,
    OfficialNeeded,
    ReasonsNeeded,
    StillOpen,
    TooLate,
    WrongServiceDay,
)
from chengxin.evaluation.models import Evaluation, Step, StepKind
from chengxin.evaluation.queries.standing import OBJECTION, Standing, evaluation, standings
from chengxin.evaluation.services.snapshots import NOTICE
from chengxin.evaluation.values import STATE_WORDS, State
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook

SYSTEM = "system"


@transaction.atomic
def serve(*, evaluation_id: UUID, served_on: date, by: Actor, on: date, book: Rulebook) -> Standing:
    """Note that a worse grade was told to its subject 送达 on a day, with proof of service.

    Raises: `UnknownEvaluation`, `NotPermitted`, `NotProposed`, `WrongServiceDay`.
    """
    before = _waiting(evaluation_id, "evaluation.serve", by, book)
    row = before.evaluation
    since = row.made_at.astimezone(SHANGHAI).date()
    if not since <= served_on <= on:
        raise WrongServiceDay(since=since, on=on)
    basis = _basis(row, book)
    post_many([Draft(row.id, row.subject_id, NOTICE, True, served_on, basis)])
    _note("serve", row, by, basis, {"served_on": served_on.isoformat()})
    return standings([row], book=book)[0]


@transaction.atomic
def object_to(*, evaluation_id: UUID, text: str, by: Actor, on: date, book: Rulebook) -> Step:
    """Take in the subject's objection 异议; what it wrote is sealed. The decision must answer it.

    Raises: `UnknownEvaluation`, `NotPermitted`, `NotProposed`, `ReasonsNeeded`, `TooLate`.
    """
    before = _waiting(evaluation_id, "evaluation.object", by, book)
    if not text.strip():
        raise ReasonsNeeded
    basis = str(book.on(on, OBJECTION).basis)
    if before.objection_until is not None and on > before.objection_until:
        raise TooLate(until=before.objection_until, basis=basis)
    sealed = sealer().seal(text.strip().encode())
    step = _step(before, StepKind.OBJECTED, on, by, basis, sealed=sealed)
    _note("object", before.evaluation, by, basis, {})
    return step


@transaction.atomic
def read_objections(*, evaluation_id: UUID, by: Actor, book: Rulebook) -> list[tuple[date, str]]:
    """What the subject objected, for who decides: the decision must answer it; noted in the log.

    Raises: `UnknownEvaluation`, `NotPermitted`.
    """
    row = evaluation(evaluation_id)
    by.require("evaluation.confirm", unit=book.model(row.model).decided_by)
    steps = Step.objects.filter(evaluation=row, kind=StepKind.OBJECTED).order_by("id")
    said = [(one.on, sealer().unseal(bytes(one.sealed or b"")).decode()) for one in steps]
    if said:
        _note("read_objection", row, by, "", {"objections": len(said)})
    return said


@transaction.atomic
def confirm(*, evaluation_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Step:
    """A named official of the deciding unit confirms a worse grade 认定; from `on` it counts.

    Raises: `UnknownEvaluation`, `NotPermitted`, `NotProposed`, `OfficialNeeded`, `ReasonsNeeded`,
    `NotTold`, `StillOpen`, `Ended`.
    """
    before = _waiting(evaluation_id, "evaluation.confirm", by, book)
    _decides(reason, by)
    rule = book.on(before.told_on or on, OBJECTION)
    if before.told_on is None or before.told_on > on:
        raise NotTold(basis=str(rule.basis))
    until = before.objection_until
    if until is None or on <= until:
        raise StillOpen(until=until, basis=str(rule.basis))
    end = before.evaluation.ends_on
    if end is not None and end <= on:
        raise Ended(end=end)
    basis = _basis(before.evaluation, book)
    step = _step(before, StepKind.EFFECTIVE, on, by, basis, reason)
    _note("confirm", before.evaluation, by, basis, {"objections": before.objections})
    return step


@transaction.atomic
def drop(*, evaluation_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Step:
    """A named official decides not to confirm 不予认定; what was in effect stays.

    Raises: `UnknownEvaluation`, `NotPermitted`, `NotProposed`, `OfficialNeeded`, `ReasonsNeeded`.
    """
    before = _waiting(evaluation_id, "evaluation.confirm", by, book)
    _decides(reason, by)
    basis = _basis(before.evaluation, book)
    step = _step(before, StepKind.DROPPED, on, by, basis, reason)
    _note("drop", before.evaluation, by, basis, {"objections": before.objections})
    return step


def _waiting(evaluation_id: UUID, verb: str, by: Actor, book: Rulebook) -> Standing:
    """Lock an evaluation that waits, for who has the power in the unit that decides it."""
    row = Evaluation.objects.select_for_update().filter(id=evaluation_id).first()
    row = row or evaluation(evaluation_id)
    by.require(verb, unit=book.model(row.model).decided_by)
    (found,) = standings([row], book=book)
    if found.state not in (State.PROPOSED, State.NOTIFIED):
        zh, en = STATE_WORDS[found.state]
        raise NotProposed(state=zh, state_en=en)
    return found


def _decides(reason: str, by: Actor) -> None:
    if by.login in ("", SYSTEM) or not by.unit:
        raise OfficialNeeded
    if not reason.strip():
        raise ReasonsNeeded


def _basis(row: Evaluation, book: Rulebook) -> str:
    return "、".join(str(one) for one in book.model(row.model).basis)


def _step(
    before: Standing,
    kind: StepKind,
    on: date,
    by: Actor,
    basis: str,
    reason: str = "",
    sealed: bytes | None = None,
) -> Step:
    return Step.objects.create(
        evaluation=before.evaluation,
        kind=kind,
        worse=before.evaluation.worse,
        on=on,
        at=now(),
        notified_on=before.told_on,
        objection_until=before.objection_until,
        reason=hide_id_numbers(reason.strip()),
        sealed=sealed,
        basis=basis,
        login=by.login,
        unit=by.unit,
    )


def _note(verb: str, row: Evaluation, by: Actor, basis: str, facts: dict[str, object]) -> None:
    audit.note(
        by=by,
        verb=f"evaluation.{verb}",
        target=f"evaluation:{row.id}",
        unit=by.unit,
        basis=basis,
        facts={"model": row.model, "grade": row.grade, **facts},
    )
