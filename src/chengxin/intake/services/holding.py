"""The clean rows of a submitted batch, held in one file until somebody decides.

They are derived: the original is kept, and reading and checking it again gives them back. So they
are not in the database, where a million of them would be written only to be read once and left.
They are deleted when the batch is decided.
"""

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from chengxin.catalogue.values import Item
from chengxin.engine.values import RAW
from chengxin.intake.models import Batch
from chengxin.intake.queries import place_of
from chengxin.intake.rules import plain

GRAVE = "__grave"
CAREFUL = "__careful"


def hold(batch: Batch, checked: Path, item: Item, doubtful: Collection[int]) -> int:
    """Put the clean rows of the `checked` file aside; returns how many.

    `doubtful` are rows (from 0) whose code was found odd: like those `plain.needs_care` tells,
    they are marked to be looked at one by one.
    """
    target = place_of(batch)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as work:
        source = f"read_parquet({plain.literal(checked)}, file_row_number = true)"
        held = _names(work, source)
        work.register("doubtful", pa.table({"row": pa.array(sorted(doubtful), pa.int64())}))
        care = plain.needs_care(item, held)
        kept = ", ".join(f'"{name}"' for name in held if name != GRAVE)
        select = (
            f"SELECT {kept}, ({care}) OR file_row_number IN (SELECT row FROM doubtful) "  # noqa: S608
            f'AS {CAREFUL} FROM {source} WHERE NOT "{GRAVE}"'
        )
        done = work.execute(f"COPY ({select}) TO {plain.literal(draft)} (FORMAT parquet)")
        (count,) = done.fetchone() or (0,)
    draft.rename(target)
    return int(count)


def filled_cells(checked: Path) -> dict[str, int]:
    """How many cells of each field held anything, as received."""
    with duckdb.connect(config={"threads": 2}) as work:
        source = f"read_parquet({plain.literal(checked)})"
        fields = [name.removesuffix(RAW) for name in _names(work, source) if name.endswith(RAW)]
        if not fields:
            return {}
        counts = ", ".join(f'count("{name}{RAW}")' for name in fields)
        found = work.execute(f"SELECT {counts} FROM {source}").fetchone() or ()  # noqa: S608
    return dict(zip(fields, map(int, found), strict=True))


def drop(batch: Batch) -> None:
    """Leave nothing behind of a batch that has been decided."""
    shutil.rmtree(place_of(batch).parent, ignore_errors=True)


def _names(work: duckdb.DuckDBPyConnection, source: str) -> Sequence[str]:
    columns = work.execute(f"SELECT * FROM {source} LIMIT 0").description or []  # noqa: S608
    return [name for name, *_ in columns if name != "file_row_number"]
