"""What falls due 到期提醒, by working days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from chengxin.catalogue import queries as catalogue
from chengxin.intake.rules.counting import due_on, items_of
from chengxin.intake.services import statements
from chengxin.intake.services.measuring import Received, rows_to_do, waiting_batches
from chengxin.kernel.actor import Actor
from chengxin.law.values import Basis
from chengxin.oversight.queries.reports import WITH_POWERS, visible_units
from chengxin.oversight.rules.ordering import by_risk
from chengxin.oversight.rules.timing import DEADLINE, Clock
from chengxin.oversight.values import Due, Month
from chengxin.policy.errors import BeyondCalendar, ParameterNotInForce
from chengxin.policy.values import Rulebook


def reminders(*, by: Actor, on: date, book: Rulebook, unit: str = "") -> tuple[Due, ...]:
    """What falls due for the units an actor may see, the most pressing first.

    Rows to mend and rows waiting for a match are told from `quality.reminder` working days before
    the last day on which their decision may be reported, and as long as they are overdue; batches
    wait for a reviewer from the day they came. A decision nobody has sent is not known here; the
    monthly count asks for it.

    Raises: `NotPermitted`, `NothingToShow`.
    """
    units = visible_units(by, book, unit=unit)
    ahead = int(book.on(on, "quality.reminder").value)
    rows = (one for one in _rows(units, on, book) if one.days_left <= ahead)
    return by_risk([*rows, *_releases(units, on, book), *_forms(units, on, book)])


def _rows(units: tuple[str, ...], on: date, book: Rulebook) -> Iterator[Due]:
    clock, items = Clock(book), catalogue.items(book)
    grouped: dict[tuple[str, str, date | None], Due] = {}
    for one in rows_to_do(units=units):
        item = items.get(one.item)
        due = clock.due_on(item, one.decided_on) if item else None
        left = clock.taken(on, due) if due else None
        if item is None or due is None or left is None:
            continue
        basis = book.on(one.decided_on, item.parameters[DEADLINE]).basis
        # What is overdue in one batch is one thing to do; the deadline missed last stands for it.
        key = one.batch, one.state, due if left >= 0 else None
        now = Due(one.state, one.unit, one.item, one.batch, one.rows, due, left, basis)
        before = grouped.get(key, now)
        latest = max(before, now, key=lambda each: each.days_left)
        rows = one.rows + (before.rows if key in grouped else 0)
        grouped[key] = replace(latest, rows=rows)
    yield from grouped.values()


def _left(on: date, due: date, book: Rulebook) -> int | None:
    try:
        return book.calendar.working_days_between(on, due)
    except BeyondCalendar:
        return None


def _releases(units: tuple[str, ...], on: date, book: Rulebook) -> Iterator[Due]:
    """Batches waiting for a reviewer; their clock stopped when they came, so none is overdue."""
    basis = book.on(on, "quality.reminder").basis
    for batch in waiting_batches(units=units):
        yield _release(batch, on, basis)


def _release(batch: Received, on: date, basis: Basis) -> Due:
    return Due("release", batch.unit, batch.item, batch.number, batch.rows, on, 0, basis)


def _forms(units: tuple[str, ...], on: date, book: Rulebook) -> Iterator[Due]:
    month = Month.of(on).back(1)
    try:
        items, due = items_of(month.first, book), due_on(month.first, book)
        basis = book.on(month.first, "quality.count_form_due").basis
    except ParameterNotInForce:
        return
    left = _left(on, due, book)
    if left is None:
        return
    filed = statements.forms(month.first, month.next_first, units=units)
    for unit in units:
        if book.units[unit].kind not in WITH_POWERS:
            continue
        for item in items:
            form = filed.get((unit, item, month.first))
            review = statements.review_of(form) if form else None
            if form is None or (review is not None and not review.confirmed):
                yield Due("count_form", unit, item, str(month), 0, due, left, basis)
