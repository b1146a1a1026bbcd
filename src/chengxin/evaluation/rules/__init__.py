"""A model applied: to one organisation, to a whole table, and again from a kit."""

from chengxin.evaluation.rules.ending import ends_on, next_turn
from chengxin.evaluation.rules.judging import judge
from chengxin.evaluation.rules.kits import Difference, recompute
from chengxin.evaluation.rules.statements import COLUMNS, SUBJECT_COLUMNS, grades_sql

__all__ = [
    "COLUMNS",
    "SUBJECT_COLUMNS",
    "Difference",
    "ends_on",
    "grades_sql",
    "judge",
    "next_turn",
    "recompute",
]
