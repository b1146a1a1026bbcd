"""Working days 工作日 counted fast: a running sum over the rulebook's calendar."""

from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from chengxin.policy.values import WorkingCalendar

REPORTING_DAYS: Final = 7
ONE_DAY: Final = timedelta(days=1)


class OfficeDays:
    """The calendar from `since` to `until`, both included, ready to be asked millions of times.

    Raises: `BeyondCalendar` when the rulebook's calendar does not reach that far.
    """

    def __init__(self, calendar: WorkingCalendar, since: date, until: date) -> None:
        self._first = since.toordinal()
        days = (date.fromordinal(n) for n in range(self._first, until.toordinal() + 1))
        self._upto = list(accumulate(int(calendar.is_working_day(day)) for day in days))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        return (
            self._upto[end.toordinal() - self._first] - self._upto[start.toordinal() - self._first]
        )

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return self.between(day - ONE_DAY, day) == 1

    def working_day(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def next_day(self, day: date, last: date) -> date:
        """The working day after `day`, or `last` if that comes first."""
        day += ONE_DAY
        while day < last and not self.is_working(day):
            day += ONE_DAY
        return min(day, last)

    def on_time_since(self, received_on: date) -> date:
        """The first decision day still on time (≤ 7 working days) for what is received then."""
        day = received_on
        while self.between(day - ONE_DAY, received_on) <= REPORTING_DAYS:
            day -= ONE_DAY
        return day
