"""What those who watch over the data ask."""

from chengxin.oversight.queries.behind import behind
from chengxin.oversight.queries.reminders import reminders
from chengxin.oversight.queries.reports import report, trend, visible_units

__all__ = ["behind", "reminders", "report", "trend", "visible_units"]
