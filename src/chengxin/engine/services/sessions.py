"""DuckDB connections of this process: one per program, planned once, bounded in memory."""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from chengxin.engine.rules import statements
from chengxin.engine.values import RAW, TODAY, Program

MEMORY_SETTING = "CHENGXIN_ENGINE_MEMORY"
MEMORY_DEFAULT = "1GB"
KEPT = 8
LARGE = 5_000  # rows

_guard = threading.Lock()
_sessions: OrderedDict[str, "Session"] = OrderedDict()


class Session:
    """A connection with the tables and the prepared statements of one program.

    Planning a program costs tenths of a second, running it on one row about a millisecond:
    so the plan is kept. A session serves one call at a time.
    """

    def __init__(self, program: Program) -> None:
        self.lock = threading.Lock()
        self._program = program
        self._connection = duckdb.connect(
            config={"threads": 2, "memory_limit": os.environ.get(MEMORY_SETTING, MEMORY_DEFAULT)}
        )
        # The stages are already what an optimiser would make of them; searching them for more
        # takes longer than checking ten thousand rows.
        self._connection.execute("PRAGMA disable_optimizer")
        self._connection.execute(statements.create_received(program))
        batch = statements.staged(program, "received")
        self._connection.execute(f"CREATE TABLE batch AS {batch} LIMIT 0")
        self._connection.execute(f"PREPARE stage AS INSERT INTO batch {batch}")
        self._connection.execute(f"PREPARE find AS {statements.faulty(program, 'batch')}")
        if program.natural_key:
            again = statements.repeated(program.natural_key, "batch")
            self._connection.execute(f"PREPARE again AS {again}")

    def load(self, columns: Mapping[str, Sequence[str | None]], on: date) -> int:
        """Put a batch in place of the last one and run the stages; returns its rows.

        A field without a column is NULL throughout. Raises: `ValueError` if the columns differ
        in length.
        """
        lengths = {len(values) for values in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns differ in length: {sorted(lengths)}")
        rows = lengths.pop() if lengths else 0
        names = [name.strip('"') for name in statements.received_columns(self._program)]
        arrays: dict[str, Any] = {
            names[0]: pa.array(range(rows), pa.int64()),
            TODAY.strip('"'): pa.array([on] * rows, pa.date32()),
        }
        for name in self._program.fields:
            values = columns.get(name)
            filled = (
                pa.nulls(rows, pa.string()) if values is None else pa.array(values, pa.string())
            )
            arrays[name + RAW] = filled
        self._connection.execute("TRUNCATE received")
        self._connection.execute("TRUNCATE batch")
        self._connection.register("incoming", pa.table(arrays))
        self._connection.execute("INSERT INTO received SELECT * FROM incoming")
        self._connection.unregister("incoming")
        self._connection.execute("EXECUTE stage")
        return rows

    def faulty(self) -> pa.Table:
        """Rows of the batch with a fault; see `statements.faulty`."""
        return self._connection.sql("EXECUTE find").to_arrow_table()

    def repeated(self) -> list[tuple[int, int]]:
        """Rows that repeat an earlier one; see `statements.repeated`."""
        if not self._program.natural_key:
            return []
        found: list[tuple[int, int]] = self._connection.execute("EXECUTE again").fetchall()
        return found

    def normalised(self) -> dict[str, list[str | None]]:
        """The normalised fields of the batch."""
        fields = ", ".join(statements.quoted(name) for name in self._program.fields)
        select = f"SELECT {fields} FROM batch ORDER BY {statements.ROW}"  # noqa: S608
        table: dict[str, list[str | None]] = (
            self._connection.sql(select).to_arrow_table().to_pydict()
        )
        return table

    def clear(self) -> None:
        """Leave nothing of a batch behind in memory."""
        self._connection.execute("TRUNCATE received")
        self._connection.execute("TRUNCATE batch")


def suited(program: Program, columns: Mapping[str, Sequence[str | None]]) -> Program:
    """The program to run on these columns: for a large batch, one without the absent fields.

    Planning that one anew costs more than it saves on a small batch.
    """
    rows = max((len(values) for values in columns.values()), default=0)
    if rows < LARGE:
        return program
    return statements.restricted(program, columns.keys())


@contextmanager
def session_of(program: Program) -> Iterator[Session]:
    """The session of `program`, for this call alone; made when there is none."""
    with _guard:
        session = _sessions.pop(program.digest, None) or Session(program)
        _sessions[program.digest] = session
        while len(_sessions) > KEPT:
            _sessions.popitem(last=False)
    with session.lock:
        try:
            yield session
        finally:
            session.clear()
