"""Conditions 条件: what a model, a list or a measure asks of a fact, as a tree of typed tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FactKind(StrEnum):
    """What the text of a fact is read as."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"  # several codes, separated by ";"; one of them suffices
    DATE = "date"
    AMOUNT = "amount"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    RECORD = "record"  # the record itself: whether there is one


class Op(StrEnum):
    """The one test a condition puts to a fact."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BEFORE = "before"
    AFTER = "after"
    HELD = "held"
    WITHIN_MONTHS = "within_months"


NUMBERS: Final = frozenset({FactKind.AMOUNT, FactKind.INTEGER})
NAMED: Final = frozenset({FactKind.TEXT, FactKind.CODE, FactKind.CODES, FactKind.BOOLEAN})
FITTING: Final = {
    Op.IS: NAMED | {FactKind.INTEGER},
    Op.IS_NOT: NAMED | {FactKind.INTEGER},
    Op.IN: NAMED | {FactKind.INTEGER},
    Op.AT_LEAST: NUMBERS,
    Op.AT_MOST: NUMBERS,
    Op.BEFORE: frozenset({FactKind.DATE}),
    Op.AFTER: frozenset({FactKind.DATE}),
    Op.HELD: frozenset(FactKind),
    Op.WITHIN_MONTHS: frozenset({FactKind.DATE}),
}
"""Which kinds of fact a test can be put to."""


@dataclass(frozen=True)
class Test:
    """One test of one fact.

    `fact` is `item.field` (`penalty.severity`), `item` alone for the record itself, or
    `subject.division` for the organisation. `value` is always texts: one for a comparison,
    several for `in`, "true"/"false" for `held`, a number of months for `within_months`. `label`
    names the fact and `value_label` what it is compared with, in both languages.
    """

    __test__ = False  # no test of pytest's

    fact: str
    op: Op
    value: tuple[str, ...]
    kind: FactKind
    label: str = ""
    label_en: str = ""
    value_label: str = ""
    value_label_en: str = ""

    @property
    def item(self) -> str:
        """The item, or `subject`."""
        return self.fact.partition(".")[0]


@dataclass(frozen=True)
class All:
    """Holds when every part does."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Any:
    """Holds when one part does."""

    parts: tuple["Condition", ...]


Condition = All | Any | Test


@dataclass(frozen=True)
class Verdict:
    """Whether a condition holds, and a sentence that says so, for people."""

    holds: bool
    zh: str
    en: str


def every_test(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, from left to right."""
    if isinstance(condition, Test):
        yield condition
        return
    for part in condition.parts:
        yield from every_test(part)
