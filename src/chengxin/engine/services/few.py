"""Check a short file: planning the sieve takes longer than looking at every cell of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.engine.services.checking import examine
from chengxin.engine.values import RAW, Fault, FaultGroup, Program, Severity

FIRST_ROWS = 5


def examined_few(
    program: Program,
    table: pa.Table,
    *,
    columns: Mapping[str, str],
    on: date,
    folder: Path,
    keep: Sequence[str],
) -> dict[str, Any]:
    """Rows, groups, faults and the written file of a short table, by the whole program."""
    texts = {name: table.column(there).to_pylist() for name, there in columns.items()}
    faults, clean = examine(program, texts, on=on)
    grave = {fault.row for fault in faults if fault.severity is Severity.ERROR}
    out = {name: table.column(name) for name in keep}
    out["__grave"] = pa.array([row in grave for row in range(table.num_rows)], pa.bool_())
    for name in program.fields:
        if name in columns:
            out[name] = pa.array(clean[name], pa.string())
            out[name + RAW] = pa.array(texts[name], pa.string())
    checked = folder / "checked.parquet"
    pq.write_table(pa.table(out), checked)
    return {"rows": table.num_rows, "groups": _groups(program, faults), "found": faults,
            "checked": checked}  # fmt: skip


def chosen(
    faults: Sequence[Fault],
    severities: Collection[Severity],
    rows: Collection[int] | None,
    limit: int | None,
) -> Iterator[Fault]:
    """Those of all faults that were asked for."""
    left = limit
    for fault in faults:
        if fault.severity not in severities or (rows is not None and fault.row not in rows):
            continue
        if left is not None:
            if left <= 0:
                return
            left -= 1
        yield fault


def _groups(program: Program, faults: Sequence[Fault]) -> tuple[FaultGroup, ...]:
    """Faults counted, in the order of the rules; repeated rows last."""
    order = {(rule.field, rule.code, rule.severity): n for n, rule in enumerate(program.rules)}
    rows: dict[tuple[str, str, Severity], list[int]] = {}
    for fault in faults:
        rows.setdefault((fault.field, fault.code, fault.severity), []).append(fault.row)
    keys = sorted(rows, key=lambda key: order.get(key, len(order)))
    return tuple(FaultGroup(*key, len(rows[key]), tuple(rows[key][:FIRST_ROWS])) for key in keys)
