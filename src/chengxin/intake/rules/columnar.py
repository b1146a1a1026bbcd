"""Parquet as a source of rows, read in a child process: a damaged file can hang or fell its reader.

Every column is brought to text: whole numbers without a fraction, days without a time, an object
inside as one column per key.
"""

import pickle
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from chengxin.intake.errors import Corrupt, TooWide
from chengxin.intake.rules.bulk import CLEAN, filled_cells
from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.isolation import ask_child
from chengxin.intake.rules.limits import WIDEST
from chengxin.intake.rules.staging import DAMAGED_TEXT, quoted
from chengxin.intake.values import BLANK, TEXT, Header, Question, Row, Staged

SECONDS: Final = 300
MEMORY: Final = 4 << 30
_WHOLE: Final = "CAST(CAST({c} AS BIGINT) AS VARCHAR)"
_CHILD: Final = "from chengxin.intake.rules.columnar import answer; answer()"


class ParquetSource:
    """The one table of a Parquet file; a row's line is its number. Raises: `Corrupt`, `TooWide`."""

    format = Format.PARQUET
    encoding: str | None = None
    names: tuple[str | None, ...] = (None,)

    def __init__(self, source: Path, filename: str, folder: Path) -> None:
        self.oddities: list[Question] = []
        made = ask_child(_CHILD, (source, folder, SECONDS), seconds=SECONDS)
        if made is None:
            raise Corrupt(filename=filename, kind="Parquet")
        self._columns, self._count, self._damaged = made
        if len(self._columns) > WIDEST:
            raise TooWide(
                filename=filename, sheet="Parquet", columns=len(self._columns), rows=self._count
            )
        self._rows = folder / "columns.parquet"
        self._aside = folder / "columns-damaged.parquet"

    def header(self, sheet: int) -> Header | None:
        """The names of the columns."""
        del sheet
        return Header(0, 0, self._columns)

    def rows(self, sheet: int) -> Iterator[Row]:
        """Every row that holds anything."""
        del sheet
        for path in (self._rows, self._aside):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=1_000):
                    for line, *cells in zip(*batch.to_pydict().values(), strict=True):
                        texts = tuple(cell or "" for cell in cells[: len(self._columns)])
                        yield Row(line, texts, "".join(TEXT if t else BLANK for t in texts))

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows as Parquet in `folder`."""
        del sheet, header, extent
        rows, damaged = folder / "rows.parquet", folder / "damaged.parquet"
        self._rows.replace(rows)
        self._aside.replace(damaged)
        self._rows, self._aside = rows, damaged
        return Staged(
            rows=rows,
            count=self._count,
            width=len(self._columns),
            filled=filled_cells(rows, len(self._columns)),
            damaged=damaged if self._damaged else None,
            damage={DAMAGED_TEXT: self._damaged} if self._damaged else {},
            way="bulk",
        )


def answer() -> None:
    """The child: write the rows as text, and tell the parent names and counts."""
    source, folder, seconds = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  our parent
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sys.stdout.buffer.write(pickle.dumps(_converted(source, folder)))


def _converted(source: Path, folder: Path) -> tuple[tuple[str, ...], int, int]:
    read = f"read_parquet({quoted(source)}, binary_as_string = true, file_row_number = true)"
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as connection:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()  # noqa: S608
        columns = [
            column
            for name, kind, *_ in described
            if name != "file_row_number"
            for column in _as_text(str(name), _ident(str(name)), str(kind))
        ]
        cells = ", ".join(f"{sql} AS c{at}" for at, (_, sql) in enumerate(columns))
        names = [f"c{at}" for at in range(len(columns))]
        rows = f"SELECT CAST(file_row_number + 1 AS INTEGER) AS line, {cells} FROM {read}"  # noqa: S608
        filled = " OR ".join(f"{name} IS NOT NULL" for name in names)
        hurt = " OR ".join(f"coalesce(contains({name}, '\ufffd'), false)" for name in names)
        ((whole,),) = connection.execute(
            f"COPY (SELECT * FROM ({rows}) WHERE ({filled}) AND NOT ({hurt})) "  # noqa: S608
            f"TO {quoted(folder / 'columns.parquet')} (FORMAT parquet, ROW_GROUP_SIZE 61440)"
        ).fetchall()
        ((damaged,),) = connection.execute(
            f"COPY (SELECT line, '{DAMAGED_TEXT}' AS damage, * EXCLUDE (line), "  # noqa: S608
            f"CAST(NULL AS VARCHAR) AS rest FROM ({rows}) WHERE {hurt}) "
            f"TO {quoted(folder / 'columns-damaged.parquet')} (FORMAT parquet)"
        ).fetchall()
    return tuple(name for name, _ in columns), int(whole), int(damaged)


def _as_text(name: str, sql: str, kind: str, *, deep: bool = False) -> Iterator[tuple[str, str]]:
    """Name and SQL of the text of a column; of an object's columns one level down."""
    if kind.startswith("STRUCT(") and kind.endswith(")") and not deep:
        for inner, inner_kind in _members(kind):
            yield from _as_text(f"{name}.{inner}", f"{sql}.{_ident(inner)}", inner_kind, deep=True)
        return
    yield name, CLEAN.format(c=f"({_text_sql(sql, kind)})")


def _text_sql(sql: str, kind: str) -> str:
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"{sql} = trunc({sql}) AND abs({sql}) < 1e15"
        return f"CASE WHEN {whole} THEN {_WHOLE.format(c=sql)} ELSE CAST({sql} AS VARCHAR) END"
    if kind.startswith("TIMESTAMP"):
        day = f"CAST({sql} AS DATE)"
        return (
            f"CASE WHEN CAST({sql} AS TIMESTAMP) = CAST({day} AS TIMESTAMP) "
            f"THEN CAST({day} AS VARCHAR) ELSE CAST({sql} AS VARCHAR) END"
        )
    if kind == "VARCHAR[]":
        return f"array_to_string({sql}, ';')"
    if kind.endswith("]") or kind.startswith(("STRUCT(", "MAP(")):
        return f"CAST(to_json({sql}) AS VARCHAR)"
    return f"CAST({sql} AS VARCHAR)"


def _members(kind: str) -> Iterator[tuple[str, str]]:
    """Names and types inside STRUCT(a VARCHAR, "b c" DOUBLE, …)."""
    types: Any = duckdb.dtype(kind).children
    for name, inner in types:
        yield str(name), str(inner)


def _ident(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
