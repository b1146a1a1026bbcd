"""The working-day calendar 工作日历: as the State Council's yearly notices fix it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chengxin.policy.errors import BeyondCalendar

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


@dataclass(frozen=True)
class CalendarYear:
    """One year: weekdays that are off, and weekend days that are worked (调休)."""

    year: int
    off: frozenset[date]
    working: frozenset[date]
    notice: str
    status: str = "confirmed"


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days 工作日 of the years whose notice is loaded; no guess beyond them.

    Law: the State Council's yearly holiday notices; counting from the day after the
    event, 民法典 第二百零一条.
    """

    years: Mapping[int, CalendarYear]

    @property
    def first_year(self) -> int:
        """The first year the calendar knows."""
        return min(self.years)

    @property
    def last_year(self) -> int:
        """The last year the calendar knows."""
        return max(self.years)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day. Raises: `BeyondCalendar`."""
        year = self.years.get(day.year)
        if year is None:
            raise BeyondCalendar(day=day, first=self.first_year, last=self.last_year)
        if day.weekday() >= SATURDAY:
            return day in year.working
        return day not in year.off

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; day one is the day after.

        With 0, `day` itself. Raises: `BeyondCalendar`, `ValueError` if count is negative.
        """
        if count < 0:
            raise ValueError(count)
        left = count
        current = day
        while left:
            current += ONE_DAY
            left -= self.is_working_day(current)
        return current

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if end is earlier.

        So `working_days_between(d, add_working_days(d, n)) == n`. Raises: `BeyondCalendar`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)
