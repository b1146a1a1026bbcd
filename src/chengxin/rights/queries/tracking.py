"""The tracker of looks 查看记录: for the subject itself; a merge takes them along."""

from collections import Counter
from datetime import date, datetime, time
from uuid import UUID

from chengxin.kernel.clock import SHANGHAI
from chengxin.kernel.dates import add_months
from chengxin.looks import queries as kept
from chengxin.looks.values import LookView
from chengxin.rights.errors import UnknownLook
from chengxin.subjects.queries import family

MONTHS = 12


def looks(subject: UUID, *, own: bool = False, limit: int = 50, offset: int = 0) -> list[LookView]:
    """A page of looks, newest first; `own`: with those made on the subject's behalf."""
    return kept.looks_at(family(subject), own=own, limit=limit, offset=offset)


def look_count(subject: UUID, *, own: bool = False) -> int:
    """How many looks there are."""
    return kept.rows_at(family(subject), own=own).count()


def one_look(look_id: UUID, subject: UUID) -> LookView:
    """One look at that subject. Raises: `UnknownLook`."""
    found = kept.one(look_id)
    if found is None or found.subject not in family(subject):
        raise UnknownLook
    return found


def statistics(subject: UUID, *, on: date) -> dict[str, Counter[str]]:
    """Looks of the last twelve months counted by unit and by purpose; never a score."""
    since = datetime.combine(add_months(on, -MONTHS), time.min, tzinfo=SHANGHAI)
    return kept.counted(family(subject), since=since)
