"""The writers of the register. Nothing here changes a row; every verb appends one."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.law.values import Basis
from chengxin.register.errors import (
    AlreadyRevoked,
    NothingChanges,
    PurposeNeeded,
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
def correct(
    *,
    record_id: UUID,
    changes: Mapping[str, str],
    reason: str,
    basis: Basis,
    by: Actor,
    on: date,
    edition: str,
) -> None:
    """Correct open fields of a record 更正. The correction counts from the decision's own day.

    Only the unit the record came from may do so 谁提供、谁负责. What stood before stays readable
    as "known then". Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`,
    `NothingChanges`.
    """
    before = _standing(record_id, by, "register.correct", reason, basis, on)
    facts = {**before.facts, **changes}
    if facts == dict(before.facts):
        raise NothingChanges
    _event(before, EventKind.CORRECTED, before.decided_on, facts, reason, basis, by, edition)


@transaction.atomic
def revoke(
    *, record_id: UUID, reason: str, basis: Basis, by: Actor, on: date, edition: str
) -> None:
    """Withdraw a record whose decision was changed, revoked or declared void 撤销, from day `on`.

    Law: 行政处罚法 第四十八条 – within three days, and the reason is published.
    Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`.
    """
    before = _standing(record_id, by, "register.revoke", reason, basis, on)
    _event(before, EventKind.REVOKED, on, dict(before.facts), reason, basis, by, edition)


def open_personal(
    *, record_id: UUID, purpose: str, known_purposes: Collection[str], by: Actor
) -> dict[str, str]:
    """Read the personal fields of a record 查阅自然人信息: for a purpose, under a power, logged.

    The entry in the log is written in the same transaction as the read; a refused attempt is
    logged too, in a transaction of its own. Law: PIPL 第十三条、第三十四条; charter 4.
    Raises: `UnknownRecord`, `NotPermitted`, `PurposeNeeded`.
    """
    try:
        with transaction.atomic():
            return _opened(record_id, purpose, known_purposes, by)
    except (NotPermitted, PurposeNeeded) as refusal:
        with transaction.atomic():
            audit.note(
                by=by,
                verb="register.open_personal.refused",
                target=f"record:{record_id}",
                purpose=purpose,
                facts={"code": refusal.code},
            )
        raise


def _opened(
    record_id: UUID, purpose: str, known_purposes: Collection[str], by: Actor
) -> dict[str, str]:
    row = Record.objects.filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    by.require("subjects.read_person", unit=row.unit)
    if purpose not in known_purposes:
        raise PurposeNeeded(known=sorted(known_purposes))
    personal: dict[str, str] = {}
    for event in row.events.order_by("known_at", "id"):
        if event.sealed is not None:
            personal |= json.loads(sealer().unseal(bytes(event.sealed)))
    audit.note(
        by=by,
        verb="register.open_personal",
        target=f"record:{record_id}",
        unit=row.unit,
        purpose=purpose,
        facts={"fields": sorted(personal), "subject": str(row.subject_id)},
    )
    return personal


def _standing(
    record_id: UUID, by: Actor, verb: str, reason: str, basis: Basis, on: date
) -> RecordState:
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


def _event(
    before: RecordState,
    kind: EventKind,
    effective_on: date,
    facts: dict[str, str],
    reason: str,
    basis: Basis,
    by: Actor,
    edition: str,
) -> None:
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
