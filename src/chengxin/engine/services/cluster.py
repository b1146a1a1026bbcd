"""Check a staged file on a cluster: the rules in its workers, the repeats by its own SQL.

The staged file and the folder must be seen under the same path here and by every worker.
"""
# ruff: noqa: S608

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import chengxin.engine
from chengxin.engine.errors import EngineFailed
from chengxin.engine.rules import closer, partitions
from chengxin.engine.rules.partitions import LINE, Shape, shape_of
from chengxin.engine.rules.sieving import ROW, Sieve
from chengxin.engine.rules.statements import quoted
from chengxin.engine.services import cluster_worker
from chengxin.engine.services.cluster_session import first_line, public, session_at
from chengxin.engine.values import RAW, Program


@dataclass(frozen=True)
class Task:
    """A check to be done elsewhere; `program` is already restricted to `columns`."""

    program: Program
    source: Path
    columns: Mapping[str, str]
    on: date
    keep: Sequence[str]
    folder: Path
    memory: str

    @cached_property
    def rows(self) -> int:
        """How many the file has."""
        count: int = pq.ParquetFile(self.source).metadata.num_rows
        return count

    @property
    def files(self) -> Path:
        """Where the workers write: Parquet, in no order."""
        return self.folder / "marked"

    @property
    def shape(self) -> Shape:
        """What they write of each row, beside the line and what is kept."""
        return shape_of(self.program, tuple(self.columns))


def examined_at(there: str, task: Task, connection: Any) -> str:
    """Check at the cluster `there`, and make of it what a check leaves in `connection`.

    That is `source` (as many rows as the file has), `held` (rows with a fault, masks and all
    that messages need) and `doubled` (rows that repeat an earlier one). Returns: the SELECT of
    every row in its one form, as `closer.in_one_form` has it.
    Raises: `EngineFailed` when a partition fails or rows are missing, and what `session_at`
    raises; nothing is left in the folder then.
    """
    try:
        with session_at(there) as session:
            try:
                again = _marked(session, task)
            except Exception as failure:
                raise EngineFailed(address=public(there), reason=first_line(failure)) from failure
        return _gathered(there, task, connection, again)
    except BaseException:
        shutil.rmtree(task.files, ignore_errors=True)
        raise


def _marked(session: Any, task: Task) -> Any:
    """Have the workers write the marked rows; the lines that repeat another, as Arrow."""
    from pyspark.cloudpickle import register_pickle_by_value

    by_value: Any = register_pickle_by_value
    by_value(chengxin.engine)  # workers have no copy of this software
    kept = tuple(dict.fromkeys((LINE, *task.keep)))
    frame = session.read.parquet(task.source.absolute().as_uri())
    frame = frame.select(*kept, *dict.fromkeys(task.columns.values()))
    blocks = -(-task.rows // cluster_worker.BLOCK)
    if blocks > 1:  # a staged file is small for what its check costs: one file, one partition
        frame = frame.repartition(blocks, LINE)
    types = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    declared = [*((name, types[name]) for name in kept), *task.shape.declared()]
    columns = ", ".join(f"{partitions.ticked(name)} {kind}" for name, kind in declared)
    day = f"DATE '{task.on.isoformat()}'"
    run = cluster_worker.worker(
        task.program, dict(task.columns), kept, task.shape, day=day, memory=task.memory
    )
    files = task.files.absolute().as_uri()
    frame.mapInArrow(run, columns).write.mode("error").parquet(files)
    if not task.program.natural_key or not set(task.program.natural_key) <= {*task.columns}:
        return None  # without all of its columns no key is filled
    session.read.parquet(files).createOrReplaceTempView("marked")
    return session.sql(partitions.repeats(task.program.natural_key, "marked")).toArrow()


def _gathered(there: str, task: Task, connection: Any, again: Any) -> str:
    """Number the rows again, and lay out what was found."""
    shape = task.shape
    files = "'" + str(task.files).replace("'", "''") + "/*.parquet'"
    connection.execute(f"CREATE VIEW marked AS SELECT * FROM read_parquet({files})")
    connection.execute(
        f"CREATE TABLE source AS SELECT {LINE}, row_number() OVER (ORDER BY {LINE}) - 1 AS {ROW} "
        "FROM marked"
    )
    ((rows,),) = connection.execute(f"SELECT count(DISTINCT {LINE}) FROM source").fetchall()
    if rows != task.rows:
        raise EngineFailed(address=public(there), reason=f"{rows} / {task.rows} rows")
    texts = [column for name in shape.fields for column in (name, name + RAW)]
    absent = [n for n in task.program.fields if n not in task.columns]
    columns = [f"m.{quoted(n)}" for n in (*shape.masks, *shape.personal, *shape.told, *texts)]
    columns += [f"NULL::VARCHAR AS {quoted(c)}" for n in absent for c in (n, n + RAW)]
    connection.execute(
        f"CREATE TABLE held AS SELECT s.{ROW}, {', '.join(columns)} "
        f"FROM marked m JOIN source s USING ({LINE}) "
        f"WHERE {' OR '.join(f'm.{quoted(mask)} <> 0' for mask in shape.masks)}"
    )
    connection.execute(f"CREATE TABLE doubled ({ROW} BIGINT, first_row BIGINT)")
    if again is not None and again.num_rows:
        connection.register("again", again)
        connection.execute(
            f"INSERT INTO doubled SELECT s.{ROW}, f.{ROW} FROM again a "
            f"JOIN source s USING ({LINE}) JOIN source f ON f.{LINE} = a.first_line"
        )
        connection.unregister("again")
    kept = "".join(f"m.{quoted(name)}, " for name in task.keep)
    grave = closer.any_grave(Sieve(task.program, {}, {}, ""), "m")
    mark = f"(({grave}) OR d.{ROW} IS NOT NULL) AS {quoted(closer.GRAVE)}"
    fields = ", ".join(f"m.{quoted(column)}" for column in texts)
    return (
        f"SELECT {kept}{mark}, {fields} FROM marked m JOIN source s USING ({LINE}) "
        f"LEFT JOIN doubled d ON d.{ROW} = s.{ROW} ORDER BY s.{ROW}"
    )
