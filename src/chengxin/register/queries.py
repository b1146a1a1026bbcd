"""How records stood."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, QuerySet

from chengxin.register.models import Record, RecordEvent
from chengxin.register.rules import Event, fold
from chengxin.register.values import Existing, RecordState


def state(record_id: UUID, *, on: date, known: datetime) -> RecordState | None:
    """One record as it stood on `on`, as known at `known`; None if it did not exist or show."""
    found = states(Record.objects.filter(id=record_id), on=on, known=known)
    return found[0] if found else None


def records_of(
    subject: UUID, *, on: date, known: datetime, items: Sequence[str] | None = None
) -> list[RecordState]:
    """All records of a subject as they stood, newest decision first; two queries."""
    rows = Record.objects.filter(subject_id=subject).order_by("item", "-decided_on", "id")
    if items is not None:
        rows = rows.filter(item__in=items)
    return states(rows, on=on, known=known)


def latest(item: str, *, on: date, known: datetime, limit: int) -> list[RecordState]:
    """The records of an item that came in last; open classes only, never about a person."""
    rows = Record.objects.filter(item=item, disclosure="public").order_by("-recorded_at", "id")
    return states(rows[:limit], on=on, known=known)


def states(rows: QuerySet[Record], *, on: date, known: datetime) -> list[RecordState]:
    """Fold the events of many records in one query for the rows and one for the events."""
    events = RecordEvent.objects.order_by("known_at", "id").defer("sealed")
    prefetched = rows.prefetch_related(Prefetch("events", events))
    found = (_state(row, on, known) for row in prefetched)
    return [one for one in found if one is not None]


def _state(row: Record, on: date, known: datetime) -> RecordState | None:
    events = [
        Event(e.kind, e.effective_on, e.known_at, e.facts, e.reason) for e in row.events.all()
    ]
    standing = fold(events, on, known)
    if standing is None or standing.facts is None:
        return None
    return RecordState(
        id=row.id,
        item=row.item,
        subject=row.subject_id,
        subject_kind=row.subject_kind,
        unit=row.unit,
        adverse=row.adverse,
        disclosure=row.disclosure,
        decided_on=row.decided_on,
        document_number=row.document_number,
        facts=standing.facts,
        batch=row.batch,
        row=row.row,
        file_sha256=row.file_sha256,
        edition=row.edition,
        recorded_at=row.recorded_at,
        corrected_at=standing.corrected_at,
        revoked_on=standing.revoked_on,
        publication_ended_on=standing.publication_ended_on,
        reason=standing.reason,
        link_evidence=row.link_evidence,
    )


def history(record_id: UUID) -> list[RecordEvent]:
    """Everything that happened to a record 信息变动, in the order known; nothing sealed."""
    events = RecordEvent.objects.filter(record_id=record_id).order_by("known_at", "id")
    return list(events.defer("sealed"))


def numbered(document_number: str, *, unit: str = "", limit: int = 20) -> list[UUID]:
    """Records under a document number 文号, of one unit or of all; never about a person."""
    rows = Record.objects.filter(document_number=document_number)
    rows = rows.exclude(subject_kind="natural_person")
    rows = rows.filter(unit=unit) if unit else rows
    return list(rows.order_by("-recorded_at", "id").values_list("id", flat=True)[:limit])


def existing(natural_keys: Iterable[str]) -> dict[str, Existing]:
    """The records held under these natural keys, with their facts as last known."""
    events = RecordEvent.objects.order_by("known_at", "id").defer("sealed")
    rows = Record.objects.filter(natural_key__in=list(natural_keys)).prefetch_related(
        Prefetch("events", events)
    )
    return {row.natural_key: Existing(row.id, _last_facts(row)) for row in rows}


def _last_facts(row: Record) -> dict[str, str]:
    facts: dict[str, str] = {}
    for event in row.events.all():
        facts = event.facts or facts
    return facts


def totals() -> dict[str, Any]:
    """How many open records there are per item, and when the last came in."""
    rows = (
        Record.objects.filter(disclosure="public")
        .values("item")
        .annotate(count=Count("id"), last=Max("recorded_at"))
    )
    return {
        "by_item": {row["item"]: row["count"] for row in rows},
        "last_recorded_at": max((row["last"] for row in rows), default=None),
    }
