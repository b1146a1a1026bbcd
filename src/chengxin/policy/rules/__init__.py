"""Conditions as functions and as SQL: one meaning, two ways to ask."""

from chengxin.policy.rules.condition_sql import condition_sql, quoted
from chengxin.policy.rules.conditions import compile_condition

__all__ = ["compile_condition", "condition_sql", "quoted"]
