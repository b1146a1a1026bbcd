"""Check a staged file on a cluster: the rules in its workers, the repeats by its own SQL.

The staged file and the folder must be seen under the same path here and by every worker.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from chengxin.engine.errors import EngineFailed
from chengxin.engine.rules import partitions
from chengxin.engine.services import cluster_worker
from chengxin.engine.services.cluster_session import first_line, public, session_at
from chengxin.engine.values import Program

MARKED: Final = "marked"


@dataclass(frozen=True)
class Marked:
    """What a cluster made of a staged file.

    Args:
        files: folder of Parquet, in no order: the kept columns, every field in its one form and
            as received, its masks `__m0`…, and what messages need (see `statements.faulty`).
        again: lines that repeat an earlier one, with that one.

    """

    files: Path
    again: Any


def mark(
    there: str,
    program: Program,
    source: Path,
    *,
    columns: Mapping[str, str],
    on: date,
    folder: Path,
    keep: Sequence[str],
) -> Marked:
    """Run `program`, already restricted to `columns`, at the cluster `there`.

    Raises: `EngineFailed` when a partition fails or rows are missing, and what `session_at`
    raises; nothing is left in `folder` then.
    """
    files = folder / MARKED
    with session_at(there) as session:
        try:
            return _marked(session, program, source, columns=columns, on=on, files=files, keep=keep)
        except EngineFailed:
            shutil.rmtree(files, ignore_errors=True)
            raise
        except Exception as failure:
            shutil.rmtree(files, ignore_errors=True)
            raise EngineFailed(address=public(there), reason=first_line(failure)) from failure


def _marked(
    session: Any,
    program: Program,
    source: Path,
    *,
    columns: Mapping[str, str],
    on: date,
    files: Path,
    keep: Sequence[str],
) -> Marked:
    from pyspark.cloudpickle import register_pickle_by_value

    by_value: Any = register_pickle_by_value
    by_value(cluster_worker)  # workers have no copy of this software
    named = [(name, columns[name]) for name in program.fields if name in columns]
    work = partitions.work_of(program, named, on)
    kept = tuple(dict.fromkeys((partitions.LINE, *keep)))
    frame = session.read.parquet(source.absolute().as_uri())
    frame = frame.select(*kept, *dict.fromkeys(there for _, there in named))
    types = {field.name: field.dataType.simpleString() for field in frame.schema.fields}
    shape = [(name, types[name]) for name in kept]
    shape += [(name, partitions.TEXT) for name, _ in work.received]
    shape += work.answered
    declared = ", ".join(f"{partitions.ticked(name)} {kind}" for name, kind in shape)
    run = cluster_worker.worker(asdict(work), kept)
    frame.mapInArrow(run, declared).write.mode("error").parquet(files.absolute().as_uri())
    again = None
    if program.natural_key:
        session.read.parquet(files.absolute().as_uri()).createOrReplaceTempView(MARKED)
        again = session.sql(partitions.repeats(program.natural_key, MARKED)).toArrow()
    return Marked(files, again)
