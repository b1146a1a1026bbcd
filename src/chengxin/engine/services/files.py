"""Check a staged file of any length: from Parquet as received to Parquet in its one form."""
# ruff: noqa: S608

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from chengxin.engine.rules import closer, sieving
from chengxin.engine.rules.sieving import ROW, Sieve
from chengxin.engine.rules.statements import BITS, quoted, restricted
from chengxin.engine.rules.wording import DUPLICATE, Wording
from chengxin.engine.services import examining
from chengxin.engine.services.checking import worded
from chengxin.engine.services.cluster_session import address as cluster_address
from chengxin.engine.services.few import chosen, examined_few
from chengxin.engine.services.sessions import MEMORY_DEFAULT, MEMORY_SETTING
from chengxin.engine.values import Fault, FaultGroup, Program, Severity

FIRST_ROWS: Final = 5
FEW: Final = 2_000
"""Rows up to which the whole program, kept planned, is quicker than a sieve made for the file."""
AT_ONCE: Final = 2_000  # rows worded at a time


Written = Callable[[int | None], str]
"""The SELECT of every row in its one form, or of so many of the first."""


class Examined:
    """What the check of a staged file found 检查结果.

    `rows` are counted, `groups` complete; faults are worded, and the file in its one form is
    written, when they are asked for. Everything lies in the folder given to `examine_file`.
    """

    def __init__(
        self, source: Path, folder: Path, sieve: Sieve, connection: Any, written: Written
    ) -> None:
        self._source = source
        self._folder = folder
        self._sieve = sieve
        self._connection = connection
        self._written = written
        self.rows: int = connection.execute("SELECT count(*) FROM source").fetchall()[0][0]
        self.groups: tuple[FaultGroup, ...] = tuple(self._groups())

    @cached_property
    def grave(self) -> int:
        """How many rows have a fault of severity ERROR."""
        bad = closer.any_grave(self._sieve, "h")
        ((count,),) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT {ROW} FROM held h WHERE {bad} "
            f"UNION SELECT {ROW} FROM doubled)"
        ).fetchall()
        return int(count)

    def kept(self, column: str) -> Any:
        """A column of the staged file that was kept, in order of the rows, as Arrow."""
        return _column(self._source, column)

    def first(self, fields: Sequence[str], count: int) -> dict[str, list[str | None]]:
        """The first rows in their one form, without writing the file."""
        names = ", ".join(quoted(name) for name in fields)
        quick = self._connection.cursor()
        quick.execute("PRAGMA disable_optimizer")
        found: dict[str, list[str | None]] = (
            quick.sql(f"SELECT {names} FROM ({self._written(count)})").to_arrow_table().to_pydict()
        )
        return found

    @cached_property
    def checked(self) -> Path:
        """Parquet with every row in the order of the file, written when it is first asked for.

        Columns: those kept, `__grave` (the row has a fault of severity ERROR), `<field>` in its
        one form and `<field>__raw` as received.
        """
        file = self._folder / "checked.parquet"
        # Joins keep rows in order only on one thread, and sorting wide rows costs more.
        self._connection.execute("SET preserve_insertion_order = true")
        self._connection.execute("SET threads = 1")
        self._connection.execute(f"COPY ({self._written(None)}) TO {_text(file)} (FORMAT parquet)")
        self._connection.execute("SET threads = 2")
        return file

    def faults(
        self,
        *,
        severities: Collection[Severity] = (Severity.ERROR, Severity.WARNING),
        rows: Collection[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[Fault]:
        """The faults in order of rows, then of rules, worded as they are asked for."""
        program, wording = self._sieve.program, Wording(self._sieve.program)
        bits = closer.severity_bits(program, severities)
        wanted = " OR ".join(f"({quoted(mask)} & {bit}) <> 0" for mask, bit in bits.items())
        doubled = Severity.ERROR in severities
        cursor = self._connection.cursor()
        reader = cursor.sql(
            f"SELECT coalesce(h.{ROW}, d.{ROW}) AS row_at, first_row, h.* "
            f"FROM held h FULL JOIN doubled d ON h.{ROW} = d.{ROW} "
            f"WHERE ({wanted}) OR (first_row IS NOT NULL AND {str(doubled).lower()}) "
            f"ORDER BY row_at"
        ).to_arrow_reader(AT_ONCE)
        left = limit
        for batch in reader:
            for fault in _of_batch(program, wording, batch, severities, doubled=doubled):
                if rows is not None and fault.row not in rows:
                    continue
                if left is not None:
                    if left <= 0:
                        return
                    left -= 1
                yield fault

    def _groups(self) -> Iterator[FaultGroup]:
        program = self._sieve.program
        masks = [quoted(name) for name in sieving.row_masks(self._sieve)]
        counts: dict[int, int] = {}
        firsts: dict[int, list[int]] = {}
        for *sums, count, rows in self._connection.execute(
            f"SELECT {', '.join(masks)}, count(*), min({ROW}, {FIRST_ROWS}) FROM held GROUP BY ALL"
        ).fetchall():
            for index in _bits(sums):
                counts[index] = counts.get(index, 0) + count
                firsts.setdefault(index, []).extend(rows)
        for index in sorted(counts):
            rule = program.rules[index]
            first = tuple(sorted(firsts[index])[:FIRST_ROWS])
            yield FaultGroup(rule.field, rule.code, rule.severity, counts[index], first)
        ((count, rows),) = self._connection.execute(
            f"SELECT count(*), min({ROW}, {FIRST_ROWS}) FROM doubled"
        ).fetchall()
        if count:
            yield FaultGroup(
                program.natural_key[0], DUPLICATE, Severity.ERROR, count, tuple(sorted(rows))
            )


class ExaminedFew(Examined):
    """What the check of a short file found, all of it at once."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.rows, self.groups = found["rows"], found["groups"]
        self._found: Sequence[Fault] = found["found"]
        self._file: Path = found["checked"]

    @cached_property
    def checked(self) -> Path:
        """See `Examined.checked`; written already."""
        return self._file

    @cached_property
    def grave(self) -> int:
        """See `Examined.grave`."""
        return len({one.row for one in self._found if one.severity is Severity.ERROR})

    def kept(self, column: str) -> Any:
        """See `Examined.kept`."""
        return _column(self._file, column)

    def first(self, fields: Sequence[str], count: int) -> dict[str, list[str | None]]:
        """See `Examined.first`."""
        table = _read(self._file, list(fields))
        rows: dict[str, list[str | None]] = table.slice(0, count).to_pydict()
        return rows

    def faults(
        self,
        *,
        severities: Collection[Severity] = (Severity.ERROR, Severity.WARNING),
        rows: Collection[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[Fault]:
        """See `Examined.faults`."""
        return chosen(self._found, severities, rows, limit)


def examine_file(
    program: Program,
    source: Path,
    *,
    columns: Mapping[str, str],
    on: date,
    folder: Path,
    keep: Sequence[str] = ("line",),
) -> Examined:
    """Check the Parquet `source` of texts as received; `columns` maps fields to its columns.

    Works in `folder`, which belongs to the caller and holds what `Examined` reads later. `on` is
    the day of the check. Memory is bounded by `CHENGXIN_ENGINE_MEMORY` whatever the length.
    `CHENGXIN_ENGINE` names a cluster to do the work; what is found is the same.
    Raises: the errors of `chengxin.engine.errors` when there is a cluster and it does not do it.
    """
    if pq.read_metadata(source).num_rows <= FEW and not cluster_address():
        table = _read(source, [*keep, *dict.fromkeys(columns.values())])
        return ExaminedFew(
            examined_few(program, table, columns=columns, on=on, folder=folder, keep=keep)
        )
    memory = os.environ.get(MEMORY_SETTING, MEMORY_DEFAULT)
    connection = examining.connect(folder, memory)
    few = restricted(program, columns.keys())
    day = f"DATE '{on.isoformat()}'"
    bare = Sieve(few, {}, {}, day)
    if there := cluster_address():
        from chengxin.engine.services.cluster import Task, examined_at

        task = Task(few, source, columns, on, keep, folder, memory)
        if task.rows:
            whole = examined_at(there, task, connection)
            return Examined(
                source,
                folder,
                bare,
                connection,
                lambda count: whole if count is None else f"SELECT * FROM ({whole}) LIMIT {count}",
            )
    relation = f"read_parquet({_text(source)}, file_row_number = true)"
    texts = closer.source_of(bare, relation, columns, "file_row_number")
    connection.execute(f"CREATE VIEW source AS SELECT * FROM {texts}")
    sieve = examining.prepared(connection, bare, "source", tuple(columns))
    held, looked = folder / "held.parquet", folder / "found.parquet"
    connection.execute(
        f"COPY ({sieving.sieved(sieve, 'source')}) TO {_text(held)} (FORMAT parquet)"
    )
    connection.execute(f"CREATE VIEW doubtful AS SELECT * FROM read_parquet({_text(held)})")
    found = examining.look_closer(connection, sieve, "doubtful")
    connection.execute(f"COPY ({found}) TO {_text(looked)} (FORMAT parquet)")
    connection.execute(f"CREATE VIEW held AS SELECT * FROM read_parquet({_text(looked)})")
    examining.find_doubled(connection, sieve)
    kept = "".join(f"q.{quoted(name)}, " for name in keep)
    also = "".join(f"{quoted(name)}, " for name in keep)

    def written(count: int | None) -> str:
        rows, found = relation, "held"
        if count is not None:
            rows = f"(SELECT * FROM {relation} WHERE file_row_number < {count})"
            found = f"(SELECT * FROM held WHERE {ROW} < {count})"
        wide = closer.source_of(bare, rows, columns, f"{also}file_row_number")
        return closer.in_one_form(sieve, wide, kept, found, "doubled", columns)

    return Examined(source, folder, sieve, connection, written)


def _column(parquet: Path, name: str) -> Any:
    return _read(parquet, [name])[name]


def _read(parquet: Path, columns: list[str]) -> Any:
    with pq.ParquetFile(parquet) as file:  # `read_table` loads pandas where it is installed
        return file.read(columns=columns)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _bits(sums: Sequence[int]) -> Iterator[int]:
    for number, mask in enumerate(sums):
        left = mask
        while left:
            yield number * BITS + (left & -left).bit_length() - 1
            left &= left - 1


def _of_batch(
    program: Program,
    wording: Wording,
    batch: Any,
    severities: Collection[Severity],
    *,
    doubled: bool,
) -> Iterator[Fault]:
    firsts = batch.column("first_row").to_pylist()
    rows = batch.column("row_at").to_pylist()
    faults = worded(program, wording, batch, severities)
    waiting = next(faults, None)
    for row, first in zip(rows, firsts, strict=True):
        while waiting is not None and waiting.row == row:
            yield waiting
            waiting = next(faults, None)
        if doubled and first is not None:
            yield wording.repeated(row, first)
