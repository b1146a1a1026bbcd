"""Which cases there are, for whom; one that is not the reader's is as if it were not."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from chengxin.casework.errors import UnknownCase
from chengxin.casework.models import Case
from chengxin.casework.values import Turn
from chengxin.kernel.actor import Actor
from chengxin.subjects.queries import family

READ, FILE = "casework.read", "casework.file"


def speaks(by: Actor, subject: UUID) -> bool:
    """Whether an actor speaks for a subject, or for one body with it."""
    return any(by.may_for(FILE, one) for one in family(subject))


def queue(*, by: Actor, state: str = "open") -> QuerySet[Case]:
    """The cases an officer's unit or centre sees. Raises: `NotPermitted`.

    `state`: `open`, or `closed`. Whose turn it is stands in each.
    """
    by.require(READ, unit=by.unit)
    rows = Case.objects.select_related("record", "subject").filter(open=state == "open")
    rows = rows.order_by("due_on", "filed_at")
    return rows if by.may(READ, unit="") else rows.filter(unit=by.unit)


def waiting(*, by: Actor) -> QuerySet[Case]:
    """Those in which it is this officer's side's turn."""
    rows = queue(by=by)
    if by.may(READ, unit=""):
        return rows.filter(Q(turn=Turn.CENTRE.value) | Q(turn=Turn.SOURCE.value, unit=by.unit))
    return rows.filter(turn=Turn.SOURCE.value)


def case_for(number: str, *, by: Actor) -> Case:
    """One case, for an officer of its unit or the subject it is of. Raises: `UnknownCase`."""
    rows = Case.objects.select_related("record", "subject")
    found = rows.filter(number=number).first()
    if found is None or not (by.may(READ, found.unit) or speaks(by, found.subject_id)):
        raise UnknownCase(asked=number)
    return found


def of_subject(subject: UUID, *, by: Actor) -> QuerySet[Case]:
    """A subject's own cases, newest first. Raises: `NotPermitted`."""
    by.require_for(FILE, subject)
    rows = Case.objects.select_related("record").filter(subject_id__in=family(subject))
    return rows.order_by("-filed_at")


def cases_of(record_id: UUID, *, by: Actor) -> list[Case]:
    """The cases about a record that the reader may see, oldest first."""
    rows = Case.objects.filter(record_id=record_id).order_by("filed_at")
    return [one for one in rows if by.may(READ, one.unit) or speaks(by, one.subject_id)]


def granted(number: str) -> Case | None:
    """A repair that was granted and stands, by its number; for the public proof of it."""
    return Case.objects.filter(number=number, kind="repair", state="granted").first()


def open_of(records: Collection[UUID], kind: str) -> dict[UUID, Case]:
    """The open case of a kind about each of many records."""
    rows = Case.objects.filter(record_id__in=records, kind=kind, open=True)
    return {one.record_id: one for one in rows if one.record_id}
