"""Values of the rulebook: what other rooms hold in their hands."""

from chengxin.policy.values.calendar import CalendarYear, WorkingCalendar
from chengxin.policy.values.codelists import CodeEntry, CodeList, Site, Unit
from chengxin.policy.values.parameters import DatedValue, Parameter
from chengxin.policy.values.rulebook import Prohibition, RawItem, Role, Rulebook, Scenario

__all__ = [
    "CalendarYear",
    "CodeEntry",
    "CodeList",
    "DatedValue",
    "Parameter",
    "Prohibition",
    "RawItem",
    "Role",
    "Rulebook",
    "Scenario",
    "Site",
    "Unit",
    "WorkingCalendar",
]
