"""Read workbooks, `.xlsx` and `.xls`, with every cell as text and the kind it had."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from chengxin.intake.errors import Corrupt, Encrypted
from chengxin.intake.rules.formats import Format
from chengxin.intake.values import (
    BLANK,
    BROKEN,
    DATE,
    FLAG,
    NUMBER,
    ROUNDED,
    TEXT,
    Reading,
    Row,
    Sheet,
)

EXACT_DIGITS = 10**15  # a spreadsheet keeps 15 digits of a number; longer ones were rounded
ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


def read_workbook(source: Path, filename: str, kind: Format) -> Reading:
    """All sheets of a workbook that a person can see; hidden ones come last.

    Raises: `Encrypted`, `Corrupt`.
    """
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(source))
        sheets = [_read_sheet(book, meta) for meta in _in_order(book)]
    except python_calamine.PasswordError as error:
        raise Encrypted(filename=filename) from error
    except BaseException as error:
        # The parser is compiled code; a panic in it is no `Exception`. Anything else that is
        # no `Exception` (an interrupt) is not about the file.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        if "password" in str(error).lower():
            raise Encrypted(filename=filename) from error
        raise Corrupt(filename=filename, kind=kind) from error
    return Reading(format=kind, encoding=None, sheets=tuple(sheets))


def _in_order(book: Any) -> list[Any]:
    """Work sheets in the workbook's order, hidden ones after the visible; charts left out."""
    metas = [m for m in book.sheets_metadata if m.typ == python_calamine.SheetTypeEnum.WorkSheet]
    return sorted(metas, key=lambda m: m.visible != python_calamine.SheetVisibleEnum.Visible)


def _read_sheet(book: Any, meta: Any) -> Sheet:
    sheet = book.get_sheet_by_name(meta.name)
    first_line, first_column = (1 + at for at in (sheet.start or (0, 0)))
    lead = ("",) * (first_column - 1)
    rows = []
    for offset, values in enumerate(sheet.to_python(skip_empty_area=True)):
        pairs = [as_text(value) for value in values]
        while pairs and pairs[-1][1] == BLANK:
            pairs.pop()
        if pairs:
            texts, kinds = zip(*pairs, strict=True)
            letters = BLANK * len(lead) + "".join(kinds)
            rows.append(Row(first_line + offset, lead + texts, letters))
    return Sheet(name=meta.name, rows=tuple(rows))


def as_text(value: Any) -> tuple[str, str]:  # noqa: PLR0911  one way per type
    """The text of a cell and the letter of its kind."""
    if value is None or value == "":
        return "", BLANK
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), FLAG
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return (value.date().isoformat() if midnight else value.isoformat(" ")), DATE
    if isinstance(value, date | time):
        return value.isoformat(), DATE
    if isinstance(value, timedelta):
        return str(value), DATE
    return str(value), TEXT


def _string(value: str) -> tuple[str, str]:
    if not value.strip("\u3000 \t\r\n\x00"):
        return "", BLANK
    return value.replace("\x00", ""), BROKEN if value in ERROR_VALUES else TEXT


def _number(value: float) -> tuple[str, str]:
    """`201312142.0` is 201312142; beyond 15 digits the file itself holds a rounded number."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value), NUMBER
    return str(int(value)), NUMBER if abs(value) < EXACT_DIGITS else ROUNDED
