"""Put rows on disk as Parquet, batch by batch; rows that are not whole apart, with the reason.

Memory holds one batch. A sheet that grows wider on the way is written in parts, which are joined
at the end.
"""

import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.intake.values import ROUNDED, Row, Staged

BATCH: Final = 10_000
CELLS: Final = 400_000  # of a batch: wide rows make short batches
REPLACED: Final = "\ufffd"

DAMAGED_TEXT: Final = "damaged_text"
"""A character of the row was lost in the source (U+FFFD)."""
TOO_MANY_CELLS: Final = "too_many_cells"
"""More cells than columns: a sign inside a cell was taken for the end of it."""
HEADER_AGAIN: Final = "header_again"
"""The row repeats the column names."""
NO_RECORD: Final = "no_record"
"""Not an object among objects (JSON)."""


class RowWriter:
    """Takes rows in order and leaves `Staged` behind; use as a context.

    `extent` is how many columns the rows may have, None for as many as come; rows that hold
    something beyond it are not whole. `names` are the column names, to know them again.
    """

    def __init__(
        self,
        folder: Path,
        *,
        extent: int | None = None,
        names: tuple[str, ...] = (),
        kinds: bool = False,
    ) -> None:
        self._folder, self._extent, self._kinds = folder, extent, kinds
        self._names = tuple(names)
        # A column with a name and nothing in it is still a column.
        self._whole = _Parts(folder / "rows.parquet", ("line",), ("kinds",) if kinds else ())
        self._whole.width = len(self._names)
        self._damaged = _Parts(folder / "damaged.parquet", ("line", "damage"), ("rest",))
        self._filled: Counter[int] = Counter()
        self._reasons: Counter[str] = Counter()
        self._rounded: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        """Close the files; after an error what was written is of no use to anyone."""
        self._whole.close(join=kind is None, width=self._extent or 0)
        self._damaged.close(join=kind is None, width=self._extent or 0)

    def add(self, row: Row, damage: str = "") -> None:
        """Add one row; `damage` is a reason the reader knows of."""
        cells = row.cells
        reason = damage or self._wrong_with(cells)
        if reason:
            self._reasons[reason] += 1
            extent = len(cells) if self._extent is None else self._extent
            rest = list(cells[extent:])
            told = json.dumps(rest, ensure_ascii=False) if any(rest) else None
            self._damaged.add((row.line, reason), cells[:extent], (told,))
            return
        if ROUNDED in row.kinds:
            self._note_rounded(row)
        self._whole.add((row.line,), cells, (row.kinds,) if self._kinds else ())

    def _wrong_with(self, cells: tuple[str, ...]) -> str:
        if REPLACED in "".join(cells):
            return DAMAGED_TEXT
        if self._extent is not None and len(cells) > self._extent and any(cells[self._extent :]):
            return TOO_MANY_CELLS
        if self._names and cells == self._names[: len(cells)] and len(cells) > 1:
            return HEADER_AGAIN
        return ""

    def _note_rounded(self, row: Row) -> None:
        for at, kind in enumerate(row.kinds):
            if kind == ROUNDED:
                count, first = self._rounded.get(at, (0, row.line))
                self._rounded[at] = (count + 1, first)

    def staged(self) -> Staged:
        """What was written, once the context is left."""
        return Staged(
            rows=self._whole.path,
            count=self._whole.count,
            width=self._whole.width,
            filled=tuple(self._whole.filled),
            damaged=self._damaged.path if self._damaged.count else None,
            damage=dict(self._reasons),
            rounded=self._rounded,
        )


class _Parts:
    """Rows of growing width as one Parquet file: fixed columns, `c0`…, more fixed columns."""

    def __init__(self, path: Path, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        self.path, self.count, self.width = path, 0, 0
        self.filled: list[int] = []
        self._before, self._after = before, after
        self._rows: list[tuple[tuple[Any, ...], tuple[str, ...], tuple[Any, ...]]] = []
        self._cells = 0
        self._writer: Any = None
        self._parts: list[Path] = []

    def add(self, before: tuple[Any, ...], cells: tuple[str, ...], after: tuple[Any, ...]) -> None:
        self._rows.append((before, cells, after))
        self._cells += len(cells)
        self.count += 1
        if len(self._rows) >= BATCH or self._cells >= CELLS:
            self._flush()

    def _flush(self) -> None:
        widest = max((len(cells) for _, cells, _ in self._rows), default=0)
        if widest > self.width or self._writer is None:
            self._next_part(max(widest, self.width))
        columns: list[Any] = [
            pa.array([row[0][at] for row in self._rows], type=_type(name))
            for at, name in enumerate(self._before)
        ]
        for at in range(self.width):
            texts = [(cells[at] or None) if at < len(cells) else None for _, cells, _ in self._rows]
            self.filled[at] += len(texts) - texts.count(None)
            columns.append(pa.array(texts, type=pa.string()))
        columns += [
            pa.array([row[2][at] for row in self._rows], type=pa.string())
            for at in range(len(self._after))
        ]
        self._writer.write_table(pa.table(columns, schema=self._schema()))
        self._rows, self._cells = [], 0

    def _next_part(self, width: int) -> None:
        if self._writer is not None:
            self._writer.close()
        self.width = width
        self.filled += [0] * (width - len(self.filled))
        part = self.path.with_suffix(f".{len(self._parts)}.part")
        self._parts.append(part)
        self._writer = pq.ParquetWriter(part, self._schema(), compression="lz4")

    def _schema(self) -> Any:
        names = [*self._before, *(f"c{at}" for at in range(self.width)), *self._after]
        return pa.schema([(name, _type(name)) for name in names])

    def close(self, *, join: bool, width: int) -> None:
        """Make one file of the parts; an empty one of `width` columns when no row came."""
        if join and (self._rows or self._writer is None):
            self.width = self.width or width
            self.filled += [0] * (self.width - len(self.filled))
            self._flush()
        if self._writer is not None:
            self._writer.close()
        if join and len(self._parts) == 1:
            self._parts[0].replace(self.path)
        elif join:
            _join(self._parts, self.path)
        for part in self._parts:
            part.unlink(missing_ok=True)


def _type(name: str) -> Any:
    return pa.int32() if name == "line" else pa.string()


def _join(parts: list[Path], path: Path) -> None:
    """Parts of growing width as one file, in order; DuckDB streams them."""
    schema = pq.read_schema(parts[-1])
    names = ", ".join(f'"{name}"' for name in schema.names)
    listed = ", ".join(quoted(part) for part in parts)
    with duckdb.connect(config={"threads": 2, "memory_limit": "400MB"}) as connection:
        connection.execute(
            f"COPY (SELECT {names} FROM read_parquet([{listed}], union_by_name = true)) "  # noqa: S608
            f"TO {quoted(path)} (FORMAT parquet, ROW_GROUP_SIZE 20480)"
        )


def quoted(path: Path) -> str:
    """A path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
