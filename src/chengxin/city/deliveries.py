"""Brings files about: rows in a unit's habit, to bytes, one file at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chengxin.city.cells import Cell, row_cells
from chengxin.city.days import OfficeDays
from chengxin.city.dice import Dice
from chengxin.city.habits import SERIAL_COLUMN, Column, Habit, habit_of
from chengxin.city.plan import planned_files
from chengxin.city.plants import DUPLICATE
from chengxin.city.rows import Earlier, rows_of
from chengxin.city.sheets import text_table, workbook
from chengxin.city.values import PENALTY, Department, PlannedFile, Row, Size

LABELS: Final = {PENALTY: "行政处罚", "permit": "行政许可"}
SWAPPED: Final = "swapped_columns"
SENT_AGAIN: Final = "sent_again"
LEAST_TO_REPEAT: Final = 5
MOST_TO_SPOIL: Final = 40
ODD_FILES_EVERY: Final = 60
DIVISION: Final = "320700"


@dataclass(frozen=True)
class Delivery:
    """A file as it arrives with what it truly holds; `again` names the file it repeats."""

    name: str
    data: bytes
    planned: PlannedFile
    habit: Habit
    rows: tuple[Row, ...]
    received_on: date
    expected: str
    again: str = ""


def deliveries(size: Size, senders: tuple[Department, ...], days: OfficeDays) -> Iterator[Delivery]:
    """Every file of permits and penalties, those sent twice right after the first time."""
    planned = tuple(planned_files(size, senders, days))
    swapped, repeated = _special(planned)
    earlier: dict[tuple[str, str], Earlier] = {}
    for one in planned:
        key = (one.department.code, one.item)
        on_time = days.on_time_since(one.received_on)
        delivery = _delivery(size, one, on_time, earlier.get(key), swap=one.number in swapped)
        yield delivery
        if one.number in repeated:
            yield _again(delivery, days.next_day(one.received_on, size.as_of))
        if one.rows >= LEAST_TO_REPEAT and one.number not in swapped:
            earlier[key] = Earlier(one, on_time)


def _special(planned: tuple[PlannedFile, ...]) -> tuple[frozenset[int], frozenset[int]]:
    """Numbers of the files with two columns exchanged, and of those sent twice."""
    penalties = [one for one in planned if one.item == PENALTY]
    fit = [one.number for one in penalties if LEAST_TO_REPEAT <= one.rows <= MOST_TO_SPOIL]
    fit = fit or [one.number for one in penalties]
    return frozenset(fit[1::ODD_FILES_EVERY]), frozenset(fit[2::ODD_FILES_EVERY])


def _delivery(
    size: Size, planned: PlannedFile, on_time: date, earlier: Earlier | None, *, swap: bool
) -> Delivery:
    habit = habit_of(size.seed, planned)
    fields = frozenset(column.field for column in habit.columns)
    rows = tuple(_as_sent(row, fields) for row in rows_of(size, planned, on_time, earlier, fields))
    if swap:
        rows = tuple(_swapped(row) for row in rows)
    return Delivery(
        name=_name(planned, habit),
        data=_bytes(size, planned, habit, rows),
        planned=planned,
        habit=habit,
        rows=rows,
        received_on=planned.received_on,
        expected=SWAPPED if swap else "accepted",
    )


def _as_sent(row: Row, fields: frozenset[str]) -> Row:
    """The row with a truth that holds only what the file has columns for."""
    sent = {name: text for name, text in row.decision.values.items() if name in fields}
    return replace(row, decision=replace(row.decision, values=sent))


def _again(first: Delivery, received_on: date) -> Delivery:
    """The same bytes under another name, a working day later: nothing may be added."""
    stem, _, ending = first.name.rpartition(".")
    rows = tuple(
        replace(row, plants=(*row.plants, SENT_AGAIN), outcome=DUPLICATE, is_repeat=True)
        for row in first.rows
    )
    return replace(
        first,
        name=f"{stem}(1).{ending}",
        rows=rows,
        received_on=received_on,
        expected=SENT_AGAIN,
        again=first.name,
    )


def _swapped(row: Row) -> Row:
    """处罚类别 under 处罚机关 and the other way round, as seen in real tables."""
    written = dict(row.written)
    kinds, authority = written.get("penalty_kind", ""), written.get("authority", "")
    written["penalty_kind"], written["authority"] = authority, kinds
    return replace(row, written=written, plants=(*row.plants, SWAPPED), outcome=f"fault:{SWAPPED}")


def _name(planned: PlannedFile, habit: Habit) -> str:
    years = f"{planned.since.year}年"
    if planned.until.year != planned.since.year:
        years = f"{planned.since.year}-{planned.until.year}年"
    period = f"{planned.received_on:%Y%m%d}" if planned.is_current else f"{years}补报"
    label = LABELS[planned.item]
    return f"files/{planned.department.code}/{label}_{period}_{planned.number:05d}.{habit.ending}"


def _bytes(size: Size, planned: PlannedFile, habit: Habit, rows: tuple[Row, ...]) -> bytes:
    header = [column.header for column in habit.columns]
    body = (_line(size, planned, habit, number, row) for number, row in enumerate(rows))
    if habit.format == "xlsx":
        return workbook(habit.titles, header, body)
    return text_table(habit.titles, header, body, habit.encoding)


def _line(size: Size, planned: PlannedFile, habit: Habit, number: int, row: Row) -> list[Cell]:
    dice = Dice(size.seed, "hand", planned.number, number)
    cells = row_cells(habit, row.written, row.raw, dice)
    return [_cell(column, cells, planned, number) for column in habit.columns]


def _cell(column: Column, cells: dict[str, Cell], planned: PlannedFile, number: int) -> Cell:
    if column.field:
        return cells.get(column.field, "")
    extras = {
        SERIAL_COLUMN: str(number + 1),
        "采集日期": f"{planned.received_on:%Y-%m-%d}",
        "数据更新时间戳": f"{planned.received_on:%Y/%m/%d} 09:30:00",
        "地方编码": DIVISION,
    }
    return extras[column.header]
