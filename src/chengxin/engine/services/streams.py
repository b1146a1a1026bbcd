"""A query kept open: it is given rows, few at a time, and answers them in a moment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

ROW: Final = "__row"
TYPES: Final = {
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
}


class Stream:
    """A query over the relation `asked` that is started once and never comes to its end.

    Starting a query costs some 10 µs per expression and compiles every regular expression of it,
    answering for one row a hundredth of that. So the engine reads its rows from a generator,
    which hands out the rows that are asked about, and a blank one when the engine reads ahead.
    Everything between must go row by row: no sorting, grouping, filtering or joining.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, columns: Mapping[str, Any], query: str
    ) -> None:
        """`columns` of `asked` beside `"__row"`, with their types; `query` selects that first."""
        self._schema = pa.schema([(ROW, pa.int64()), *columns.items()])
        self._number = 0
        self._waiting: pa.RecordBatch | None = None
        self._blank = self._batch([-1], [[None] * len(columns)])
        self._cursor = connection.cursor()
        self._cursor.execute("PRAGMA disable_optimizer")
        self._cursor.execute("SET streaming_buffer_size = '1B'")  # hand out each row at once
        self._cursor.register(
            "asked", pa.RecordBatchReader.from_batches(self._schema, self._rows())
        )
        self._cursor.execute(query)
        described = self._cursor.description or ()
        self.answers: dict[str, Any] = {name: TYPES[str(kind)] for name, kind, *_ in described[1:]}
        """Columns that come back, with their types."""

    def ask(self, rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Answers for some rows, in their order; each row has values in the order of the columns.

        An answer has its values in the order of `answers`.
        """
        if not rows:
            return []
        first, self._number = self._number + 1, self._number + len(rows)
        self._waiting = self._batch(range(first, self._number + 1), rows)
        found: list[tuple[Any, ...]] = []
        while len(found) < len(rows):
            got = self._cursor.fetchone()
            if got is None:
                raise RuntimeError("an open query came to its end")
            if got[0] == first + len(found):
                found.append(got[1:])
        return found

    def close(self) -> None:
        """End the query; afterwards nothing may be asked."""
        self._cursor.close()

    def _rows(self) -> Iterator[pa.RecordBatch]:
        while True:
            given, self._waiting = self._waiting or self._blank, None
            yield given

    def _batch(self, numbers: Sequence[int], rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
        columns = (numbers, *zip(*rows, strict=True))
        arrays = [
            pa.array(values, kind) for values, kind in zip(columns, self._schema.types, strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)
