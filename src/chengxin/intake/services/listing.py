"""Rows of the checked file that somebody has to look at, as `Row`s."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from chengxin.access.queries import sealer
from chengxin.catalogue.values import Item
from chengxin.engine.values import RAW
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.queries import remember_opened
from chengxin.intake.rules import plain
from chengxin.intake.rules.damage import damaged_fault, damaged_rows
from chengxin.intake.rules.parties import DERIVED, personal_fields
from chengxin.intake.services.looking import Look
from chengxin.intake.values import CellFault
from chengxin.kernel.canonical import canonical_json

AT_ONCE = 2_000

Found = Mapping[int, list[dict[str, Any]]]
"""Line of the file → its faults, as a row stores them."""


def listed(
    batch: Batch, item: Item, file: Path, *, where: str | None, state: RowState, faults: Found
) -> Iterator[list[Row]]:
    """Rows of a checked or held `file`, unsaved, some thousand at a time.

    `where` is a column that marks the wanted ones; None for all of them.
    """
    for cells in _cells(file, where):
        yield [row_of(batch, item, one, state, faults.get(one["line"], [])) for one in cells]


def _cells(file: Path, where: str | None) -> Iterator[list[dict[str, Any]]]:
    """Rows by column in the order of their lines."""
    with pq.ParquetFile(file) as parquet:
        if parquet.metadata.num_rows <= AT_ONCE:
            found = [cells for cells in parquet.read().to_pylist() if not where or cells[where]]
            if found:
                yield sorted(found, key=itemgetter("line"))
            return
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as work:
        chosen = f'WHERE "{where}"' if where else ""
        reader = work.execute(
            f"SELECT * FROM read_parquet({plain.literal(file)}) {chosen} ORDER BY line"  # noqa: S608
        )
        names = [name for name, *_ in reader.description or []]
        while chunk := reader.fetchmany(AT_ONCE):
            yield [dict(zip(names, values, strict=True)) for values in chunk]


def quarantined(batch: Batch, item: Item, seen: Look) -> Iterator[Row]:
    """Rows damaged at their source, with what can be read of them; never checked as if whole."""
    columns = {int(column[1:]): field for field, column in seen.fields.items() if column != DERIVED}
    for damaged in damaged_rows(seen.staged):
        fault = damaged_fault(damaged, seen.header)
        cells: dict[str, Any] = {"line": damaged.line}
        cells |= {field + RAW: damaged.cells[at] for at, field in columns.items()}
        told = stored_fault(fault)
        yield row_of(batch, item, cells, RowState.QUARANTINED, [told])


def stored_fault(cell: CellFault) -> dict[str, Any]:
    """A fault as a row stores it."""
    fault = cell.fault
    return {
        **cell.as_json(),
        "field": fault.field,
        "severity": fault.severity.value,
        "basis": fault.basis,
    }


def row_of(
    batch: Batch,
    item: Item,
    cells: Mapping[str, Any],
    state: RowState,
    faults: Sequence[dict[str, Any]] = (),
) -> Row:
    """A row of its cells: `line`, `<field>` in its one form, `<field>__raw` as received."""
    names = [field.name for field in item.fields]
    values = {name: cells[name] for name in names if cells.get(name)}
    received = {name: cells[name + RAW] for name in names if cells.get(name + RAW)}
    personal = personal_fields(item, values, received)
    kept = personal_cells(values, received, personal)
    row = Row(
        batch=batch,
        number=cells["line"],
        received={n: t for n, t in received.items() if n not in personal},
        values={n: t for n, t in values.items() if n not in personal},
        sealed=sealed_cells(kept),
        state=state,
        faults=list(faults),
    )
    remember_opened(row, kept)
    return row


def personal_cells(
    values: Mapping[str, str],
    received: Mapping[str, str],
    personal: Collection[str],
    amended: Mapping[str, str] | None = None,
) -> dict[str, dict[str, str]]:
    """The personal cells of a row, by what they are: `values`, `received`, `amended`."""
    parts = {"values": values, "received": received, "amended": amended or {}}
    return {
        part: {name: texts[name] for name in personal if texts.get(name)}
        for part, texts in parts.items()
    }


def sealed_cells(kept: Mapping[str, Mapping[str, str]]) -> bytes | None:
    """The personal cells of a row, sealed; None if it has none."""
    return sealer().seal(canonical_json(kept)) if any(kept.values()) else None
