"""How many records there are of what: for those who watch over the data. Writes nothing.

`recorded_since` narrows the search by an index: a record is never older than its batch.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count

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


@dataclass(frozen=True)
class Delivery:
    """A batch, the day it came (None where no calendar reaches), and the group it counts in."""

    batch: UUID
    received_on: date | None
    group: int


@dataclass(frozen=True)
class Deadline:
    """From which day on a decision of a day is reported late, in one schedule."""

    schedule: int
    decided_on: date
    late_from: date


def timed(
    deliveries: Sequence[Delivery],
    schedules: Mapping[str, int],
    deadlines: Sequence[Deadline],
    *,
    recorded_since: datetime,
) -> dict[int, tuple[int, int, int]]:
    """Records per group that came on time, late, and without a deadline that can be counted.

    `schedules` names the schedule of each item; an item without one has no deadline. Only sums
    leave the database: a month of a city is thousands of batches and a million records.
    """
    if not deliveries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT sent.grp,
              count(*) FILTER (WHERE sent.received_on < due.late_from),
              count(*) FILTER (WHERE sent.received_on >= due.late_from),
              count(*) FILTER (WHERE sent.received_on IS NULL OR due.late_from IS NULL)
            FROM register_record AS record
            JOIN unnest(%s::uuid[], %s::date[], %s::int[])
              AS sent (id, received_on, grp) ON sent.id = record.batch
            LEFT JOIN unnest(%s::text[], %s::int[]) AS kept (item, schedule)
              ON kept.item = record.item
            LEFT JOIN unnest(%s::int[], %s::date[], %s::date[])
              AS due (schedule, decided_on, late_from)
              ON due.schedule = kept.schedule AND due.decided_on = record.decided_on
            WHERE record.recorded_at >= %s
            GROUP BY sent.grp
            """,
            [
                [one.batch for one in deliveries],
                [one.received_on for one in deliveries],
                [one.group for one in deliveries],
                list(schedules),
                list(schedules.values()),
                [one.schedule for one in deadlines],
                [one.decided_on for one in deadlines],
                [one.late_from for one in deadlines],
                recorded_since,
            ],
        )
        return {group: (on_time, late, none) for group, on_time, late, none in cursor.fetchall()}


def arrived(
    batches: Collection[UUID], *, items: Collection[str], recorded_since: datetime
) -> Iterator[Arrived]:
    """The records of batches, one by one, by batch and line."""
    found = Record.objects.filter(
        item__in=list(items), recorded_at__gte=recorded_since, batch__in=list(batches)
    )
    names = ("id", "batch", "row", "decided_on", "document_number", "subject_kind")
    rows = found.order_by("batch", "row").values_list(*names)
    for identity, batch, line, decided_on, number, kind in rows.iterator():
        yield Arrived(identity, batch, line, decided_on, number, kind == "natural_person")


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
