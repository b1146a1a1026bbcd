"""The writers of looks."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import part_of, time_ordered
from chengxin.looks.models import Look
from chengxin.looks.values import Decision, Reading, Via

SEALED_THROUGH: Final = "looks.seal_sql"
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def reading(*, via: Via, purpose: str, by: Actor | None = None) -> Iterator[Reading]:
    """Round a request or a command: what it gives out is noted when it ends, however it ends.

    Without anybody named (`asks`) nothing is noted: the public reads what is public unnamed.
    """
    open_now = Reading(via=via, purpose=purpose, by=by)
    token = _reading.set(open_now)
    try:
        yield open_now
    finally:
        _reading.reset(token)
        _write(open_now)


@contextmanager
def computing() -> Iterator[None]:
    """What the house works out itself is a use, not a look; only what is then shown is one."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


def asks(by: Actor, *, purpose: str = "", basis: str = "", via: Via | None = None) -> None:
    """Say who asks in the reading under way, and what for where the door knows better."""
    under_way = _reading.get()
    if under_way is None:
        return
    under_way.by = by
    under_way.purpose = purpose or under_way.purpose
    under_way.basis = basis or under_way.basis
    under_way.via = via or under_way.via


def touched(subject: UUID | None, record: UUID | None = None, fields: Collection[str] = ()) -> None:
    """Something of a subject was given out; said by the room that holds it. Costs a dictionary."""
    under_way = _reading.get()
    if under_way is not None and subject is not None:
        under_way.add(subject, record, fields)


@transaction.atomic
def look(
    *,
    subject: UUID,
    record: UUID | None,
    fields: Collection[str],
    by: Actor,
    purpose: str,
    basis: str,
    decision: Decision = Decision.ALLOWED,
) -> Look:
    """Note one look at sealed or consented data, in the transaction that gave it out.

    Such a look is sensitive: its subject is told of it at once, not only when it asks.
    """
    under_way = _reading.get()
    via = under_way.via if under_way else Via.COMMAND
    one = Reading(via=via, purpose=purpose, basis=basis, by=by)
    one.add(subject, record, fields)
    one.sensitive.add(subject)
    return _write(one, decision=decision)[0]


def _write(done: Reading, *, decision: Decision = Decision.ALLOWED) -> list[Look]:
    if done.by is None or not done.seen:
        return []
    by, moment = done.by, now()
    whole = time_ordered(moment)
    own = by.subject is not None
    rows = [
        Look(
            id=part_of(whole, number),
            at=moment,
            subject=subject,
            record=record,
            login=by.login,
            name="" if own else by.name,
            unit=by.unit,
            via=Via.OWN if own else done.via,
            purpose=done.purpose[:200],
            basis=done.basis[:400],
            fields=sorted(fields),
            decision=decision,
            sensitive=subject in done.sensitive,
        )
        for number, ((subject, record), fields) in enumerate(done.seen.items())
    ]
    with transaction.atomic():
        entry = audit.note(
            by=by,
            verb="looks.read" if decision == Decision.ALLOWED else "looks.refused",
            target=f"subject:{rows[0].subject}" if len(rows) == 1 else f"looks:{whole}",
            purpose=done.purpose[:200],
            basis=done.basis[:400],
            facts={"looks": len(rows), "sha256": digest(rows), "via": rows[0].via},
        )
        for row in rows:
            row.entry = entry.sequence
        return Look.objects.bulk_create(rows)


def digest(rows: Collection[Look]) -> str:
    """What the log keeps of looks: anyone with the rows can compute it again."""
    told = [_told(row) for row in sorted(rows, key=lambda one: one.id)]
    return sha256_hex(canonical_json(told))


def _told(row: Look) -> Mapping[str, object]:
    return {
        "id": str(row.id),
        "at": row.at,
        "subject": str(row.subject),
        "record": str(row.record) if row.record else None,
        "login": row.login,
        "via": str(row.via),
        "purpose": row.purpose,
        "fields": list(row.fields),
        "decision": str(row.decision),
    }


@transaction.atomic
def seal_sql(*, before: datetime) -> int:
    """Enter looks made by SQL into the chain of the log; they were written outside it.

    Up to `before`, so that a transaction still open is not passed over. Returns: how many.
    """
    from chengxin.audit.queries import last_of

    last = last_of(SEALED_THROUGH)
    rows = Look.objects.filter(via=Via.SQL, at__lte=before).order_by("at", "id")
    if last is not None:
        rows = rows.filter(at__gt=datetime.fromisoformat(last.facts["through"]))
    found = list(rows)
    if found:
        audit.note(
            by=Actor.system(SEALED_THROUGH),
            verb=SEALED_THROUGH,
            target="looks",
            facts={
                "through": found[-1].at.isoformat(),
                "looks": len(found),
                "sha256": digest(found),
            },
        )
    return len(found)
