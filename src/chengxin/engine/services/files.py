"""Check a staged file of any length: from Parquet as received to Parquet in its one form."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.engine.services.checking import examine
from chengxin.engine.values import RAW, Fault, FaultGroup, Program, Severity

GRAVE = "__grave"
FIRST_ROWS = 5


@dataclass(frozen=True)
class Examined:
    """What the check of a staged file found 检查结果.

    `checked` is Parquet, rows in the order of the file: the kept columns, `__grave` (the row has
    a fault of severity ERROR), `<field>` in its one form and `<field>__raw` as received.
    `groups` counts every fault.
    """

    rows: int
    checked: Path
    groups: tuple[FaultGroup, ...]
    _found: tuple[Fault, ...]

    def faults(
        self,
        *,
        severities: Collection[Severity] = (Severity.ERROR, Severity.WARNING),
        rows: Collection[int] | None = None,
        limit: int | None = None,
    ) -> Iterator[Fault]:
        """The faults in order of rows, then of rules, worded as they are asked for."""
        left = limit
        for fault in self._found:
            if left is not None and left <= 0:
                return
            if fault.severity in severities and (rows is None or fault.row in rows):
                left = None if left is None else left - 1
                yield fault


def examine_file(
    program: Program,
    source: Path,
    *,
    columns: Mapping[str, str],
    on: date,
    folder: Path,
    keep: Sequence[str] = ("line",),
) -> Examined:
    """Check the Parquet `source` of texts as received; `columns` maps fields to its columns.

    Works in `folder`, which belongs to the caller and holds what `Examined` reads later.
    """
    wanted = [*keep, *dict.fromkeys(columns.values())]
    table = pq.read_table(source, columns=wanted)
    texts = {name: table.column(there).to_pylist() for name, there in columns.items()}
    faults, clean = examine(program, texts, on=on)
    grave = {fault.row for fault in faults if fault.severity is Severity.ERROR}
    out = {name: table.column(name) for name in keep}
    out[GRAVE] = pa.array([row in grave for row in range(table.num_rows)], pa.bool_())
    for name in program.fields:
        if name in columns:
            out[name] = pa.array(clean[name], pa.string())
            out[name + RAW] = pa.array(texts[name], pa.string())
    checked = folder / "checked.parquet"
    pq.write_table(pa.table(out), checked)
    return Examined(table.num_rows, checked, groups_of(faults), tuple(faults))


def groups_of(faults: Sequence[Fault]) -> tuple[FaultGroup, ...]:
    """Faults counted by field, code and severity, in the order they first occur."""
    rows: dict[tuple[str, str, Severity], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.field, fault.code, fault.severity), []).append(fault.row)
    return tuple(
        FaultGroup(*key, len(found), tuple(found[:FIRST_ROWS])) for key, found in rows.items()
    )
