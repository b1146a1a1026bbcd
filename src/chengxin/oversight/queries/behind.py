"""The rows behind a figure: what to look at when a share is asked about."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.intake.services import statements
from chengxin.intake.services.measuring import Received, received_between
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI
from chengxin.oversight.errors import NothingToShow
from chengxin.oversight.queries.reports import visible_units
from chengxin.oversight.rules.timing import Clock, deadline_of
from chengxin.oversight.values import Behind, Month
from chengxin.policy.values import Rulebook
from chengxin.register.services import counting as register

STATES: Mapping[str, tuple[str, ...]] = {
    "provided": (),
    "required_asked": (),
    "required_filled": (),
    "fields_asked": (),
    "fields_filled": (),
    "passed": (),
    "faulty": ("faulty", "quarantined", "superseded"),
    "known": ("known",),
    "undecided": ("clean",),
    "recorded": ("recorded",),
    "differs": ("differs",),
    "waiting": ("awaiting_match",),
}
"""Counts that are rows of batches → the states of the rows they count; () for all rows."""

TIMED = ("on_time", "late", "untimed")
STATED = ("should_report", "unreported")
CHECKED = ("checked", "right")


def behind(
    *, unit: str, item: str, month: Month, count: str, by: Actor, book: Rulebook
) -> list[Behind]:
    """What a count of a unit, item and month is made of, each with its address in the workbench.

    Late records, the latest first; batches with the rows in question; the monthly count and what
    was found elsewhere; the sample. Raises: `NotPermitted`, `NothingToShow`.
    """
    visible_units(by, book, unit=unit)
    defined = catalogue.items(book).get(item)
    if defined is None:
        raise NothingToShow(asked=item)
    if count in STATED:
        return list(_stated(unit, item, month))
    if count in CHECKED:
        return list(_checked(unit, item, month))
    batches = received_between(month.first, month.next_first, units=(unit,), items=(item,))
    kept = [one for one in batches if not one.returned]
    if count in TIMED:
        found = _timed(kept, defined, month, count, book)
        return sorted(found, key=lambda one: -(one.working_days or 0))
    if count not in STATES:
        raise NothingToShow(asked=count)
    return list(_of_batches(kept, count))


def _of_batches(batches: Iterable[Received], count: str) -> Iterator[Behind]:
    states = STATES[count]
    for batch in batches:
        rows = sum(batch.states.get(state, 0) for state in states) if states else batch.rows
        if count == "passed":
            rows = batch.rows - batch.unsound
        if count == "undecided" and not batch.open:
            rows = 0
        if rows:
            query = f"?rows={states[0]}" if states else ""
            link = ("desk-batch", (batch.number,))
            yield Behind(
                "batch", batch.number, link, query, received_on=batch.received_on, rows=rows
            )


def _timed(
    batches: Iterable[Received], item: Item, month: Month, count: str, book: Rulebook
) -> Iterator[Behind]:
    by_id = {one.id: one for one in batches}
    clock = Clock(book)
    since = datetime.combine(month.first, time(), SHANGHAI)
    for one in register.arrived(by_id, items=(item.code,), recorded_since=since):
        batch = by_id[one.batch]
        allowed = deadline_of(item, one.decided_on, book)
        taken = clock.taken(one.decided_on, batch.received_on)
        if allowed is None or taken is None:
            kind = "untimed"
        else:
            kind = "late" if taken > allowed else "on_time"
        if kind != count:
            continue
        # A person's record is counted, and opened only under a purpose (charter 4).
        title = "" if one.names_person else one.document_number
        link = None if one.names_person else ("desk-record", (one.id,))
        yield Behind("record", title, link, "", one.decided_on, batch.received_on, taken)


def _stated(unit: str, item: str, month: Month) -> Iterator[Behind]:
    link = ("desk-count", (unit, item, str(month)))
    form = statements.forms(month.first, month.next_first, units=(unit,)).get(
        (unit, item, month.first)
    )
    if form is not None:
        yield Behind("form", str(month), link, received_on=form.filed_on, rows=form.unexplained)
    finds = statements.finds(month.first, month.next_first, units=(unit,))
    for one in statements.still_missing(one for one in finds if one.item == item):
        yield Behind("find", one.document_number, None, "", one.decided_on, one.found_on, rows=1)


def _checked(unit: str, item: str, month: Month) -> Iterator[Behind]:
    found = statements.samples(units=(unit,), since=month.first, until=month.next_first)
    for one in found:
        if one.sample.item == item:
            link = ("desk-sample", (one.sample.id,))
            yield Behind("sample", str(month), link, rows=one.checked)
