"""The only reader of the clock. Rules and values are given their dates and never ask."""

from datetime import date, datetime

from chengxin.kernel.zone import SHANGHAI

__all__ = ["SHANGHAI", "now", "today"]


def now() -> datetime:
    """This moment, aware, in the time of the whole country 北京时间."""
    return datetime.now(SHANGHAI)  # noqa: TID251 – the one place that may


def today() -> date:
    """The calendar day it is in China, wherever the server stands."""
    return now().date()
