"""The tables: list entries, measures, and what happened to them."""

from chengxin.measures.models.entries import EntryEvent, ListEntry
from chengxin.measures.models.executions import MeasureCase, MeasureEvent

__all__ = ["EntryEvent", "ListEntry", "MeasureCase", "MeasureEvent"]
