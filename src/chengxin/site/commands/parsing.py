"""Kinds of arguments that several commands take."""

from datetime import date, datetime

import click

from chengxin.kernel.clock import SHANGHAI


class Day(click.ParamType[date]):
    """A calendar day, YYYY-MM-DD."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error in both languages."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                f"“{value}”不是日期，请写成 2026-11-23 这样。 Not a date; write 2026-11-23.",
                param,
                ctx,
            )


class Moment(click.ParamType[datetime]):
    """A moment, ISO 8601; without an offset it is China's time."""

    name = "moment"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The aware moment, or a usage error in both languages."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"“{value}”不是时刻，请写成 2026-11-23T08:00。"
                " Not a moment; write 2026-11-23T08:00.",
                param,
                ctx,
            )
        return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)


DAY, MOMENT = Day(), Moment()
