"""What changes how a record stands: an event appended after it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.law.values import Basis
from chengxin.register.errors import (
    AlreadyRevoked,
    ReasonNeeded,
    UnknownRecord,
    WrongDay,
)
from chengxin.register.models import EventKind, Record, RecordEvent
from chengxin.register.queries import state
from chengxin.register.values import RecordState


@transaction.atomic
def revoke(
    *,
    record_id: UUID,
    reason: str,
    basis: Basis,
    by: Actor,
    on: date,
    edition: str,
    set_aside_on: date | None = None,
) -> None:
    """Withdraw a record whose decision was changed, revoked or declared void 撤销, at once.

    `set_aside_on` is the day that was decided, by default `on`: the withdrawal counts from it,
    and from it the days to withdraw in (`register.rules.withdrawal_due`).

    Law: 行政处罚法 第四十八条 – within three days, and the reason is published.
    Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`, `WrongDay`.
    """
    before = standing_for(record_id, by, "register.revoke", reason, basis, on)
    day = set_aside_on or on
    if set_aside_on is not None and not before.decided_on <= set_aside_on <= on:
        raise WrongDay(decided_on=before.decided_on, on=on)
    write_event(before, EventKind.REVOKED, day, dict(before.facts), reason, basis, by, edition)


@transaction.atomic
def end_publication(
    *, record_id: UUID, reason: str, basis: Basis, by: Actor, on: date, edition: str
) -> None:
    """End a record before its term 停止公示, from `on`: it is neither shown nor used any more.

    Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`.
    """
    before = standing_for(record_id, by, "register.end_publication", reason, basis, on)
    facts = dict(before.facts)
    write_event(before, EventKind.PUBLICATION_ENDED, on, facts, reason, basis, by, edition)


def standing_for(
    record_id: UUID, by: Actor, verb: str, reason: str, basis: Basis, on: date
) -> RecordState:
    """Lock a record for a verb that changes how it stands, and say how it stands now.

    Raises: `UnknownRecord`, `NotPermitted`, `ReasonNeeded`, `AlreadyRevoked`.
    """
    row = Record.objects.select_for_update().filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    by.require(verb, unit=row.unit)
    if not reason.strip():
        raise ReasonNeeded(basis=str(basis))
    before = state(record_id, on=max(on, row.decided_on), known=now())
    if before is None:
        raise UnknownRecord(asked=str(record_id))
    if before.revoked_on is not None:
        raise AlreadyRevoked(revoked_on=before.revoked_on)
    return before


def write_event(
    before: RecordState,
    kind: EventKind,
    effective_on: date,
    facts: dict[str, str],
    reason: str,
    basis: Basis,
    by: Actor,
    edition: str,
) -> None:
    """Append an event to a record and note it in the log."""
    RecordEvent.objects.create(
        record_id=before.id,
        kind=kind,
        effective_on=effective_on,
        known_at=now(),
        facts=facts,
        sealed=None,
        reason=reason.strip(),
        basis=str(basis),
        login=by.login,
        unit=by.unit,
        edition=edition,
    )
    audit.note(
        by=by,
        verb=f"register.{kind.value}",
        target=f"record:{before.id}",
        unit=before.unit,
        basis=str(basis),
        facts={"effective_on": effective_on.isoformat(), "fields": sorted(facts)},
    )
