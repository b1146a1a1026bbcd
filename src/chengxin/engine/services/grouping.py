"""Statements that look at all rows of one key together: in this process, or on a cluster.

A rule over a row needs only the row; a grade needs every record of its organisation. So the
cluster brings the rows of a key into one partition, and the same DuckDB SQL runs inside each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import chengxin.engine
from chengxin.engine.errors import EngineFailed
from chengxin.engine.rules.partitions import ticked
from chengxin.engine.services.cluster_session import address, first_line, public, session_at
from chengxin.engine.values import Question, Source

TABLE: Final = "from_table"
STATEMENT: Final = "statement"
AT_ONCE: Final = 2_000_000
"""Rows of a partition on a cluster: some hundred MB in its worker."""


def answered(question: Question) -> pa.Table:
    """The rows of all statements, in no order; `statement` says which, from 0.

    Where `CHENGXIN_ENGINE` names a cluster it does the work; a table given as a path must be seen
    there under the same path.
    Raises: `EngineFailed`, and what `session_at` raises.
    """
    there = address()
    return _here(question) if there is None else _there(there, question)


def _here(question: Question) -> pa.Table:
    with duckdb.connect(config={"threads": 2, "memory_limit": question.memory}) as connection:
        for name, source in question.tables.items():
            if isinstance(source, Path):
                file = str(source).replace("'", "''")
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")  # noqa: S608
            else:
                connection.register(name, source)
        return _all_of(connection, question.statements, tuple(question.answer))


def _all_of(connection: Any, statements: Sequence[str], columns: Sequence[str]) -> pa.Table:
    """Each statement alone, so that each may use the whole memory."""
    picked = ", ".join(columns)
    parts = [
        connection.sql(f"SELECT {number} AS {STATEMENT}, {picked} FROM ({sql})").to_arrow_table()  # noqa: S608
        for number, sql in enumerate(statements)
    ]
    whole: pa.Table = pa.concat_tables(parts)
    return whole


def _there(there: str, question: Question) -> pa.Table:
    with session_at(there) as session:
        try:
            return _spread(session, question)
        except Exception as failure:
            raise EngineFailed(address=public(there), reason=first_line(failure)) from failure


def _spread(session: Any, question: Question) -> pa.Table:
    from pyspark.cloudpickle import register_pickle_by_value
    from pyspark.sql.functions import lit

    by_value: Any = register_pickle_by_value
    by_value(chengxin.engine)  # workers have no copy of this software
    frame: Any = None
    columns = {name: _columns(source) for name, source in question.tables.items()}
    for name, source in question.tables.items():
        part = _frame(session, source).withColumn(TABLE, lit(name))
        frame = part if frame is None else frame.unionByName(part, allowMissingColumns=True)
    rows = sum(_rows(source) for source in question.tables.values())
    frame = frame.repartition(-(-rows // AT_ONCE) or 1, question.by)
    declared = {STATEMENT: "int", **question.answer}
    spelled = ", ".join(f"{ticked(name)} {kind}" for name, kind in declared.items())
    run = worker(tuple(question.statements), columns, tuple(question.answer), question.memory)
    answer: pa.Table = frame.mapInArrow(run, spelled).toArrow()
    return answer


def _frame(session: Any, source: Source) -> Any:
    if isinstance(source, Path):
        return session.read.parquet(source.absolute().as_uri())
    return session.createDataFrame(source)


def _columns(source: Source) -> tuple[str, ...]:
    names = pq.read_schema(source).names if isinstance(source, Path) else source.column_names
    return tuple(names)


def _rows(source: Source) -> int:
    count: int = (
        pq.ParquetFile(source).metadata.num_rows if isinstance(source, Path) else source.num_rows
    )
    return count


def worker(
    statements: Sequence[str],
    tables: Mapping[str, Sequence[str]],
    answer: Sequence[str],
    memory: str,
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The function `mapInArrow` calls with a partition: all rows of each of its keys.

    `tables` gives the columns of each. It and this module are sent by value, so it imports
    nothing a worker lacks: duckdb and pyarrow.
    """

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.compute as pc

        held = list(batches)
        if not held:
            return
        whole = pa.Table.from_batches(held)
        with duckdb.connect(config={"threads": 1, "memory_limit": memory}) as connection:
            for name, columns in tables.items():
                own = whole.filter(pc.equal(whole[TABLE], name)).select(list(columns))
                connection.register(name, own)
            found = _all_of(connection, statements, answer)
        yield from found.combine_chunks().to_batches()

    return run
