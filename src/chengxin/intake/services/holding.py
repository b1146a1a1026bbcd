"""The clean rows of a submitted batch, held in one file until somebody decides.

They are derived: the original is kept, and reading and checking it again gives them back. So they
are not in the database, where a million of them would be written only to be read once and left.
They are deleted when the batch is decided.
"""

import hashlib
import shutil
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from chengxin.catalogue.values import Item
from chengxin.engine.values import RAW
from chengxin.intake.models import Batch
from chengxin.intake.queries import place_of
from chengxin.intake.rules import plain
from chengxin.kernel.canonical import canonical_json, sha256_hex

GRAVE = "__grave"
CAREFUL = "__careful"
HELD_DIGEST = "held_sha256"
"""In the tally of a batch: `content_digest` of its held file at submission."""
WORTH_A_SET = 2_000
"""Clean rows from which they are linked as a set: that reads the names and codes of everybody."""


def hold(batch: Batch, checked: Path, item: Item, doubtful: Collection[int]) -> int:
    """Put the clean rows of the `checked` file aside; returns how many.

    `doubtful` are rows (from 0) whose code was found odd: like those `plain.needs_care` tells,
    they are marked to be looked at one by one. Of a short file every row is.
    """
    target = place_of(batch)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    rows = pq.read_metadata(checked).num_rows
    count = _few(checked, draft) if rows < WORTH_A_SET else _many(checked, draft, item, doubtful)
    draft.rename(target)
    return count


def _few(checked: Path, draft: Path) -> int:
    """The clean rows of a short file, all of them marked."""
    with pq.ParquetFile(checked) as file:
        table = file.read()
    clean = table.filter(pc.invert(table[GRAVE])).drop_columns(GRAVE)
    marked = clean.append_column(CAREFUL, pa.array([True] * clean.num_rows, pa.bool_()))
    pq.write_table(marked, draft)
    return int(clean.num_rows)


def _many(checked: Path, draft: Path, item: Item, doubtful: Collection[int]) -> int:
    """The clean rows of a file of any length, those marked that need a look of their own."""
    held = pq.read_metadata(checked).schema.names
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as work:
        source = f"read_parquet({plain.literal(checked)}, file_row_number = true)"
        work.register("doubtful", pa.table({"row": pa.array(sorted(doubtful), pa.int64())}))
        care = plain.needs_care(item, held)
        kept = ", ".join(f'"{name}"' for name in held if name != GRAVE)
        select = (
            f"SELECT {kept}, ({care}) OR file_row_number IN (SELECT row FROM doubtful) "  # noqa: S608
            f'AS {CAREFUL} FROM {source} WHERE NOT "{GRAVE}"'
        )
        done = work.execute(f"COPY ({select}) TO {plain.literal(draft)} (FORMAT parquet)")
        (count,) = done.fetchone() or (0,)
    return int(count)


def content_digest(file: Path) -> str:
    """SHA-256 of what a held file says, cell by cell, however its bytes are laid out.

    Per column a sum over the lengths of its cells (-1 for none) and one over their texts.
    """
    with pq.ParquetFile(file) as parquet:
        names = parquet.schema_arrow.names
        sums = [(hashlib.sha256(), hashlib.sha256()) for _ in names]
        for batch in parquet.iter_batches(batch_size=20_000):
            for column, pair in zip(batch.columns, sums, strict=True):
                for one, data in zip(pair, _bytes_of(column.cast(pa.string())), strict=True):
                    one.update(data)
    told = [
        [name, *(one.hexdigest() for one in pair)] for name, pair in zip(names, sums, strict=True)
    ]
    return sha256_hex(canonical_json(told))


def _bytes_of(cells: pa.Array) -> tuple[memoryview, memoryview]:
    """The lengths of some texts, 32 bits each, and the texts one after the other."""
    lengths = pc.fill_null(pc.binary_length(cells), -1)
    first = lengths.offset * 4
    held = memoryview(lengths.buffers()[1])[first : first + len(lengths) * 4]
    texts = pc.fill_null(cells, "")
    _, places, data = texts.buffers()
    ends = memoryview(places).cast("i")
    whole = memoryview(data) if data is not None else memoryview(b"")
    return held, whole[ends[texts.offset] : ends[texts.offset + len(texts)]]


def filled_cells(checked: Path) -> dict[str, int]:
    """How many cells of each field held anything, as received: what the file says of itself."""
    file = pq.read_metadata(checked)
    found = Counter({name: 0 for name in file.schema.names if name.endswith(RAW)})
    for group in map(file.row_group, range(file.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema in found:
                found[column.path_in_schema] += group.num_rows - column.statistics.null_count
    return {name.removesuffix(RAW): count for name, count in found.items()}


def drop(batch: Batch) -> None:
    """Leave nothing behind of a batch that has been decided."""
    shutil.rmtree(place_of(batch).parent, ignore_errors=True)
