"""How entries and measures stand, on a day, as known at a moment."""

from chengxin.measures.models import EntryEvent, ListEntry, MeasureCase, MeasureEvent
from chengxin.measures.queries.entries import (
    entries,
    entries_stood,
    entry,
    entry_behind,
    life_of,
    standing,
)
from chengxin.measures.queries.executions import (
    MeasureView,
    acting_on,
    measure,
    measures,
    measures_about,
    measures_of,
    measures_stood,
    viewed,
)
from chengxin.measures.queries.in_force import StandingEntry, standing_entries

__all__ = [
    "EntryEvent",
    "ListEntry",
    "MeasureCase",
    "MeasureEvent",
    "MeasureView",
    "StandingEntry",
    "acting_on",
    "entries",
    "entries_stood",
    "entry",
    "entry_behind",
    "life_of",
    "measure",
    "measures",
    "measures_about",
    "measures_of",
    "measures_stood",
    "standing",
    "standing_entries",
    "viewed",
]
