"""Models of evaluation 评价模型: how facts about an organisation become a grade, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chengxin.law.values import CONFIRMED, Basis
from chengxin.policy.values.conditions import Condition


class ModelKind(StrEnum):
    """How a model comes to its grade."""

    POINTS = "points"  # running points 记分, bands of them are grades
    CASES = "cases"  # the first case that holds gives the grade
    PUBLISHED = "published"  # the authority's own published grade, taken as it is


class ModelSubject(StrEnum):
    """Whom a model may evaluate. There is no third: no natural person, ever (charter 1)."""

    ORGANISATION = "organisation"
    SOLE_TRADER = "sole_trader"  # in its business 个体工商户的经营


@dataclass(frozen=True)
class Clause:
    """Records of an item that meet a condition; without an item, the organisation itself."""

    item: str = ""
    when: Condition | None = None


@dataclass(frozen=True)
class Expiry:
    """When a record stops counting: months after its decision, or after the day in a field."""

    months: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Factor:
    """One reason for a grade 评价因素: records of an item that meet a condition.

    In a model of points each counts `points` (never 0), together at most `cap` either way; in a
    model of cases one of them gives `grade`.
    """

    code: str
    label: str
    label_en: str
    clause: Clause
    basis: Basis
    points: int = 0
    grade: str = ""
    expires: Expiry | None = None
    cap: int | None = None
    status: str = CONFIRMED

    @property
    def confirmed(self) -> bool:
        """Whether both the value and its law have been read."""
        return self.status == CONFIRMED and self.basis.status == CONFIRMED


@dataclass(frozen=True)
class Effect:
    """What a law attaches to a grade: declared here, carried out by who the law names."""

    code: str
    label: str
    label_en: str
    basis: Basis
    value: str = ""
    unit: str = ""
    status: str = CONFIRMED


@dataclass(frozen=True)
class Grade:
    """A grade 等级, best first in its model. `at_least` is its lowest number of points."""

    code: str
    label: str
    label_en: str
    adverse: bool
    at_least: int | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Model:
    """A model of evaluation 评价模型.

    `covers` says whom: any clause suffices; empty, every subject of its kinds. `otherwise` is the
    grade of who has nothing that counts ("" in a published model: then there is no grade).
    `until` is the first day it no longer applies, its law's end included.
    """

    code: str
    label: str
    label_en: str
    kind: ModelKind
    subject_kinds: tuple[ModelSubject, ...]
    decided_by: str
    public: bool
    since: date
    until: date | None
    basis: tuple[Basis, ...]
    grades: tuple[Grade, ...]
    factors: tuple[Factor, ...] = ()
    covers: tuple[Clause, ...] = ()
    start: int = 0
    floor: int = 0
    ceiling: int = 0
    otherwise: str = ""
    status: str = CONFIRMED
    note: str = ""
    note_en: str = ""
    data: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)

    def in_force(self, day: date) -> bool:
        """Whether it applies on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def grade(self, code: str) -> Grade:
        """The grade of that code. Raises: `KeyError`."""
        for one in self.grades:
            if one.code == code:
                return one
        raise KeyError(code)

    def rank(self, code: str) -> int:
        """The place of a grade, best first, from 0; behind them all if it is not of this model."""
        codes = [one.code for one in self.grades]
        return codes.index(code) if code in codes else len(codes)

    @property
    def confirmed(self) -> bool:
        """Whether every value and every law of it has been read."""
        laws = all(one.status == CONFIRMED for one in self.basis)
        return self.status == CONFIRMED and laws and all(one.confirmed for one in self.factors)

    @property
    def items(self) -> tuple[str, ...]:
        """The catalogue items it reads, sorted."""
        clauses = (*self.covers, *(one.clause for one in self.factors))
        return tuple(sorted({one.item for one in clauses if one.item}))
