"""Appending records 入库: a few from a person's decision, or a million from a file."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from django.db import connection

from chengxin.access.queries import sealer
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.kernel.copying import copy_into, hexadecimal, repeated
from chengxin.register.models import EventKind, Record, RecordEvent
from chengxin.register.values import NewRecord

COLUMNS: Final = pa.schema(
    [
        ("id", pa.string()),
        ("item", pa.string()),
        ("subject", pa.string()),
        ("subject_kind", pa.string()),
        ("unit", pa.string()),
        ("natural_key", pa.string()),
        ("adverse", pa.bool_()),
        ("disclosure", pa.string()),
        ("decided_on", pa.date32()),
        ("document_number", pa.string()),
        ("batch", pa.string()),
        ("row", pa.int64()),
        ("file_sha256", pa.string()),
        ("link_evidence", pa.string()),
        ("facts", pa.string()),
        ("sealed", pa.string()),
        ("basis", pa.string()),
    ]
)
"""What `append_table` takes: `NewRecord` column by column. Identifiers and JSON are texts;
`sealed` is the sealed personal fields in hexadecimal (`copying.hexadecimal`), NULL for none."""

_OF_RECORD: Final = (
    "id", "item", "subject_kind", "unit", "natural_key", "adverse", "disclosure", "decided_on",
    "document_number", "batch", "row", "file_sha256", "link_evidence",
)  # fmt: skip


def append(*, new: Sequence[NewRecord], by: Actor, edition: str) -> int:
    """Append records with their first event 入库; the act that calls notes itself.

    The caller has made sure that no natural key is held already; the database refuses doubles.
    Returns: how many were written.
    """
    rows = [_as_row(one) for one in new]
    return append_table(table=pa.Table.from_pylist(rows, COLUMNS), by=by, edition=edition)


def append_table(*, table: pa.Table, by: Actor, edition: str) -> int:
    """Append records from a table of `COLUMNS`, by COPY; like `append` otherwise."""
    rows: int = table.num_rows
    moment = pa.repeat(pa.scalar(now(), pa.timestamp("us", tz="UTC")), rows)
    records = table.select(_OF_RECORD).append_column("subject_id", table["subject"])
    records = records.append_column("edition", repeated(edition, rows))
    events = pa.table(
        {
            "record_id": table["id"],
            "kind": repeated(EventKind.RECORDED.value, rows),
            "effective_on": table["decided_on"],
            "known_at": moment,
            "facts": table["facts"],
            "sealed": table["sealed"],
            "reason": repeated("", rows),
            "basis": table["basis"],
            "login": repeated(by.login, rows),
            "unit": table["unit"],
            "edition": repeated(edition, rows),
        }
    )
    with connection.cursor() as cursor:
        copy_into(cursor, Record._meta.db_table, records.append_column("recorded_at", moment))  # noqa: SLF001
        copy_into(cursor, RecordEvent._meta.db_table, events)  # noqa: SLF001
    return rows


def sealed_text(personal: Mapping[str, str]) -> str | None:
    """The personal fields of a record, sealed, as `COLUMNS` wants them."""
    if not personal:
        return None
    return hexadecimal(sealer().seal(canonical_json(dict(personal))))


def _as_row(one: NewRecord) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in COLUMNS.names if hasattr(one, name)}
    return plain | {
        "id": str(one.id),
        "subject": str(one.subject),
        "batch": str(one.batch),
        "link_evidence": canonical_json(dict(one.link_evidence)).decode(),
        "facts": canonical_json(dict(one.facts)).decode(),
        "sealed": sealed_text(one.personal),
    }
