"""Writes true values the way people do: 2016.3.5, 万元, full-width digits, stray spaces.

Form only: every deformation here keeps the meaning, and a good intake reads it back without
a question. Errors of meaning are planted in `plants`.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.habits import Habit
from chengxin.city.values import Values

Cell = str | Decimal | date
"""A cell: text, a number, or a day kept as a day (a date serial in a workbook)."""

DATES: Final = frozenset(
    {"decided_on", "valid_from", "valid_until", "publication_until", "served_on"}
)
AMOUNTS: Final = frozenset({"fine_yuan", "confiscated_yuan"})
NUMBERS: Final = frozenset({"document_number", "permit_number"})
CODES: Final = frozenset({"uscc", "authority_uscc", "source_uscc", "document_number"})
WAN: Final = Decimal(10_000)
LONGEST_EXACT_NUMBER: Final = 15
SERIAL_ZERO: Final = date(1899, 12, 30)

_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")


def row_cells(habit: Habit, values: Values, raw: frozenset[str], dice: Dice) -> dict[str, Cell]:
    """Field → cell; fields named in `raw` are written exactly as they are."""
    return {
        name: text if name in raw else _cell(habit, name, text, dice)
        for name, text in values.items()
        if text
    }


def _cell(habit: Habit, name: str, text: str, dice: Dice) -> Cell:
    if name in DATES:
        return _day(habit, text)
    if name in AMOUNTS:
        return _amount(habit, text, dice)
    if name in NUMBERS and text.isdigit() and habit.codes_as_numbers:
        return _number(habit, text)
    if name == "penalty_kind":
        text = text.replace(";", habit.separator)
    return _handled(name, text, dice)


def _day(habit: Habit, text: str) -> Cell:
    day = date.fromisoformat(text)
    styles = {
        "iso": text,
        "dots": f"{day.year}.{day.month}.{day.day}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
        "slashes": f"{day.year}/{day.month}/{day.day}",
        "compact": f"{day:%Y%m%d}",
        "moment": f"{text} 00:00:00",
    }
    if habit.date_style != "serial":
        return styles[habit.date_style]
    return day if habit.format == "xlsx" else str((day - SERIAL_ZERO).days)


def _amount(habit: Habit, text: str, dice: Dice) -> Cell:
    """Yuan as 万元, in plain digits; now and then with the unit written again."""
    wan = (Decimal(text) / WAN).normalize()
    plain = format(wan, "f")
    if dice.happens(2):
        return f"{plain}万元"
    return wan if habit.format == "xlsx" else plain


def _number(habit: Habit, text: str) -> Cell:
    """A number that lost its form: a numeric cell, or `201312142.0` in a text table."""
    if len(text) > LONGEST_EXACT_NUMBER:
        return text
    return Decimal(text) if habit.format == "xlsx" else f"{text}.0"


def _handled(name: str, text: str, dice: Dice) -> str:
    """What hands leave behind."""
    if name in CODES and dice.happens(1.5):
        text = text.translate(_WIDE)
    if name == "uscc" and dice.happens(0.8):
        text = text.lower()
    if name == "subject_name" and dice.happens(2):
        text = text.replace("（", "(").replace("）", ")")
    if not dice.happens(4):
        return text
    return dice.pick((f" {text}", f"{text} ", f"\u3000{text}", f"{text}\u3000", f"{text}\t"))
