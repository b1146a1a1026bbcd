"""Whom records reach: for those who have to look again when a record came, went or changed.

Writes nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chengxin.kernel.uuids import PARTS, part_of
from chengxin.register.models import Record, RecordLink
from chengxin.register.queries import states
from chengxin.register.values import RecordState

PERSON = "natural_person"


def reached_by_batch(batch: UUID, *, row: int | None = None) -> Iterator[tuple[UUID, str]]:
    """Whom the records of a batch, or of one line of it, came in about, with item; no person."""
    found = Record.objects.filter(
        id__gte=part_of(batch, 0), id__lte=part_of(batch, PARTS - 1), batch=batch
    ).exclude(subject_kind=PERSON)
    found = found.filter(row=row) if row is not None else found
    yield from found.order_by().values_list("subject_id", "item").distinct().iterator()


def came_in_by(batch: UUID, *, items: Collection[str], row: int | None = None) -> list[UUID]:
    """The records of some items that a batch, or one line of it, brought; none of a person."""
    found = Record.objects.filter(
        id__gte=part_of(batch, 0), id__lte=part_of(batch, PARTS - 1), batch=batch, item__in=items
    ).exclude(subject_kind=PERSON)
    found = found.filter(row=row) if row is not None else found
    return list(found.order_by("id").values_list("id", flat=True))


def reached_by(records: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Whom records are about or were ever about, with the item; no person, no unknown record."""
    rows = Record.objects.filter(id__in=list(records)).exclude(subject_kind=PERSON)
    items = dict(rows.values_list("id", "item"))
    found = set(rows.values_list("subject_id", "item"))
    moved = RecordLink.objects.filter(record__in=items, subject__isnull=False)
    return found | {
        (subject, items[record])
        for record, subject in moved.values_list("record_id", "subject_id")
        if subject is not None
    }


def states_about(
    bodies: Collection[UUID], *, items: Sequence[str], on: date, known: datetime
) -> list[RecordState]:
    """The records of many entries as they stood, as linked at `known`: `records_of` for many."""
    asked = list(bodies)
    moved = RecordLink.objects.filter(subject__in=asked, known_at__lte=known)
    ids = list(moved.values_list("record_id", flat=True))
    mine = Q(subject__in=asked)
    rows = Record.objects.filter(mine | Q(id__in=ids) if ids else mine, item__in=items)
    kept = set(asked)
    found = states(rows.order_by("item", "-decided_on", "id"), on=on, known=known)
    return [one for one in found if one.subject in kept]
