"""Looks no business explains, from the looks and the log of acts, for the auditor of the log."""

from bisect import insort
from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from chengxin.audit.queries import acts_on
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI
from chengxin.looks.queries import by_officers
from chengxin.policy.errors import BeyondCalendar
from chengxin.policy.values import Rulebook
from chengxin.register.queries import units_of
from chengxin.rights.rules.snooping import Limits, Seen, Sign, flagged

AUDIT = "audit.read"


def limits(on: date, book: Rulebook) -> Limits:
    """The rulebook's numbers of a day."""
    names = Limits.__dataclass_fields__
    return Limits(**{name: int(book.on(on, f"snooping.{name}").value) for name in names})


def suspicious(
    *, since: datetime, until: datetime, by: Actor, on: date, book: Rulebook
) -> list[tuple[Seen, tuple[Sign, ...]]]:
    """Looks between two moments that stand out, each with why. Raises: `NotPermitted`."""
    by.require(AUDIT)
    looks = list(by_officers(since, until))
    owners = units_of({one.record for one in looks if one.record})
    acts: dict[tuple[str, UUID], list[datetime]] = defaultdict(list)
    for login, target, at in acts_on(since, until):
        insort(acts[login, target], at)
    seen = (
        Seen(
            id=one.id,
            at=one.at.astimezone(SHANGHAI),
            login=one.login,
            unit=one.unit,
            subject=one.subject,
            record=one.record,
            sensitive=one.sensitive,
            owner=owners.get(one.record, "") if one.record else "",
        )
        for one in looks
        if one.unit
    )

    def rests(day: date) -> bool:
        try:
            return not book.calendar.is_working_day(day)
        except BeyondCalendar:
            return False

    found = flagged(seen, acts, limits(on, book), rests=rests)
    return sorted(found, key=lambda pair: pair[0].at, reverse=True)
