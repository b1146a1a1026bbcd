"""How records stood."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Prefetch, Q, QuerySet

from chengxin.access.queries import sealer
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import PARTS, part_of
from chengxin.looks.services import touched
from chengxin.register.errors import UnknownCase
from chengxin.register.models import CaseState, LinkCase, Record, RecordEvent, RecordLink
from chengxin.register.rules import BESIDE, Event, Link, fold, linked
from chengxin.register.values import Existing, RecordState
from chengxin.subjects.queries import family

_ITEMS_HELD: Final = """
WITH RECURSIVE held (item) AS (
  (SELECT item FROM register_record ORDER BY item LIMIT 1)
  UNION ALL
  SELECT (SELECT r.item FROM register_record r WHERE r.item > held.item ORDER BY r.item LIMIT 1)
  FROM held WHERE held.item IS NOT NULL
)
SELECT item FROM held WHERE EXISTS (
  SELECT 1 FROM register_record r WHERE r.item = held.item AND r.recorded_at <= %s
)
"""


def state(record_id: UUID, *, on: date, known: datetime) -> RecordState | None:
    """One record as it stood on `on`, as known at `known`; None if it did not exist or show."""
    found = states(Record.objects.filter(id=record_id), on=on, known=known)
    return found[0] if found else None


def records_of(
    subject: UUID, *, on: date, known: datetime, items: Sequence[str] | None = None
) -> list[RecordState]:
    """All records of a subject as they stood, newest decision first; five queries.

    Of its own and of all that are one body with it (`subjects.queries.family`), as linked at
    `known`: what was unlinked since, or linked elsewhere, is not there.
    """
    bodies = family(subject, known=known)
    moved = RecordLink.objects.filter(subject__in=bodies, known_at__lte=known)
    ids = list(moved.values_list("record_id", flat=True))
    mine = Q(subject__in=bodies)
    rows = Record.objects.filter(mine | Q(id__in=ids) if ids else mine)
    rows = rows.order_by("item", "-decided_on", "id")
    if items is not None:
        rows = rows.filter(item__in=items)
    return [one for one in states(rows, on=on, known=known) if one.subject in bodies]


def latest(item: str, *, on: date, known: datetime, limit: int) -> list[RecordState]:
    """The records of an item that came in last; open classes only, never about a person."""
    rows = Record.objects.filter(item=item, disclosure="public").order_by("-recorded_at", "id")
    return states(rows[:limit], on=on, known=known)


def states(rows: QuerySet[Record], *, on: date, known: datetime) -> list[RecordState]:
    """Fold the events and links of many records in one query for each."""
    found = (_state(row, on, known) for row in _with_life(rows))
    given = [one for one in found if one is not None]
    for one in given:
        touched(one.subject, one.id, one.facts)
    return given


def _with_life(rows: QuerySet[Record]) -> QuerySet[Record]:
    events = RecordEvent.objects.order_by("known_at", "id").defer("sealed")
    links = RecordLink.objects.order_by("known_at", "id")
    return rows.prefetch_related(Prefetch("events", events), Prefetch("links", links))


def links_of(row: Record) -> tuple[Link, list[Link]]:
    """The first link of a record and those that came later, in the order known."""
    first = next(iter(row.events.all()), None)
    login = first.login if first else ""
    evidence, reason = row.link_evidence, str(row.link_evidence.get("reason", ""))
    return (
        Link(row.subject_id, row.subject_kind, row.recorded_at, login, evidence, reason),
        [
            Link(
                one.subject_id, one.subject_kind, one.known_at, one.login, one.evidence, one.reason
            )
            for one in row.links.all()
        ],
    )


def _state(row: Record, on: date, known: datetime) -> RecordState | None:
    events = [
        Event(e.kind, e.effective_on, e.known_at, e.facts, e.reason) for e in row.events.all()
    ]
    standing = fold(events, on, known)
    if standing is None or standing.facts is None:
        return None
    link = linked(*links_of(row), known)
    return RecordState(
        id=row.id,
        item=row.item,
        subject=link.subject,
        subject_kind=link.kind or row.subject_kind,
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
        revoked_at=standing.revoked_at,
        publication_ended_on=standing.publication_ended_on,
        under_check_since=standing.under_check_since,
        reason=standing.reason,
        link_evidence=link.evidence,
        linked_by=link.by,
        marks=tuple(standing.marks.values()),
        hidden_by=standing.hidden_by,
    )


def origin(record_id: UUID) -> tuple[dict[str, str], dict[str, str]]:
    """A record as its line first said it: the open and the personal fields.

    The latter unsealed: for verbs that seal them again, never for a page.
    """
    first = RecordEvent.objects.filter(record_id=record_id).order_by("known_at", "id").first()
    if first is None:
        return {}, {}
    personal = json.loads(sealer().unseal(bytes(first.sealed))) if first.sealed else {}
    return dict(first.facts), personal


def links_from(record_id: UUID) -> tuple[Link, list[Link]]:
    """Whose a record was at first, and each time that changed; for a record that exists."""
    return links_of(_with_life(Record.objects.filter(id=record_id)).get())


def linked_to(subject: UUID) -> int:
    """How many records are linked to one entry now, whatever it was merged into."""
    moved = RecordLink.objects.filter(subject=subject).values_list("record_id", flat=True)
    rows = _with_life(Record.objects.filter(Q(subject=subject) | Q(id__in=list(moved))))
    moment = now()
    return sum(linked(*links_of(row), moment).subject == subject for row in rows)


def cases(*, by: Actor) -> QuerySet[LinkCase]:
    """The cases an actor may decide, the longest waiting first. Raises: `NotPermitted`."""
    by.require("register.decide_case", unit=by.unit)
    rows = LinkCase.objects.select_related("record").defer("sealed").order_by("opened_at", "id")
    return rows if by.may("register.decide_case", unit="") else rows.filter(unit=by.unit)


def case(number: str, *, by: Actor) -> LinkCase:
    """One case, for who opens or decides cases of its unit.

    Raises: `UnknownCase`, `NotPermitted`.
    """
    rows = LinkCase.objects.select_related("record").defer("sealed")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownCase(asked=number)
    if not by.may("register.open_case", unit=found.unit):
        by.require("register.decide_case", unit=found.unit)
    touched(found.subject_id, found.record_id, ("case",))
    return found


def cases_of(record_id: UUID) -> list[LinkCase]:
    """Every case about a record, oldest first; nothing sealed."""
    rows = LinkCase.objects.filter(record_id=record_id).defer("sealed")
    return list(rows.order_by("opened_at", "id"))


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


def units_of(records: Iterable[UUID]) -> dict[UUID, str]:
    """Which unit each record is of."""
    rows = Record.objects.filter(id__in=list(records))
    return dict(rows.values_list("id", "unit"))


def held_keys(natural_keys: Sequence[str]) -> list[str]:
    """Those of many natural keys under which a record is held."""
    # One array: thousands of parameters cost more than the search.
    asked = "SELECT natural_key FROM register_record WHERE natural_key = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(asked, [list(natural_keys)])
        return [key for (key,) in cursor.fetchall()]


def existing(natural_keys: Iterable[str]) -> dict[str, Existing]:
    """The records held under these natural keys, with their facts as last known."""
    rows = _with_life(Record.objects.filter(natural_key__in=list(natural_keys)))
    return {row.natural_key: _existing(row) for row in rows}


def _existing(row: Record) -> Existing:
    later = list(row.links.all())
    owner = later[-1].subject_id if later else row.subject_id
    return Existing(row.id, _last_facts(row), row.batch, row.row, linked=owner is not None)


def _last_facts(row: Record) -> dict[str, str]:
    facts: dict[str, str] = {}
    for event in row.events.all():
        facts = facts if event.kind in BESIDE else event.facts or facts
    return facts


def of_batch(batch: UUID, *, after: int, limit: int) -> list[tuple[int, UUID]]:
    """Line and id of the records a batch brought, by line, from the line behind `after` on.

    The ids of a batch stand together in the index: see `kernel.uuids.part_of`.
    """
    first, last = part_of(batch, after + 1), part_of(batch, PARTS - 1)
    rows = Record.objects.filter(id__gte=first, id__lte=last, batch=batch).order_by("id")
    return list(rows.values_list("row", "id")[:limit])


def held_of(items: Sequence[str], *, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of the records of some items, oldest first, from behind `after` on; none of a person."""
    rows = Record.objects.filter(item__in=items).exclude(subject_kind="natural_person")
    rows = rows.filter(id__gt=after) if after else rows
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def states_of(ids: Sequence[UUID], *, on: date, known: datetime) -> list[RecordState]:
    """Many records as they stood, in three queries; those that did not exist are absent."""
    return states(Record.objects.filter(id__in=list(ids)), on=on, known=known)


def subjects_of(item: str, *, unit: str = "") -> frozenset[UUID]:
    """Whom records of an item are about, of one unit or of all; never a natural person."""
    rows = Record.objects.filter(item=item).exclude(subject_kind="natural_person")
    if unit:
        rows = rows.filter(unit=unit)
    return frozenset(rows.order_by().values_list("subject_id", flat=True).distinct())


def items_held(*, known: datetime) -> frozenset[str]:
    """Codes of the items of which any record had been taken in at the moment `known`.

    One or two probes of an index per item, however many records there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS_HELD, [known])
        return frozenset(code for (code,) in cursor.fetchall())


def totals() -> dict[str, Any]:
    """How many open records there are per item, and when the last came in.

    What is linked to nobody, or hidden while its link is checked, does not count.
    """
    rows = (
        Record.objects.filter(disclosure="public")
        .values("item")
        .annotate(count=Count("id"), last=Max("recorded_at"))
    )
    hidden = _hidden()
    return {
        "by_item": {row["item"]: row["count"] - hidden.get(row["item"], 0) for row in rows},
        "last_recorded_at": max((row["last"] for row in rows), default=None),
    }


def _hidden() -> dict[str, int]:
    latest = RecordLink.objects.order_by("record", "-known_at", "-id").distinct("record")
    loose = {one.record_id for one in latest if one.subject_id is None}
    cases = LinkCase.objects.filter(state=CaseState.OPEN, suspends=True)
    ids = loose | set(cases.values_list("record_id", flat=True))
    rows = Record.objects.filter(id__in=ids, disclosure="public").values_list("item")
    return dict(rows.annotate(n=Count("id")).order_by())
