"""Rows somebody has to look at, written many at a time."""

import json
from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
from django.db import connection

from chengxin.intake.models import Row
from chengxin.kernel.copying import copy_into, hexadecimal

_TEXTS: Final = ("received", "values", "faults", "amended", "evidence")
_SCHEMA: Final = pa.schema(
    [
        ("batch_id", pa.string()),
        ("number", pa.int64()),
        ("state", pa.string()),
        ("sealed", pa.string()),
        ("subject", pa.string()),
        ("record", pa.string()),
        *((name, pa.string()) for name in _TEXTS),
    ]
)


def store(rows: Sequence[Row]) -> None:
    """Write new rows by COPY, in the caller's transaction; they are not told their ids."""
    table = pa.Table.from_pylist([_cells(row) for row in rows], _SCHEMA)
    with connection.cursor() as cursor:
        copy_into(cursor, Row._meta.db_table, table)  # noqa: SLF001


def _cells(row: Row) -> dict[str, Any]:
    return {
        "batch_id": str(row.batch_id),
        "number": row.number,
        "state": str(row.state),
        "sealed": hexadecimal(bytes(row.sealed)) if row.sealed else None,
        "subject": str(row.subject) if row.subject else None,
        "record": str(row.record) if row.record else None,
        **{name: json.dumps(getattr(row, name), ensure_ascii=False) for name in _TEXTS},
    }
