"""Arrow tables into PostgreSQL by `COPY`, and answers out of it: the fastest way there is."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import csv

ROWS_AT_ONCE: Final = 5_000
_PLAIN = csv.WriteOptions(include_header=False, quoting_style="needed")


def copy_into(cursor: Any, name: str, table: pa.Table) -> int:
    """Append the rows of `table` to the database table `name`, column by column name.

    `cursor` is Django's or psycopg's, in the caller's transaction. Columns may be texts, whole
    numbers, truths, dates and moments; identifiers, JSON and bytes go as the texts PostgreSQL
    reads them from (`hexadecimal` makes them of bytes). Null is NULL, empty text stays empty.
    Returns: how many rows were written.
    """
    rows: int = table.num_rows
    if not rows:
        return 0
    columns = ", ".join(f'"{column}"' for column in table.column_names)
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
        if rows <= ROWS_AT_ONCE:
            copy.write(_written(table))
            return rows
        # The next piece is written out while the server takes the last one in.
        with ThreadPoolExecutor(1) as writer:
            ahead = writer.submit(_written, table.slice(0, ROWS_AT_ONCE))
            for start in range(ROWS_AT_ONCE, rows, ROWS_AT_ONCE):
                ready = ahead.result()
                ahead = writer.submit(_written, table.slice(start, ROWS_AT_ONCE))
                copy.write(ready)
            copy.write(ahead.result())
    return rows


def _written(piece: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    csv.write_csv(piece, sink, _PLAIN)
    return sink.getvalue()


def hexadecimal(data: bytes | None) -> str | None:
    """Bytes as the text PostgreSQL reads them from."""
    return None if data is None else "\\x" + data.hex()


def repeated(value: str | None, rows: int) -> pa.Array:
    """A column of one text (or NULL) in every row."""
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def copy_out(cursor: Any, query: str, asked: Mapping[str, Any], target: Path) -> None:
    """Write what a query answers into a file of comma-separated values, without a header.

    `cursor` is Django's or psycopg's. NULL is an empty cell, empty text is quoted. The rows never
    become Python values: what goes over a whole register has to go as fast as the server sends.
    """
    whole = f"COPY ({query}) TO STDOUT (FORMAT csv)"
    with target.open("wb") as sink, cursor.copy(whole, asked) as copy:
        for piece in copy:
            sink.write(piece)
