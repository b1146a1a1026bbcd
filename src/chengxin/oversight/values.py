"""Months, counts, measures and figures: what a report on quality is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from chengxin.kernel.dates import add_months
from chengxin.law.values import Basis
from chengxin.oversight.errors import BadMonth

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month 统计月份; `first` is its first day."""

    first: date

    @classmethod
    def parse(cls, text: str, *, by: date) -> Self:
        """The month written `2026-10`, begun on day `by` at the latest. Raises: `BadMonth`."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError:
            raise BadMonth(asked=text) from None
        if first > by or len(text) != len("2026-10"):
            raise BadMonth(asked=text)
        return cls(first)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month a day lies in."""
        return cls(day.replace(day=1))

    @property
    def next_first(self) -> date:
        """The first day after it."""
        return add_months(self.first, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next_first - ONE_DAY

    def back(self, months: int) -> Self:
        """The month that many before."""
        return type(self)(add_months(self.first, -months))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Term:
    """One count in a formula, added or taken away."""

    count: str
    sign: int


@dataclass(frozen=True)
class Measure:
    """A measure of quality 质量指标: a share of two sums of declared counts, and its basis.

    `more_is_better` says which way is good; `month_of` by which date a row belongs to a month
    (`received_on` or `decided_on`); `ranks` whether units may be put in order by it;
    `full_marks` the percentage from which it counts as met by `marks_basis`, None where no rule
    sets one.
    """

    name: str
    label: str
    label_en: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    formula: str
    formula_zh: str
    formula_en: str
    more_is_better: bool
    month_of: str
    ranks: bool
    full_marks: int | None
    marks_basis: Basis | None
    least: int
    basis: Basis
    status: str
    note: str

    @property
    def counts(self) -> tuple[str, ...]:
        """The counts it is made of, numerator first."""
        return tuple(dict.fromkeys(t.count for t in (*self.numerator, *self.denominator)))


@dataclass(frozen=True)
class Figure:
    """A measure of one unit, item and month, or of a sum of them.

    `percent` is None when `why_none` says so: `nothing` (denominator 0), `few` (below the least),
    `contradiction` (more in the numerator than in the denominator: the counts do not agree).
    """

    measure: Measure
    numerator: int
    denominator: int
    percent: float | None
    why_none: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it reaches the threshold; None where there is none or nothing to compare."""
        if self.percent is None or self.measure.full_marks is None:
            return None
        return self.percent >= self.measure.full_marks


Counts = Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """The figures of one unit and item in a month; `aside` are counts beside the measures.

    `aside`: `corrected`, `revoked`, `differs`, `waiting` (rows waiting for a match), `untimed`
    (records whose deadline could not be counted), `returned` (rows of returned batches),
    `form` (1 if the monthly count was filed), `found` (decisions found elsewhere).
    """

    unit: str
    item: str
    month: Month
    counts: Counts
    aside: Counts
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Standing:
    """A unit's place in the order; `figures` over all its items. `place` 0: too few to rank."""

    unit: str
    place: int
    figures: Mapping[str, Figure]
    counts: Counts
    aside: Counts


@dataclass(frozen=True)
class Report:
    """The report on a month 月度质量报告, of one unit or of all."""

    month: Month
    made_on: date
    edition: str
    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]
    standings: tuple[Standing, ...]
    divisions: Mapping[str, Mapping[str, Figure]]
    city: Mapping[str, Figure]
    covered: int
    units: int
    silent: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Due:
    """Something that falls due 到期提醒: what, of whom, how many, when.

    `kind`: `faulty` (rows to mend), `awaiting_match` (rows whose subject is in doubt), `release`
    (a batch waiting for a reviewer), `count_form` (the monthly count). `days_left` counts working
    days; below 0 it is overdue. `about` is a batch number, or a month for the form.
    """

    kind: str
    unit: str
    item: str
    about: str
    rows: int
    due_on: date
    days_left: int
    basis: Basis

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days_left < 0


@dataclass(frozen=True)
class Behind:
    """One thing behind a count: an address in the workbench and what to say of it."""

    kind: str
    title: str
    link: tuple[str, tuple[Any, ...]] | None
    query: str = ""
    decided_on: date | None = None
    received_on: date | None = None
    working_days: int | None = None
    rows: int = 1
