"""Puts rows together: a true decision, perhaps an error, and what must become of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chengxin.city.decisions import decision
from chengxin.city.dice import Dice
from chengxin.city.plants import ACCEPTED, BY_ITEM, REPEATS, Plant, Spot, written_raw
from chengxin.city.values import Decision, PlannedFile, Row, Size, Values

PLANTED_PERCENT: Final = 7
FORMER_NAME_PERCENT: Final = 25
_STRIDE: Final = 11


@dataclass(frozen=True)
class Earlier:
    """An earlier file of the same unit and item, from which a row may come again."""

    planned: PlannedFile
    on_time: date


def rows_of(
    size: Size, planned: PlannedFile, on_time: date, earlier: Earlier | None, fields: frozenset[str]
) -> Iterator[Row]:
    """The rows of a file in order. `fields` are the columns it has: errors need their column."""
    planted = 0
    last_clean: Row | None = None
    for number in range(planned.rows):
        row = clean_row(size, planned, number, on_time)
        if row is not None:
            last_clean = row
        else:
            plant = _plant(planned, planted, fields, earlier, last_clean)
            dice = Dice(size.seed, "error", planned.number, number)
            row = _spoilt(size, planned, number, on_time, plant, dice, earlier, last_clean)
            planted += 1
        yield row


def clean_row(size: Size, planned: PlannedFile, number: int, on_time: date) -> Row | None:
    """Row `number` if no error is planted in it; made again without its neighbours."""
    dice = Dice(size.seed, "plant", planned.number, number)
    if dice.happens(PLANTED_PERCENT):
        return None
    return _clean(decision(size, planned, number, on_time), dice)


def _plant(
    planned: PlannedFile,
    planted: int,
    fields: frozenset[str],
    earlier: Earlier | None,
    last_clean: Row | None,
) -> Plant:
    """The next kind in turn that this file can hold."""
    kinds = BY_ITEM[planned.item]
    start = planned.number * _STRIDE + planted
    for step in range(len(kinds)):
        plant = kinds[(start + step) % len(kinds)]
        if plant.kind == "served_before_decision" and "served_on" not in fields:
            continue
        if plant.kind == "duplicate_row" and last_clean is None:
            continue
        if plant.kind == "duplicate_across" and earlier is None:
            continue
        return plant
    raise AssertionError(planned)


def _clean(true: Decision, dice: Dice) -> Row:
    """A row without error; an organisation may still go by a name it had before."""
    found = true.organisation
    if found is None or not found.former_names or not dice.happens(FORMER_NAME_PERCENT):
        return Row(true, true.values, (), ACCEPTED, _link(true))
    named = {**true.values, "subject_name": dice.pick(found.former_names)}
    return Row(replace(true, values=named), named, (), ACCEPTED, "former_name")


def _link(true: Decision) -> str:
    if true.organisation is None:
        return "person"
    return "held_code" if true.organisation.held else "uscc"


def _spoilt(
    size: Size,
    planned: PlannedFile,
    number: int,
    on_time: date,
    plant: Plant,
    dice: Dice,
    earlier: Earlier | None,
    last_clean: Row | None,
) -> Row:
    if plant.kind in REPEATS:
        again = _again(size, plant, dice, earlier, last_clean)
        return replace(again, plants=(plant.kind,), outcome=plant.outcome, is_repeat=True)
    true = decision(size, planned, number, on_time, plant.need)
    change = plant.change(Spot(size, planned, true, dice))
    written: Values = {**true.values, **change}
    link = plant.link or _link(true)
    if link == "new":
        true = replace(true, values=written, organisation=None)
    return Row(true, written, (plant.kind,), plant.outcome, link, written_raw(change))


def _again(
    size: Size, plant: Plant, dice: Dice, earlier: Earlier | None, last_clean: Row | None
) -> Row:
    if plant.kind == "duplicate_row" or earlier is None:
        if last_clean is None:
            raise AssertionError(plant)
        return last_clean
    rows = earlier.planned.rows
    start = dice.below(rows)
    for step in range(rows):
        again = clean_row(size, earlier.planned, (start + step) % rows, earlier.on_time)
        if again is not None:
            return again
    raise AssertionError(earlier)
