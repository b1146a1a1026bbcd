"""The kinds of all organisations, for acts over whole batches."""

from typing import Any, Final

import pyarrow as pa
from pyarrow import csv

_SELECT: Final = "SELECT id, kind FROM subjects_subject WHERE kind <> 'natural_person'"


def kinds_table() -> Any:
    """Id and kind of every organisation, as texts in an Arrow table; for a few use `kinds_of`."""
    from django.db import connection

    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({_SELECT}) TO STDOUT (FORMAT csv)") as copy,
    ):
        data = b"".join(bytes(piece) for piece in copy)
    texts = {"id": pa.string(), "kind": pa.string()}
    if not data:
        return pa.table({name: pa.array([], kind) for name, kind in texts.items()})
    return csv.read_csv(
        pa.py_buffer(data),
        csv.ReadOptions(column_names=list(texts)),
        convert_options=csv.ConvertOptions(column_types=texts),
    )
