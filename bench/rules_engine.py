"""A model of evaluation in a rules engine in common use, asked organisation by organisation.

ZEN (GoRules), an engine in Rust with a language of its own. A model of points becomes one compiled
expression: how many records meet each factor, capped, summed, kept between floor and ceiling. It
gets its facts as it likes them: days as whole numbers, only records in use.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import zen

from chengxin.policy.values.conditions import All, Condition, Op, Test
from chengxin.policy.values.conditions import Any as AnyOf
from chengxin.policy.values.models import Factor, Model

Context = dict[str, Any]


class Asked:
    """A model of points, compiled once."""

    def __init__(self, model: Model, on: date) -> None:
        self.model = model
        parts = [str(model.start), *(_points(one, on) for one in model.factors)]
        whole = f"max([{model.floor}, min([{model.ceiling}, {' + '.join(parts)}])])"
        self.expression = zen.compile_expression(whole)

    def grade(self, facts: Context) -> tuple[str, int]:
        """Grade and points of one organisation that the model covers."""
        points = int(self.expression.evaluate(facts))
        for one in self.model.grades:
            if one.at_least is not None and points >= one.at_least:
                return one.code, points
        raise AssertionError(points)


def context(rows: Sequence[Mapping[str, Any]], on: date) -> Context:
    """The records of one organisation that may be used on the day."""
    used = [
        {
            name: int(value.strftime("%Y%m%d")) if isinstance(value, date) else value
            for name, value in row.items()
            if value is not None and name != "subject"
        }
        for row in rows
        if row["since"] <= on and (row["until"] is None or on < row["until"])
    ]
    return {"facts": used}


def _points(factor: Factor, on: date) -> str:
    test = f'#.item == "{factor.clause.item}" and #.decided_on <= {on:%Y%m%d}'
    if factor.clause.when is not None:
        test += f" and ({_spelled(factor.clause.when)})"
    if factor.expires is not None:
        assert factor.expires.months is not None
        year, month = divmod(on.year * 12 + on.month - 1 - factor.expires.months, 12)
        test += f" and #.decided_on > {year * 10000 + (month + 1) * 100 + on.day}"
    counted = f"count(facts, {test}) * ({factor.points})"
    if factor.cap is None:
        return counted
    return f"max([{-factor.cap}, min([{factor.cap}, {counted}])])"


def _spelled(condition: Condition) -> str:
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        return word.join(f"({_spelled(part)})" for part in condition.parts)
    assert isinstance(condition, Test)
    name = "#." + condition.fact.partition(".")[2]
    if condition.op is Op.HELD:
        return f"{name} {'!=' if condition.value[0] == 'true' else '=='} null"
    values = ", ".join(f'"{one}"' for one in condition.value)
    if condition.op not in (Op.IS, Op.IN):
        raise NotImplementedError(condition.op)
    return f"{name} in [{values}]"
