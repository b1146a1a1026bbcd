"""Working days between a decision and its arrival 报送时限."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from chengxin.catalogue.values import Item
from chengxin.policy.errors import BeyondCalendar, ParameterNotInForce
from chengxin.policy.values import Rulebook

DEADLINE = "reporting_deadline"
ONE_DAY = timedelta(days=1)


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
    _due: dict[tuple[str, date], date | None] = field(default_factory=dict)

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
        key = item.code, decided_on
        if key not in self._due:
            self._due[key] = self._count_on(item, decided_on)
        return self._due[key]

    def _count_on(self, item: Item, decided_on: date) -> date | None:
        allowed = deadline_of(item, decided_on, self.book)
        if allowed is None:
            return None
        try:
            return self.book.calendar.add_working_days(decided_on, allowed)
        except BeyondCalendar:
            return None


@dataclass(frozen=True)
class Schedule:
    """For each day of decision, the first day on which a report of it is late.

    The day after the last in time is the next *working* day: what comes on the weekend between
    is still on time. Days no rule or calendar reaches are not there; a decision whose lateness
    would begin beyond the calendar is on time as far as the calendar goes.
    """

    late_from: Mapping[date, date]


def schedule_of(parameter: str, book: Rulebook) -> Schedule:
    """The schedule of a reporting deadline, over all years of the calendar."""
    calendar = book.calendar
    first, last = date(calendar.first_year, 1, 1), date(calendar.last_year, 12, 31)
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    working = [day for day in days if calendar.is_working_day(day)]
    found: dict[date, date] = {}
    for day in days:
        try:
            allowed = int(book.on(day, parameter).value)
        except ParameterNotInForce:
            continue
        at = bisect_right(working, day) + allowed
        found[day] = working[at] if at < len(working) else date.max
    return Schedule(found)


def within(day: date, book: Rulebook) -> date | None:
    """The day, or None if the calendar does not reach it."""
    return day if book.calendar.first_year <= day.year <= book.calendar.last_year else None
