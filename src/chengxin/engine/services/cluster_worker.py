"""What runs inside a worker of the cluster: DuckDB over blocks of Arrow, nothing of this house.

Sent by value: a worker needs Python of the same minor version, duckdb and pyarrow, and no copy
of this software. So this file imports nothing of ours, and its libraries where it runs.
"""

from collections.abc import Callable, Iterator
from typing import Any


def worker(work: Any, kept: tuple[str, ...]) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The function `mapInArrow` calls with the batches of a partition.

    `work` is a `rules.partitions.Work` as a mapping; `kept` names columns copied through.
    """

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        import duckdb
        import pyarrow as pa

        types = {"BIGINT": pa.int64(), "STRING": pa.string(), "BOOLEAN": pa.bool_()}
        connection = duckdb.connect(config={"threads": 1})
        try:
            for statement in work["prepare"]:
                connection.execute(statement)
            for block in _blocks(batches, work["block"], pa):
                rows = block.num_rows
                arrays = {
                    work["row"]: pa.array(range(rows), pa.int64()),
                    work["today"]: pa.array([work["on"]] * rows, pa.date32()),
                }
                for name, there in work["received"]:
                    arrays[name] = block.column(there).cast(pa.string())
                connection.register("incoming", pa.table(arrays))
                connection.execute(work["put"])
                connection.unregister("incoming")
                connection.execute(work["stage"])
                answer = connection.sql(work["answer"]).to_arrow_table()
                for statement in work["clear"]:
                    connection.execute(statement)
                out = {name: block.column(name) for name in kept}
                out |= {name: block.column(there) for name, there in work["received"]}
                out |= {
                    name: answer.column(name).cast(types[kind]) for name, kind in work["answered"]
                }
                yield from pa.table(out).combine_chunks().to_batches()
        finally:
            connection.close()

    return run


def _blocks(batches: Iterator[Any], size: int, pa: Any) -> Iterator[Any]:
    """The batches of a partition put together to blocks worth the work."""
    held: list[Any] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= size:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if rows:
        yield pa.Table.from_batches(held)
