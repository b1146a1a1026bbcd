"""What the public pages are made of: plain values, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from chengxin.catalogue.values import Item
from chengxin.policy.values.models import Grade, Model
from chengxin.publication.values import PublicFact
from chengxin.subjects.values import SubjectView

LISTED_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "permit": ("document_number", "document_title", "permit_kind", "decided_on", "valid_until"),
    "penalty": ("document_number", "breach_kind", "penalty_kind", "fine_yuan", "decided_on"),
}
"""Columns of an item's table; everything else of a fact is shown when it is opened."""

LISTED_BY_DEFAULT: Final = 5
"""Columns for an item without a choice of its own: its first narrow fields and its day."""

ALWAYS_SHOWN: Final = ("permit", "penalty")
"""Items whose absence is told with what was searched; the others are named together."""
DAY: Final = "decided_on"
LAST_COLUMNS: Final = frozenset(
    {"severity", "authority", "source", "authority_uscc", "source_uscc"}
)


@dataclass(frozen=True)
class FactGroup:
    """All facts of one catalogue item about one organisation, newest first."""

    item: Item
    facts: tuple[PublicFact, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields that are columns of the table."""
        if self.item.code in LISTED_FIELDS:
            return LISTED_FIELDS[self.item.code]
        narrow = [one.name for fact in self.facts[:1] for one in fact.fields if not one.wide]
        kept = narrow[:LISTED_BY_DEFAULT]
        if DAY in narrow and DAY not in kept:
            kept[-1] = DAY
        return tuple(name for name in kept if name not in LAST_COLUMNS) or tuple(kept)

    @property
    def with_severity(self) -> bool:
        """Whether the terms of the item depend on the severity of the act."""
        return any(fact.passport.severity for fact in self.facts) or self.item.code == "penalty"


@dataclass(frozen=True)
class Chapter:
    """The facts of one class of information 信息类别, item by item."""

    label: str
    label_en: str
    groups: tuple[FactGroup, ...]

    @property
    def count(self) -> int:
        """How many facts the class has."""
        return sum(len(group.facts) for group in self.groups)


@dataclass(frozen=True)
class ShownEvaluation:
    """An evaluation in effect as the public sees it: its model, its grade and its reasons."""

    model: Model
    grade: Grade
    points: int | None
    on: date
    factors: tuple[Mapping[str, Any], ...]
    digest: str

    @property
    def basis(self) -> tuple[str, ...]:
        """The law of the model."""
        return tuple(str(one) for one in self.model.basis)


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation as it was public on a day, with what the page says about that day.

    `without` are the open items that were searched and have nothing; `evaluations`, and the list
    `entries` with their measures, are told of today only.
    """

    subject: SubjectView
    chapters: tuple[Chapter, ...]
    without: tuple[Item, ...]
    on: date
    today: date
    evaluations: tuple[ShownEvaluation, ...] = ()
    entries: tuple[Any, ...] = ()

    @property
    def is_past(self) -> bool:
        """Whether the reader looks at an earlier day than today."""
        return self.on < self.today


@dataclass(frozen=True)
class HomeFigures:
    """What the home page counts, the latest facts of each item, and whose they are.

    `names`: subject id → (public identifier, name).
    """

    organisations: int
    records: int
    updated_on: date | None
    latest: tuple[FactGroup, ...]
    names: Mapping[UUID, tuple[str, str]]


@dataclass(frozen=True)
class Term:
    """How long a fact of one severity stays public, in calendar months; 0: not shown at all."""

    severity: str
    shortest_months: int
    longest_months: int


@dataclass(frozen=True)
class Terms:
    """The terms of publication 公示期 in force, with their basis."""

    rows: tuple[Term, ...]
    basis: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class Drawn:
    """An organisation that was drawn for inspection, in its place."""

    order: int
    public_id: str
    name: str
    tier: str
    tier_en: str


@dataclass(frozen=True)
class PlanLine:
    """An approved plan of inspections as the public sees it; counts only of draws open by then."""

    number: str
    title: str
    unit: str
    unit_en: str
    year: int
    matters: tuple[str, ...]
    basis: tuple[str, ...]
    approved_on: date
    tiers: tuple[tuple[str, str, int, int, int], ...]
    drawn: int
    done: int


@dataclass(frozen=True)
class DrawPage:
    """A draw for inspection as the public sees it; `drawn` is empty before its day.

    `state` is `committed`, `drawn` (not yet public), `public` or `abandoned`. `visits` counts who
    was drawn, also before they are named.
    """

    number: str
    unit: str
    unit_en: str
    matter: str
    population: str
    candidates: int
    state: str
    commitment: str
    committed_on: date
    source: str
    source_on: date
    public_from: date
    chance: str
    visits: int
    reason: str
    basis: tuple[str, ...]
    rates: tuple[tuple[str, str, int], ...]
    confirmed: bool
    drawn: tuple[Drawn, ...] = ()
