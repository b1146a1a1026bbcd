"""Questions about looks."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from chengxin.looks.models import Look
from chengxin.looks.values import Decision, LookView, Via


def rows_at(subjects: Collection[UUID], *, own: bool) -> QuerySet[Look]:
    """Looks at any entry of one body, newest first; `own`: with those on its behalf."""
    rows = Look.objects.filter(subject__in=list(subjects)).order_by("-at", "-id")
    return rows if own else rows.exclude(via=Via.OWN)


def looks_at(
    subjects: Collection[UUID], *, own: bool = False, limit: int = 50, offset: int = 0
) -> list[LookView]:
    """A page of the tracker of looks."""
    return [view(row) for row in rows_at(subjects, own=own)[offset : offset + limit]]


def counted(subjects: Collection[UUID], *, since: datetime) -> dict[str, Counter[str]]:
    """How many looks there were since a moment, by unit and by purpose; counts, never a score."""
    rows = rows_at(subjects, own=False).filter(at__gte=since).values_list("unit", "purpose")
    found = {"unit": Counter[str](), "purpose": Counter[str]()}
    for unit, purpose in rows:
        found["unit"][unit] += 1
        found["purpose"][purpose] += 1
    return found


def by_officers(since: datetime, until: datetime) -> Iterator[LookView]:
    """All looks of officers between two moments, oldest first: for the detector of snooping."""
    rows = Look.objects.filter(at__gte=since, at__lt=until).exclude(via=Via.OWN).order_by("at")
    for row in rows.iterator(chunk_size=2000):
        yield view(row)


def one(look_id: UUID) -> LookView | None:
    """One look, for asking why."""
    row = Look.objects.filter(id=look_id).first()
    return view(row) if row is not None else None


def view(row: Look) -> LookView:
    """A look as its subject is told of it."""
    return LookView(
        id=row.id,
        subject=row.subject,
        at=row.at,
        login=row.login,
        name=row.name,
        unit=row.unit,
        via=Via(row.via),
        purpose=row.purpose,
        basis=row.basis,
        fields=tuple(row.fields),
        decision=Decision(row.decision),
        sensitive=row.sensitive,
        record=row.record,
    )
