"""A directory: who is known, as files that whole batches are matched against."""

from pathlib import Path
from typing import Final

from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.values import Directory

_EXPORTS: Final = {
    "known": (
        "SELECT id, kind, encode(sealed_name, 'hex') FROM subjects_subject",
        {"id": "UUID", "kind": "VARCHAR", "sealed": "VARCHAR"},
        "SELECT id, kind, unhex(sealed) AS sealed FROM {csv}",
    ),
    "called": (
        "SELECT subject_id, normalised, is_current FROM subjects_subjectname",
        {"id": "UUID", "name": "VARCHAR", "current": "BOOLEAN"},
        "FROM {csv}",
    ),
    "coded": (
        "SELECT subject_id, kind, lookup FROM subjects_identifier",
        {"id": "UUID", "kind": "VARCHAR", "code": "VARCHAR"},
        "FROM {csv}",
    ),
}


def directory(folder: Path) -> Directory:
    """Who is known now, as files in `folder`; streamed, so a large city needs little memory.

    All three tables are read in the caller's transaction; ask inside one that sees one state.
    Names of persons leave the database sealed, and their numbers as the keyed digests they are.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        for name, (select, _, _) in _EXPORTS.items():
            with (
                (folder / f"{name}.csv").open("wb") as file,
                cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)") as copy,
            ):
                for data in copy:
                    file.write(data)
    with opened(folder) as duck:
        for name, (_, columns, select) in _EXPORTS.items():
            csv = (
                f"read_csv({quoted(folder / f'{name}.csv')}, columns = {columns}, header = false, "
                "delim = ',', quote = '\"', escape = '\"', auto_detect = false, nullstr = '')"
            )
            duck.execute(f"CREATE VIEW {name} AS {select.format(csv=csv)}")
        made = write(duck, folder)
    for name in _EXPORTS:
        (folder / f"{name}.csv").unlink()
    return made
