"""How entries and measures stand, on a day, as known at a moment."""

from chengxin.measures.models import EntryEvent, ListEntry, MeasureCase, MeasureEvent
from chengxin.measures.queries.entries import entries, entry, entry_behind, life_of, standing
from chengxin.measures.queries.executions import (
    MeasureView,
    acting_on,
    measure,
    measures,
    measures_of,
    viewed,
)

__all__ = [
    "EntryEvent",
    "ListEntry",
    "MeasureCase",
    "MeasureEvent",
    "MeasureView",
    "acting_on",
    "entries",
    "entry",
    "entry_behind",
    "life_of",
    "measure",
    "measures",
    "measures_of",
    "standing",
    "viewed",
]
