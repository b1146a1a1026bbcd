"""New subjects by COPY: the one place that writes subjects, names and identifiers."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

import pyarrow as pa
from django.db import connection

from chengxin.access.queries import sealer
from chengxin.kernel.copying import copy_into, hexadecimal
from chengxin.kernel.text import normalise_name
from chengxin.kernel.uuids import time_ordered
from chengxin.subjects.models import (
    PUBLIC_ID_ALPHABET,
    PUBLIC_ID_LENGTH,
    Identifier,
    Subject,
    SubjectName,
)
from chengxin.subjects.rules.indexing import Found, found_by

# A byte has eight times as many values as the alphabet has letters, so every letter is as likely.
_LETTERS: Final = (PUBLIC_ID_ALPHABET * 8).encode()

_SUBJECT: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "public_id", "kind", "name")),
        *((name, pa.string()) for name in ("sealed_name", "sealed_representative", "status")),
        *((name, pa.string()) for name in ("division", "industry", "address")),
        ("registered_on", pa.date32()),
        *((name, pa.string()) for name in ("branch_of_id", "origin")),
        ("created_at", pa.timestamp("us", tz="UTC")),
    ]
)
_NAME: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("subject_id", "text", "normalised")),
        ("is_current", pa.bool_()),
        *((name, pa.string()) for name in Found._fields),
    ]
)
_IDENTIFIER: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("subject_id", "kind", "lookup", "sealed", "verdict")),
        ("publishable", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class NewIdentifier:
    """An identifier of a new subject; `sealed` is the number of a person."""

    kind: str
    lookup: str
    verdict: str
    publishable: bool
    sealed: bytes | None = None


@dataclass(slots=True)
class NewSubject:
    """A subject to be written. Of a natural person only `kind` and `sealed_name` are given."""

    id: UUID
    kind: str
    origin: str
    identifiers: Sequence[NewIdentifier]
    name: str = ""
    sealed_name: bytes | None = None
    representative: str = ""
    status: str = ""
    division: str = ""
    industry: str = ""
    address: str = ""
    registered_on: date | None = None
    branch_of: UUID | None = None
    former_names: Sequence[str] = field(default=())


def write_subjects(new: Sequence[NewSubject], *, at: datetime) -> None:
    """Append subjects with their names and identifiers, in the caller's transaction.

    The database refuses an identifier that somebody has already.
    """
    subjects = zip(new, public_ids(len(new)), strict=True)
    tables = (
        (Subject, _SUBJECT, (_subject(one, code, at) for one, code in subjects)),
        (SubjectName, _NAME, (row for one in new for row in _names(one))),
        (Identifier, _IDENTIFIER, (row for one in new for row in _identifiers(one))),
    )
    with connection.cursor() as cursor:
        for model, schema, rows in tables:
            copy_into(cursor, model._meta.db_table, _table(schema, rows))  # noqa: SLF001


def new_ids(count: int, at: datetime) -> list[UUID]:
    """Identifiers in the order they are to be read in."""
    return sorted((time_ordered(at) for _ in range(count)), key=attrgetter("int"))


def public_ids(count: int) -> list[str]:
    """As many public identifiers as `models.new_public_id` would make, all at once."""
    letters = secrets.token_bytes(count * PUBLIC_ID_LENGTH).translate(_LETTERS).decode()
    return [
        letters[start : start + PUBLIC_ID_LENGTH]
        for start in range(0, len(letters), PUBLIC_ID_LENGTH)
    ]


def _table(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, kind.type) for values, kind in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _subject(new: NewSubject, public_id: str, at: datetime) -> tuple[Any, ...]:
    representative = sealer().seal(new.representative.encode()) if new.representative else None
    return (
        str(new.id),
        public_id,
        new.kind,
        new.name,
        hexadecimal(new.sealed_name),
        hexadecimal(representative),
        new.status,
        new.division,
        new.industry,
        new.address,
        new.registered_on,
        str(new.branch_of) if new.branch_of else None,
        new.origin,
        at,
    )


def _names(new: NewSubject) -> Iterator[tuple[Any, ...]]:
    subject, place = str(new.id), {"division": new.division, "industry": new.industry}
    current = ((new.name, True),) if new.name else ()
    for name, is_current in (*current, *((former, False) for former in new.former_names)):
        text = normalise_name(name)
        yield subject, name, text, is_current, *found_by(text, kind=new.kind, **place)


def _identifiers(new: NewSubject) -> Iterator[tuple[Any, ...]]:
    subject = str(new.id)
    for one in new.identifiers:
        sealed = hexadecimal(one.sealed)
        yield subject, one.kind, one.lookup, sealed, one.verdict, one.publishable
