"""Values of the rulebook: what other rooms hold in their hands."""

from chengxin.policy.values.calendar import CalendarYear, WorkingCalendar
from chengxin.policy.values.codelists import CodeEntry, CodeList, Site, Unit
from chengxin.policy.values.consequences import (
    BusinessKind,
    Consequences,
    CreditList,
    Effect,
    Function,
    MadeBy,
    Measure,
    Nature,
)
from chengxin.policy.values.gate import Gate
from chengxin.policy.values.parameters import DatedValue, Parameter
from chengxin.policy.values.proposals import Proposal
from chengxin.policy.values.rulebook import (
    Article,
    Prohibition,
    RawItem,
    Role,
    Rulebook,
    Scenario,
    basis_of,
)

__all__ = [
    "Article",
    "BusinessKind",
    "CalendarYear",
    "CodeEntry",
    "CodeList",
    "Consequences",
    "CreditList",
    "DatedValue",
    "Effect",
    "Function",
    "Gate",
    "MadeBy",
    "Measure",
    "Nature",
    "Parameter",
    "Prohibition",
    "Proposal",
    "RawItem",
    "Role",
    "Rulebook",
    "Scenario",
    "Site",
    "Unit",
    "WorkingCalendar",
    "basis_of",
]
