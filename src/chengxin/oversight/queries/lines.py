"""From batches, records, forms and samples to the counts of each unit, item and month."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.intake.services import statements
from chengxin.intake.services.measuring import (
    MISSING,
    MISSING_COLUMN,
    MISSING_WHEN,
    Received,
    received_between,
)
from chengxin.kernel.clock import SHANGHAI
from chengxin.oversight.rules.formulas import figures, measures
from chengxin.oversight.rules.timing import DEADLINE, schedule_of, within
from chengxin.oversight.values import Line, Month
from chengxin.policy.values import Rulebook
from chengxin.register.services import counting as register

Key = tuple[str, str, Month]


@dataclass
class _Tally:
    """Counts under way of one unit, item and month."""

    counts: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)


def lines(first: Month, last: Month, *, units: Collection[str], book: Rulebook) -> list[Line]:
    """A line per unit, item and month in which anything was sent, stated or found."""
    found: defaultdict[Key, _Tally] = defaultdict(_Tally)
    batches = received_between(first.first, last.next_first, units=units)
    items = catalogue.items(book)
    _from_batches(batches, items, found)
    _from_records(batches, first, items, found, book)
    _from_statements(first, last, units, found)
    _from_samples(first, last, units, found)
    _from_changes(first, last, units, found)
    by_month = {month: measures(book, month.first) for month in {key[2] for key in found}}
    return [
        Line(
            unit,
            item,
            month,
            dict(tally.counts),
            dict(tally.aside),
            figures(by_month[month], tally.counts),
        )
        for (unit, item, month), tally in sorted(found.items(), key=lambda one: one[0])
    ]


def _from_batches(
    batches: Iterable[Received], items: Mapping[str, Item], found: Mapping[Key, _Tally]
) -> None:
    for batch in batches:
        tally = found[_key(batch)]
        if batch.returned:
            tally.aside["returned"] += batch.rows
            continue
        states = batch.states
        tally.aside.update({"differs": states.get("differs", 0)})
        tally.aside.update({"waiting": states.get("awaiting_match", 0)})
        tally.counts.update(
            {
                "provided": batch.rows,
                "passed": batch.rows - batch.unsound,
                "known": states.get("known", 0),
                "undecided": states.get("clean", 0) if batch.open else 0,
                "recorded": states.get("recorded", 0),
            }
        )
        item = items.get(batch.item)
        if item is not None:
            tally.counts.update(_cells(batch, item))


def _key(batch: Received) -> Key:
    return batch.unit, batch.item, Month.of(batch.received_on)


def _cells(batch: Received, item: Item) -> dict[str, int]:
    """Cells asked and filled. A column that is missing is missing in every row."""
    used = [one for one in item.fields if not one.ignored]
    required = [one.name for one in used if one.required]
    by_field: Counter[str] = Counter()
    for fault in batch.found:
        if fault.code == MISSING_COLUMN:
            by_field[fault.field] = batch.rows
        elif fault.code in MISSING:
            by_field[fault.field] += fault.rows
    if batch.filled is not None:
        for name in required:
            by_field[name] = max(by_field[name], batch.rows - batch.filled.get(name, 0))
    missing = sum(min(by_field[name], batch.rows) for name in required)
    missing_when = batch.missing(MISSING_WHEN)
    asked = batch.rows * len(required) + missing_when
    cells = {"required_asked": asked, "required_filled": asked - missing - missing_when}
    if batch.filled is not None:
        cells["fields_asked"] = batch.rows * len(used)
        cells["fields_filled"] = sum(batch.filled.get(one.name, 0) for one in used)
    return cells


def _from_records(
    batches: Sequence[Received],
    first: Month,
    items: Mapping[str, Item],
    found: Mapping[Key, _Tally],
    book: Rulebook,
) -> None:
    taken_in = [one for one in batches if not one.returned]
    if not taken_in:
        return
    groups = sorted({_key(one) for one in taken_in})
    at = {key: number for number, key in enumerate(groups)}
    parameters = {
        code: items[code].parameters[DEADLINE]
        for code in {one.item for one in taken_in}
        if code in items and DEADLINE in items[code].parameters
    }
    names = sorted(set(parameters.values()))
    counted = register.timed(
        [
            register.Delivery(one.id, within(one.received_on, book), at[_key(one)])
            for one in taken_in
        ],
        {code: names.index(name) for code, name in parameters.items()},
        [
            register.Deadline(number, decided_on, late_from)
            for number, name in enumerate(names)
            for decided_on, late_from in schedule_of(name, book).late_from.items()
        ],
        recorded_since=datetime.combine(first.first, time(), SHANGHAI),
    )
    for number, (on_time, late, untimed) in counted.items():
        found[groups[number]].counts.update({"on_time": on_time, "late": late})
        found[groups[number]].aside["untimed"] += untimed


def _from_statements(
    first: Month, last: Month, units: Collection[str], found: Mapping[Key, _Tally]
) -> None:
    filed = {
        (unit, item, Month(month)): form
        for (unit, item, month), form in statements.forms(
            first.first, last.next_first, units=units
        ).items()
    }
    missing: Counter[Key] = Counter()
    for one in statements.still_missing(
        statements.finds(first.first, last.next_first, units=units)
    ):
        missing[one.unit, one.item, Month.of(one.decided_on)] += 1
    for key in filed.keys() | missing.keys():
        tally, form = found[key], filed.get(key)
        tally.aside["found"] = missing[key]
        review = statements.review_of(form) if form else None
        if form is None or (review is not None and not review.confirmed):
            held = _held(key) if missing[key] else 0
            unreported, due = missing[key], 0
        else:
            tally.aside["form"] = 1
            held, due = form.reported, form.produced - sum(form.unreported.values())
            # What the centre found may be part of what the unit left unexplained.
            unreported = max(form.unexplained, missing[key])
        if form is not None or unreported:
            tally.counts["unreported"] = unreported
            tally.counts["should_report"] = max(due, held + unreported)


def _held(key: Key) -> int:
    unit, item, month = key
    return statements.held_count(unit=unit, item=item, month=month.first)


def _from_samples(
    first: Month, last: Month, units: Collection[str], found: Mapping[Key, _Tally]
) -> None:
    for one in statements.samples(units=units, since=first.first, until=last.next_first):
        tally = found[one.sample.unit, one.sample.item, Month(one.sample.month)]
        tally.counts.update({"checked": one.checked, "right": one.right})


def _from_changes(
    first: Month, last: Month, units: Collection[str], found: Mapping[Key, _Tally]
) -> None:
    for month in _months(first, last):
        since = datetime.combine(month.first, time(), SHANGHAI)
        until = datetime.combine(month.next_first, time(), SHANGHAI)
        changes = register.changes_between(since, until, units=units)
        for (unit, item, kind), count in changes.items():
            found[unit, item, month].aside[kind] += count


def _months(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = Month(month.next_first)
