"""When a channel runs: every so many minutes or hours, or at a time of day; and how it waits."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from chengxin.intake.channels.refusals import BadDeclaration
from chengxin.kernel.zone import SHANGHAI

_EVERY = re.compile(r"([1-9]\d{0,3})([mh])", re.ASCII)
_DAILY = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_LONGEST_WAIT = timedelta(hours=1)
_DAY = timedelta(days=1)
MOST_DOUBLINGS = 6


@dataclass(frozen=True)
class Schedule:
    """Either `every` a period or `daily` at a time of day in China."""

    every: timedelta | None
    daily: time | None

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """`5m`, `2h` or `02:30`. Raises: `BadDeclaration`."""
        if found := _EVERY.fullmatch(text):
            count, unit = int(found[1]), found[2]
            period = timedelta(minutes=count) if unit == "m" else timedelta(hours=count)
            if period <= _DAY:
                return cls(period, None)
        if found := _DAILY.fullmatch(text):
            return cls(None, time(int(found[1]), int(found[2])))
        raise BadDeclaration(
            part="schedule",
            problem="应为“5m”（每5分钟）、“2h”（每2小时，最长24小时）或“02:30”（每天该时刻）",
            problem_en="say 5m (minutes), 2h (hours, at most 24) or 02:30 (every day at that time)",
        )

    def after(self, moment: datetime) -> datetime:
        """The first run later than `moment`, at the beginning of a minute, as the worker looks."""
        if self.every is not None:
            return (moment + self.every).replace(second=0, microsecond=0)
        local = moment.astimezone(SHANGHAI)
        at = self.daily or time(0)
        due = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return due if due > local else due + _DAY


def wait_after(failures: int) -> timedelta:
    """How long a channel rests after so many failures in a row: 1, 2, 4 … 60 minutes."""
    return min(timedelta(minutes=2 ** min(failures - 1, MOST_DOUBLINGS)), _LONGEST_WAIT)
