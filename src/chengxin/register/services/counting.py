"""How many records there are of what: for those who watch over the data. Writes nothing.

`recorded_since` narrows the search by an index: a record is never older than its batch.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from chengxin.register.models import EventKind, Record, RecordEvent


@dataclass(frozen=True)
class Arrived:
    """A record by where it came from: batch, line of its file, and what identifies the act."""

    id: UUID
    batch: UUID
    line: int
    decided_on: date
    document_number: str
    names_person: bool


def by_decision_day(
    batches: Collection[UUID], *, items: Collection[str], recorded_since: datetime
) -> Iterator[tuple[UUID, date, int]]:
    """How many records each batch has of each day of decision; in no order."""
    found = _of(batches, items, recorded_since).values_list("batch", "decided_on")
    yield from found.annotate(n=Count("id")).order_by().iterator()


def arrived(
    batches: Collection[UUID], *, items: Collection[str], recorded_since: datetime
) -> Iterator[Arrived]:
    """The records of batches, one by one, by batch and line."""
    found = _of(batches, items, recorded_since).order_by("batch", "row")
    names = ("id", "batch", "row", "decided_on", "document_number", "subject_kind")
    for identity, batch, line, decided_on, number, kind in found.values_list(*names).iterator():
        yield Arrived(identity, batch, line, decided_on, number, kind == "natural_person")


def _of(
    batches: Collection[UUID], items: Collection[str], recorded_since: datetime
) -> QuerySet[Record]:
    return Record.objects.filter(
        item__in=list(items), recorded_at__gte=recorded_since, batch__in=list(batches)
    )


def decided_between(
    since: date, until: date, *, units: Collection[str], items: Collection[str]
) -> dict[tuple[str, str], int]:
    """Records of decisions made from `since` to the day before `until`, per unit and item."""
    found = Record.objects.filter(
        unit__in=list(units),
        item__in=list(items),
        decided_on__gte=since,
        decided_on__lt=until,
    )
    rows = found.values_list("unit", "item").annotate(n=Count("id")).order_by()
    return {(unit, item): count for unit, item, count in rows}


def reported(document_numbers: Iterable[str]) -> set[tuple[str, str, str]]:
    """(unit, item, number) of the records held under any of these document numbers 文书号."""
    found = Record.objects.filter(document_number__in=list(document_numbers))
    return set(found.values_list("unit", "item", "document_number"))


def changes_between(
    since: datetime, until: datetime, *, units: Collection[str]
) -> dict[tuple[str, str, str], int]:
    """How many records of a unit and item were corrected or revoked: (unit, item, kind) → n."""
    found = RecordEvent.objects.filter(
        kind__in=(EventKind.CORRECTED, EventKind.REVOKED),
        known_at__gte=since,
        known_at__lt=until,
        record__unit__in=list(units),
    )
    rows = found.values_list("record__unit", "record__item", "kind").annotate(n=Count("id"))
    return {(unit, item, kind): count for unit, item, kind, count in rows.order_by()}


def open_facts(ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """The open facts of records as they were first recorded 入库; nothing personal."""
    events = RecordEvent.objects.filter(record_id__in=list(ids), kind=EventKind.RECORDED)
    return {one.record_id: one.facts for one in events.defer("sealed")}
