"""Working days between a decision and its arrival 报送时限."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from chengxin.catalogue.values import Item
from chengxin.policy.errors import BeyondCalendar, ParameterNotInForce
from chengxin.policy.values import Rulebook

DEADLINE = "reporting_deadline"


def deadline_of(item: Item, decided_on: date, book: Rulebook) -> int | None:
    """Working days the item leaves for reporting a decision of that day; None if no rule says.

    Law: the parameter the item names as its `reporting_deadline`.
    """
    name = item.parameters.get(DEADLINE)
    if name is None:
        return None
    try:
        return int(book.on(decided_on, name).value)
    except ParameterNotInForce:
        return None


@dataclass
class Clock:
    """Working days counted once per pair of days, however many rows share it."""

    book: Rulebook
    _taken: dict[tuple[date, date], int | None] = field(default_factory=dict)

    def taken(self, decided_on: date, received_on: date) -> int | None:
        """Working days from the day after the decision; None beyond the calendar."""
        key = decided_on, received_on
        if key not in self._taken:
            try:
                days = self.book.calendar.working_days_between(decided_on, received_on)
            except BeyondCalendar:
                days = None
            self._taken[key] = days
        return self._taken[key]

    def due_on(self, item: Item, decided_on: date) -> date | None:
        """The last day a decision may be reported; None where the rulebook cannot say."""
        allowed = deadline_of(item, decided_on, self.book)
        if allowed is None:
            return None
        try:
            return self.book.calendar.add_working_days(decided_on, allowed)
        except BeyondCalendar:
            return None


def timed(
    item: Item, arrivals: Iterable[tuple[date, date, int]], clock: Clock
) -> Mapping[str, int]:
    """`on_time`, `late` and `untimed` of (decided_on, received_on, how many)."""
    found = {"on_time": 0, "late": 0, "untimed": 0}
    for decided_on, received_on, rows in arrivals:
        allowed = deadline_of(item, decided_on, clock.book)
        taken = clock.taken(decided_on, received_on)
        if allowed is None or taken is None:
            found["untimed"] += rows
        else:
            found["late" if taken > allowed else "on_time"] += rows
    return found
