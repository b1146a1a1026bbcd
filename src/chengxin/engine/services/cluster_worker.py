"""What runs inside a worker of the cluster: the check of this house, block by block, in DuckDB.

It and the rules it calls are sent by value: a worker needs Python of the same minor version,
duckdb and pyarrow, and no copy of this software. So nothing here imports more of it than that.
"""
# ruff: noqa: S608

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from chengxin.engine.rules import closer, sieving
from chengxin.engine.rules.partitions import Shape
from chengxin.engine.rules.sieving import ROW, Sieve
from chengxin.engine.rules.statements import quoted
from chengxin.engine.services import examining
from chengxin.engine.values import RAW, Program

BLOCK: Final = 100_000
"""Rows a worker checks at once: enough to be worth the planning, some 100 MB."""
NO_REPEATS: Final = f"CREATE TABLE doubled ({ROW} BIGINT, first_row BIGINT)"


def worker(
    program: Program,
    columns: Mapping[str, str],
    kept: Sequence[str],
    shape: Shape,
    *,
    day: str,
    memory: str,
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """The function `mapInArrow` calls with the batches of a partition.

    `columns` maps fields to columns of the file, `kept` are copied through, `day` is the day of
    the check as a literal. It yields the columns of `kept`, then those of `shape`.
    """

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for block in _blocks(batches):
            with tempfile.TemporaryDirectory() as folder:
                found = _checked(block, Path(folder))
            yield from found.combine_chunks().to_batches()

    def _checked(block: Any, folder: Path) -> Any:
        import pyarrow as pa

        with examining.connect(folder, memory) as connection:
            rows = pa.array(range(block.num_rows), pa.int64())
            connection.register("incoming", block.append_column("__at", rows))
            bare = Sieve(program, {}, {}, day)
            texts = closer.source_of(bare, "incoming", columns, '"__at"')
            connection.execute(f"CREATE TABLE source AS SELECT * FROM {texts}")
            connection.unregister("incoming")
            sieve = examining.prepared(connection, bare, "source", tuple(columns))
            sieved = sieving.sieved(sieve, "source")
            connection.execute(f"CREATE TABLE doubtful AS {sieved}")
            found = examining.look_closer(connection, sieve, "doubtful")
            connection.execute(f"CREATE TABLE held AS {found}")
            connection.execute(NO_REPEATS)  # that is asked of the cluster
            table = connection.sql(_answer(connection, sieve)).to_arrow_table()
        out = {name: block.column(name) for name in kept}
        types = {"BIGINT": pa.int64(), "STRING": pa.string(), "BOOLEAN": pa.bool_()}
        out |= {name: table.column(name).cast(types[kind]) for name, kind in shape.declared()}
        return pa.table(out)

    def _answer(connection: Any, sieve: Sieve) -> str:
        """A row for each row of the block, in order; what was not looked for is NULL."""
        there = {name for name, *_ in connection.execute("DESCRIBE held").fetchall()}
        picked = [f"w.{quoted(name)}" for f in shape.fields for name in (f, f + RAW)]
        picked += [f"coalesce(h.{quoted(m)}, 0) AS {quoted(m)}" for m in shape.masks]
        picked += [
            f"{'h.' + quoted(name) if name in there else 'NULL'} AS {quoted(name)}"
            for name in (*shape.personal, *shape.told)
        ]
        whole = closer.in_one_form(sieve, "source", f"q.{ROW}, ", "held", "doubled", columns)
        return (
            f"SELECT {', '.join(picked)} FROM ({whole}) w "
            f"LEFT JOIN held h ON h.{ROW} = w.{ROW} ORDER BY w.{ROW}"
        )

    return run


def _blocks(batches: Iterator[Any]) -> Iterator[Any]:
    """The batches of a partition put together to blocks worth the work."""
    import pyarrow as pa

    held: list[Any] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= BLOCK:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if rows:
        yield pa.Table.from_batches(held)
