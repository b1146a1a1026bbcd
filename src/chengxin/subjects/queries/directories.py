"""A directory: who is known, as files that whole batches are matched against."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pyarrow as pa

from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.values import Directory

AT_ONCE: Final = 2_000
"""Lines in one answer of the database: a message for each would cost more than making them."""

_EXPORTS: Final = {
    # table → its question, the column that names the subject, what stands in a line, columns, view
    "known": (
        "subjects_subject",
        "id",
        "id || ',' || kind || ',' || coalesce(encode(sealed_name, 'hex'), '')",
        {"id": "UUID", "kind": "VARCHAR", "sealed": "VARCHAR"},
        "SELECT id, kind, unhex(sealed) AS sealed FROM {csv}",
    ),
    "called": (
        "subjects_subjectname",
        "subject_id",
        """subject_id || ',"' || replace(normalised, '"', '""') || '",' || is_current""",
        {"id": "UUID", "name": "VARCHAR", "current": "BOOLEAN"},
        "FROM {csv}",
    ),
    "coded": (
        "subjects_identifier",
        "subject_id",
        """subject_id || ',' || kind || ',"' || replace(lookup, '"', '""') || '"'""",
        {"id": "UUID", "kind": "VARCHAR", "code": "VARCHAR"},
        "FROM {csv}",
    ),
}


def export(folder: Path) -> Directory:
    """Who is known now, as files in `folder`; streamed, so a large city needs little memory.

    The tables are read one after the other in the caller's transaction. Names of persons leave
    the database sealed, and their numbers as the keyed digests they are.
    """
    with opened(folder) as duck:
        tell(duck, folder)
        made = write(duck, folder)
    for name in _EXPORTS:
        (folder / f"{name}.csv").unlink()
    return made


def tell(duck: Any, folder: Path, *, only: Collection[UUID] | None = None) -> None:
    """`known`, `called`, `coded` and `merged` of all subjects, or `only` of some, in `duck`.

    The first three read files in `folder`, which are the caller's to delete.
    """
    from chengxin.subjects.queries.families import standing_mains

    for name, (table, column, line, columns, view) in _EXPORTS.items():
        file = folder / f"{name}.csv"
        _write_lines(f"SELECT {line} AS line FROM {table}", file, column, only)  # noqa: S608
        csv = (
            f"read_csv({quoted(file)}, columns = {columns}, header = false, "
            "delim = ',', quote = '\"', escape = '\"', auto_detect = false, nullstr = '')"
        )
        duck.execute(f"CREATE VIEW {name} AS {view.format(csv=csv)}")
    mains = standing_mains()
    merged = pa.table(
        {
            "id": pa.array([str(one) for one in mains], pa.string()),
            "main": pa.array([str(one) for one in mains.values()], pa.string()),
        }
    )
    duck.register("merges", merged)
    duck.execute("CREATE TABLE merged AS SELECT id::UUID AS id, main::UUID AS main FROM merges")
    duck.unregister("merges")


def _write_lines(select: str, file: Path, column: str, only: Collection[UUID] | None) -> None:
    from django.db import connection

    given = [] if only is None else [list(only)]
    if only is not None:
        select += f" WHERE {column} = ANY(%s)"
    together = f"""
        SELECT string_agg(line, E'\\n') FROM (
            SELECT line, (row_number() OVER ()) / {AT_ONCE} AS part FROM ({select}) AS one
        ) AS lines GROUP BY part
    """  # noqa: S608
    with file.open("w", encoding="utf-8", newline="") as out, connection.chunked_cursor() as cursor:
        cursor.execute(together, given)
        for (lines,) in cursor:
            out.write(lines)
            out.write("\n")
