"""Every organisation, for what goes over all of them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from chengxin.kernel.copying import copy_out
from chengxin.subjects.models import Subject
from chengxin.subjects.queries.families import mains
from chengxin.subjects.values import SubjectKind

AT_ONCE = 5_000


class Listed(NamedTuple):
    """An organisation or sole trader, by what a model may ask of it."""

    id: UUID
    kind: str
    division: str
    industry: str
    registered_on: date | None


def listed(
    *, known: datetime, only: UUID | None = None, among: Collection[UUID] | None = None
) -> Iterator[Listed]:
    """All organisations and sole traders, each body once; or some of them. Never a person."""
    rows = Subject.objects.exclude(kind=SubjectKind.NATURAL_PERSON).filter(created_at__lte=known)
    rows = rows.filter(id=only) if only else rows
    rows = rows.filter(id__in=among) if among is not None else rows
    names = ("id", "kind", "division", "industry", "registered_on")
    waiting: list[Listed] = []
    for row in rows.order_by("id").values_list(*names).iterator(chunk_size=AT_ONCE):
        waiting.append(Listed(*row))
        if len(waiting) == AT_ONCE:
            yield from _bodies(waiting, known)
            waiting = []
    yield from _bodies(waiting, known)


def copy_listed(target: Path, *, known: datetime) -> None:
    """Write all organisations and sole traders into a file, merged ones too; never a person.

    The columns of `Listed`; who is merged into whom, `standing_mains` tells.
    """
    query = (
        "SELECT id, kind, division, industry, registered_on FROM subjects_subject"
        " WHERE kind <> 'natural_person' AND created_at <= %(known)s"
    )
    with connection.cursor() as cursor:
        copy_out(cursor, query, {"known": known}, target)


def _bodies(rows: list[Listed], known: datetime) -> Iterator[Listed]:
    leads = mains((row.id for row in rows), known=known)
    return (row for row in rows if leads[row.id] == row.id)
