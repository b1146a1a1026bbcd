"""List entries as they stand."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from chengxin.kernel.actor import Actor
from chengxin.looks.services import touched
from chengxin.measures.errors import UnknownEntry
from chengxin.measures.models import EntryEvent, ListEntry
from chengxin.measures.rules import begin, fold, removal_from, standing_state, waits_until
from chengxin.measures.values import Act, EntryAct, EntryStanding, Life
from chengxin.notices import queries as notices
from chengxin.policy.values import Rulebook

READ = "measures.read"


def entries(*, by: Actor) -> QuerySet[ListEntry]:
    """The entries an officer may read, newest first. Raises: `NotPermitted`."""
    by.require(READ, unit=by.unit)
    events = EntryEvent.objects.order_by("known_at", "id").defer("sealed")
    rows = ListEntry.objects.select_related("subject", "evidence").order_by("-proposed_at", "id")
    rows = rows.prefetch_related(Prefetch("events", events))
    return rows if by.may(READ, unit="") else rows.filter(unit=by.unit)


def entry(entry_id: UUID, *, by: Actor) -> ListEntry:
    """One entry. Raises: `UnknownEntry`, `NotPermitted`."""
    found = ListEntry.objects.select_related("subject", "evidence").filter(id=entry_id).first()
    if found is None:
        raise UnknownEntry(asked=str(entry_id))
    by.require(READ, unit=found.unit)
    touched(found.subject_id, found.record, ("list_entry",))
    return found


def entry_behind(record_id: UUID) -> ListEntry | None:
    """The entry decided here whose record that is; None for what was mirrored, or is no entry."""
    return ListEntry.objects.filter(record=record_id).first()


def life_of(row: ListEntry, *, on: date | None = None, known: datetime | None = None) -> Life:
    """The life of an entry by its events; only those of a day and a moment, if given."""
    kept = [
        _act(one)
        for one in sorted(row.events.all(), key=lambda e: (e.known_at, e.id))
        if (known is None or one.known_at <= known) and (on is None or one.effective_on <= on)
    ]
    return fold(begin(row.proposed_by, row.proposed_on), kept)


def standing(
    row: ListEntry, *, on: date, book: Rulebook, known: datetime | None = None
) -> EntryStanding:
    """How an entry stands on `on`, as known at `known` (by default now); all of it derived."""
    touched(row.subject_id, row.record, ("list_entry",))
    life = life_of(row, on=on, known=known)
    listed = book.credit_list(row.list_code)
    decided = (e for e in row.events.all() if e.kind == EntryAct.DECIDED.value)
    ended = next((e.ends_on for e in decided if known is None or e.known_at <= known), None)
    pair = (row.id, row.subject_id)
    told = notices.delivered_to([pair], known=known).get(pair)
    early = removal_from(listed, life.decided_on, book).value if life.decided_on else None
    return EntryStanding(
        id=row.id,
        list_code=row.list_code,
        subject=row.subject_id,
        unit=row.unit,
        record=row.record,
        life=life,
        state=standing_state(life, on, ended, listed.until),
        ends_on=min((day for day in (ended, listed.until) if day and ended), default=None),
        earliest_removal=early,
        told_on=told,
        waits_until=waits_until(listed.statement_period, told, book).value if told else None,
    )


def entries_stood(
    subjects: Collection[UUID], *, on: date, known: datetime, book: Rulebook
) -> list[tuple[ListEntry, EntryStanding]]:
    """The entries drafted about some subjects by a moment, as each stood on a day."""
    events = EntryEvent.objects.filter(known_at__lte=known).order_by("known_at", "id")
    rows = ListEntry.objects.filter(
        subject__in=subjects, proposed_at__lte=known, proposed_on__lte=on
    ).order_by("proposed_at", "id")
    kept = rows.prefetch_related(Prefetch("events", events.defer("sealed")))
    return [(row, standing(row, on=on, book=book, known=known)) for row in kept]


def _act(event: EntryEvent) -> Act:
    return Act(
        kind=EntryAct(event.kind),
        on=event.effective_on,
        login=event.login,
        reason=event.reason,
        remedy=event.remedy,
        document=event.document_number,
        approval=event.approval,
        told_on=event.told_on,
        waits_until=event.waits_until,
        hearing=event.hearing,
    )
