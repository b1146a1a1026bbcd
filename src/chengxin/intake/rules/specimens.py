"""Specimens of a staged file: rows from all over it, and more of a rarely filled column."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow.parquet as pq

from chengxin.intake.rules.arrays import int32s
from chengxin.intake.rules.staging import quoted
from chengxin.intake.values import BLANK, TEXT, Row, Staged

ROWS: Final = 2_000
GROUPS: Final = 8
RARE: Final = 200
LOOKED_AT: Final = 30


class Specimens:
    """Rows of a staged file as values: all of a short one, `ROWS` spread over a long one."""

    def __init__(self, staged: Staged, positions: Sequence[int]) -> None:
        self._staged = staged
        self._columns = _taken(staged)
        lines = self._columns["line"]
        self._letters = self._columns.pop("kinds", None)
        wide = [self._columns[f"c{at}"] for at in range(staged.width)]
        cells = zip(*wide, strict=True) if wide else iter([()] * len(lines))
        self.rows = tuple(
            Row(line, tuple(cell or "" for cell in row), self._kinds_of(number, row))
            for number, (line, row) in enumerate(zip(lines, cells, strict=True))
        )
        self._rare = {
            at: self._more(at)
            for at in positions
            if at < staged.width
            and staged.filled[at]
            and not any(row.cells[at] for row in self.rows)
        }

    def _kinds_of(self, number: int, row: Sequence[Any]) -> str:
        if self._letters is not None:
            return str(self._letters[number] or "")
        return "".join(TEXT if cell else BLANK for cell in row)

    def texts(self, column: int) -> list[str]:
        """Texts of one column of the sheet, "" for none."""
        if column in self._rare:
            return self._rare[column]
        return [row.cells[column] if column < len(row.cells) else "" for row in self.rows]

    def kinds(self, column: int) -> str:
        """The letters of one column."""
        if column in self._rare:
            return TEXT * len(self._rare[column])
        kinds = (row.kinds[column] if column < len(row.kinds) else BLANK for row in self.rows)
        return "".join(kinds)

    def _more(self, column: int) -> list[str]:
        with duckdb.connect(config={"threads": 2}) as connection:
            found = connection.execute(
                f"SELECT c{column} FROM {quoted(self._staged.rows)} "  # noqa: S608
                f"WHERE c{column} IS NOT NULL LIMIT {RARE}"
            ).fetchall()
        return [text for (text,) in found]


def head(parquet: Path, columns: Sequence[str], count: int) -> dict[str, list[Any]]:
    """The first values of some columns of a file."""
    with pq.ParquetFile(parquet) as file:
        batch = next(file.iter_batches(batch_size=count, columns=list(columns)), None)
    if batch is None:
        return {name: [] for name in columns}
    found: dict[str, list[Any]] = batch.to_pydict()
    return found


def _taken(staged: Staged) -> dict[str, list[Any]]:
    """The first rows, and some of every so many groups of rows."""
    with pq.ParquetFile(staged.rows) as file:
        groups = file.num_row_groups
        if staged.count <= ROWS:
            whole: dict[str, list[Any]] = file.read().to_pydict()
            return whole
        chosen = sorted({groups * number // GROUPS for number in range(GROUPS)})
        wanted = ROWS // len(chosen)
        taken: dict[str, list[Any]] = {name: [] for name in file.schema_arrow.names}
        for group in chosen:
            table = file.read_row_group(group)
            head = table.slice(0, LOOKED_AT) if group == 0 else table.slice(0, 0)
            step = max(1, table.num_rows // wanted)
            spread = table.take(int32s(range(len(head), table.num_rows, step)[:wanted]))
            for part in (head, spread):
                for name, values in part.to_pydict().items():
                    taken[name] += values
        return taken
