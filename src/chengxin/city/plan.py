"""Plans which files arrive: unit, item, window, rows, day of receipt. No row is made yet.

A third of the records fall into the last year, sent monthly, quarterly or at once by how many
they are; the years before arrive as one file each, or all in one (补报). Late means more than
seven working days after the decision (发改办财金〔2018〕424号).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from chengxin.city.days import ONE_DAY, OfficeDays
from chengxin.city.people import first_day
from chengxin.city.values import PENALTY, PERMIT, Department, PlannedFile, Size

ITEM_SHARES: Final = ((PENALTY, 30), (PERMIT, 70))
PENALTY_FACTOR: Final = {"safety": 2, "transport": 2, "fire": 2, "urban": 2, "environment": 2}
LARGEST_FILE: Final = 20_000
MONTHLY_ROWS: Final = 240
QUARTERLY_ROWS: Final = 60
YEARLY_ROWS: Final = 60
CURRENT_DAYS: Final = 365


def planned_files(
    size: Size, senders: tuple[Department, ...], days: OfficeDays
) -> Iterator[PlannedFile]:
    """Every ordinary file, in the order of their numbers; rows add up to `size.records`."""
    number = 0
    for department, item, rows in _shares(size, senders):
        serial = 1
        for planned in _of_sender(size, department, item, rows, days):
            for part in _parts(planned):
                yield replace(part, number=number, first_serial=serial)
                number += 1
                serial += part.rows


def _shares(size: Size, senders: tuple[Department, ...]) -> Iterator[tuple[Department, str, int]]:
    """Split the records by item and by the weight of each unit, to the last row."""
    given = 0
    for item, share in ITEM_SHARES:
        of_item = size.records * share // 100 if item == PENALTY else size.records - given
        weights = [_weight(sender, item) for sender in senders]
        total, upto, before = sum(weights), 0, 0
        for sender, weight in zip(senders, weights, strict=True):
            upto += weight
            rows = of_item * upto // total - before
            before += rows
            yield sender, item, rows
        given += of_item


def _weight(sender: Department, item: str) -> int:
    if item == PERMIT:
        return sender.weight
    return sender.weight * PENALTY_FACTOR.get(sender.sectors[0], 1)


def _of_sender(
    size: Size, department: Department, item: str, rows: int, days: OfficeDays
) -> Iterator[PlannedFile]:
    current = rows // 3
    year_ago = size.as_of - timedelta(days=CURRENT_DAYS)
    yield from _history(size, department, item, rows - current, year_ago, days)
    windows = 12 if current >= MONTHLY_ROWS else 4 if current >= QUARTERLY_ROWS else 1
    ends = [year_ago + timedelta(days=CURRENT_DAYS * n // windows) for n in range(windows + 1)]
    upto = 0
    for step, (since, end) in enumerate(pairwise(ends), start=1):
        part = current * step // windows - upto
        upto += part
        received = days.working_day(end)
        if part:
            yield _file(department, item, since, received - ONE_DAY, received, part, current=True)


def _history(
    size: Size,
    department: Department,
    item: str,
    rows: int,
    year_ago: date,
    days: OfficeDays,
) -> Iterator[PlannedFile]:
    """The years before, one file each; each arrives in the January that follows."""
    start = first_day(size)
    span = (year_ago - start).days
    upto, since = 0, start
    while since < year_ago:
        until = year_ago - ONE_DAY
        if rows >= YEARLY_ROWS:
            until = min(date(since.year, 12, 31), until)
        part = rows * ((until - start).days + 1) // span - upto
        upto += part
        late = date(until.year + 1, 1, 10) + timedelta(days=len(department.name) % 10)
        received = days.working_day(min(late, size.as_of))
        if part:
            yield _file(department, item, since, until, received, part, current=False)
        since = until + ONE_DAY


def _file(
    department: Department,
    item: str,
    since: date,
    until: date,
    received_on: date,
    rows: int,
    *,
    current: bool,
) -> PlannedFile:
    return PlannedFile(0, department, item, since, until, received_on, rows, 1, current)


def _parts(planned: PlannedFile) -> Iterator[PlannedFile]:
    """Cut a file too large for a desk into parts, each with its own days."""
    count = -(-planned.rows // LARGEST_FILE)
    span = (planned.until - planned.since).days + 1
    for step in range(count):
        first, last = planned.rows * step // count, planned.rows * (step + 1) // count
        since = planned.since + timedelta(days=span * step // count)
        until = planned.since + timedelta(days=max(0, span * (step + 1) // count - 1))
        yield replace(planned, rows=last - first, since=since, until=max(since, until))
