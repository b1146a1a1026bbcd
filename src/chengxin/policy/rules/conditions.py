"""A condition as a function: facts and a day in, a verdict with its sentence out.

Facts are texts as the register keeps them: ISO dates, yuan, codes. What is missing, blank or not
readable as its kind meets no test but `held: false`: nobody is worse off for having no record.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from chengxin.kernel.dates import add_months
from chengxin.policy.values.conditions import All, Condition, FactKind, Op, Test, Verdict

Facts = Mapping[str, object]
Check = Callable[[Facts, date], Verdict]
Holds = Callable[[str | None, date], bool]

DAY: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
AMOUNT: Final = re.compile(r"-?[0-9]{1,20}([.][0-9]{1,6})?")
INTEGER: Final = re.compile(r"-?[0-9]{1,18}")

PHRASES: Final[Mapping[Op, tuple[str, str, str, str]]] = {
    Op.IS: ("为", "不是", "is", "is not"),
    Op.IS_NOT: ("不是", "为", "is not", "is"),
    Op.IN: ("为下列之一：", "不属于：", "is one of", "is none of"),
    Op.AT_LEAST: ("不低于", "低于", "is at least", "is below"),
    Op.AT_MOST: ("不超过", "超过", "is at most", "is above"),
    Op.BEFORE: ("早于", "不早于", "is before", "is not before"),
    Op.AFTER: ("晚于", "不晚于", "is after", "is not after"),
}


def compile_condition(condition: Condition) -> Check:
    """The function of a condition; compile once, ask often.

    It takes facts by their full name (`penalty.severity` → text) and the day asked about.
    """
    if isinstance(condition, Test):
        return _test(condition)
    checks = [compile_condition(part) for part in condition.parts]
    if isinstance(condition, All):
        return lambda facts, on: _joined([check(facts, on) for check in checks], every=True)
    return lambda facts, on: _joined([check(facts, on) for check in checks], every=False)


def _joined(verdicts: list[Verdict], *, every: bool) -> Verdict:
    """The reason is what decided: all that hold, or all that failed."""
    holds = all(one.holds for one in verdicts) if every else any(one.holds for one in verdicts)
    told = [one for one in verdicts if one.holds == holds] or verdicts
    return Verdict(holds, "；".join(one.zh for one in told), "; ".join(one.en for one in told))


def _test(test: Test) -> Check:
    holds = _holds(test)

    def check(facts: Facts, on: date) -> Verdict:
        found = facts.get(test.fact)
        text = None if found is None or found == "" else str(found)
        met = holds(text, on)
        return Verdict(met, *_sentence(test, text, met=met))

    return check


def _holds(test: Test) -> Holds:
    if test.op is Op.HELD:
        wanted = test.value[0] == "true"
        return lambda text, _: (text is not None) == wanted
    if test.op in (Op.IS, Op.IN, Op.IS_NOT):
        return _named(test)
    if test.kind is FactKind.DATE:
        return _dated(test)
    bound, read = Decimal(test.value[0]), _number(test.kind)
    if test.op is Op.AT_LEAST:
        return lambda text, _: (number := read(text)) is not None and number >= bound
    return lambda text, _: (number := read(text)) is not None and number <= bound


def _named(test: Test) -> Holds:
    values, negative = frozenset(test.value), test.op is Op.IS_NOT
    if test.kind is FactKind.CODES:
        return lambda text, _: text is not None and (values.isdisjoint(text.split(";")) == negative)
    if test.kind is FactKind.INTEGER:
        read, numbers = _number(test.kind), frozenset(map(Decimal, values))
        return lambda text, _: (
            (number := read(text)) is not None and ((number in numbers) != negative)
        )
    return lambda text, _: text is not None and (text in values) != negative


def _dated(test: Test) -> Holds:
    if test.op is Op.WITHIN_MONTHS:
        months = int(test.value[0])
        return lambda text, on: (
            (day := read_day(text)) is not None and (day <= on < _after(day, months))
        )
    bound = date.fromisoformat(test.value[0])
    if test.op is Op.BEFORE:
        return lambda text, _: (day := read_day(text)) is not None and day < bound
    return lambda text, _: (day := read_day(text)) is not None and day > bound


def _after(day: date, months: int) -> date:
    try:
        return add_months(day, months)
    except ValueError:
        return date.max


def read_day(text: str | None) -> date | None:
    """A day as the register writes it, or None."""
    if text is None or not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(kind: FactKind) -> Callable[[str | None], Decimal | None]:
    pattern = INTEGER if kind is FactKind.INTEGER else AMOUNT

    def read(text: str | None) -> Decimal | None:
        return Decimal(text) if text is not None and pattern.fullmatch(text) else None

    return read


def _sentence(test: Test, text: str | None, *, met: bool) -> tuple[str, str]:
    label, label_en = test.label or test.fact, test.label_en or test.fact
    if test.op is Op.HELD:
        there = (test.value[0] == "true") == met
        return (f"有{label}", f"{label_en}: held") if there else (
            f"没有{label}", f"{label_en}: not held"
        )  # fmt: skip
    if text is None:
        return f"“{label}”未载明", f"{label_en} is not stated"
    if test.op is Op.WITHIN_MONTHS:
        months = test.value[0]
        inside, outside = (f"在最近{months}个月内", f"不在最近{months}个月内")
        inside_en, outside_en = (
            f"within the last {months} months",
            f"outside the last {months} months",
        )
        return (
            f"“{label}”{inside if met else outside}",
            f"{label_en} lies {inside_en if met else outside_en}",
        )
    yes, no, yes_en, no_en = PHRASES[test.op]
    value, value_en = test.value_label or "、".join(test.value), test.value_label_en
    value_en = value_en or ", ".join(test.value)
    return (
        f"“{label}”{yes if met else no}{value}",
        f"{label_en} {yes_en if met else no_en} {value_en}",
    )
