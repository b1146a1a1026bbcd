"""Rows that a machine sends as JSON, written down as the file that is kept."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from chengxin.intake.channels.refusals import NoRows, RowsUnreadable

MOST_ROWS = 10_000


def rows_as_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as CSV: a column per name in the order they first appear, cells as sent.

    The same rows give the same bytes, so the same sending is one batch.
    Raises: `NoRows`, `RowsUnreadable`.
    """
    if not 0 < len(rows) <= MOST_ROWS:
        raise NoRows(most=MOST_ROWS)
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(names)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_cell(row.get(name), number, name) for name in names])
    return text.getvalue().encode()


def _cell(value: Any, row: int, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise RowsUnreadable(row=row, column=column)
