"""The writers of the register. Nothing here changes a row; every verb appends one."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.law.values import Basis
from chengxin.register.errors import (
    AlreadyRevoked,
    ReasonNeeded,
    UnknownRecord,
)
from chengxin.register.models import EventKind, Record, RecordEvent
from chengxin.register.queries import state
from chengxin.register.values import NewRecord, RecordState

BATCH = 2000


def append(*, new: Sequence[NewRecord], by: Actor, edition: str) -> int:
    """Append records with their first event 入库; the act that calls notes itself.

    The caller has made sure that no natural key is held already; the database refuses doubles.
    Returns: how many were written.
    """
    moment = now()
    records = [
        Record(
            id=one.id,
            item=one.item,
            subject_id=one.subject,
            subject_kind=one.subject_kind,
            unit=one.unit,
            natural_key=one.natural_key,
            adverse=one.adverse,
            disclosure=one.disclosure,
            decided_on=one.decided_on,
            document_number=one.document_number,
            batch=one.batch,
            row=one.row,
            file_sha256=one.file_sha256,
            link_evidence=dict(one.link_evidence),
            edition=edition,
            recorded_at=moment,
        )
        for one in new
    ]
    Record.objects.bulk_create(records, batch_size=BATCH)
    events = [
        RecordEvent(
            record_id=one.id,
            kind=EventKind.RECORDED,
            effective_on=one.decided_on,
            known_at=moment,
            facts=dict(one.facts),
            sealed=_sealed(one.personal),
            basis=one.basis,
            login=by.login,
            unit=one.unit,
            edition=edition,
        )
        for one in new
    ]
    RecordEvent.objects.bulk_create(events, batch_size=BATCH)
    return len(records)


def _sealed(personal: Mapping[str, str]) -> bytes | None:
    return sealer().seal(canonical_json(dict(personal))) if personal else None


@transaction.atomic
def revoke(
    *, record_id: UUID, reason: str, basis: Basis, by: Actor, on: date, edition: str
) -> None:
    """Withdraw a record whose decision was changed, revoked or declared void 撤销, from day `on`.

    Law: 行政处罚法 第四十八条 – within three days, and the reason is published.
    Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`.
    """
    before = standing_for(record_id, by, "register.revoke", reason, basis, on)
    write_event(before, EventKind.REVOKED, on, dict(before.facts), reason, basis, by, edition)


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
