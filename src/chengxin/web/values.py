"""What the public pages are made of: plain values, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from chengxin.catalogue.values import Item
from chengxin.publication.values import PublicFact
from chengxin.subjects.values import SubjectView

LISTED_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "permit": ("document_number", "document_title", "permit_kind", "decided_on", "valid_until"),
    "penalty": ("document_number", "breach_kind", "penalty_kind", "fine_yuan", "decided_on"),
}
"""Columns of an item's table; everything else of a fact is shown when it is opened."""

LISTED_BY_DEFAULT: Final = 5
"""Columns for an item without a choice of its own: its first narrow fields."""


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
        return tuple(narrow[:LISTED_BY_DEFAULT])


@dataclass(frozen=True)
class OrganisationPage:
    """One organisation as it was public on a day, with what the page says about that day."""

    subject: SubjectView
    groups: tuple[FactGroup, ...]
    on: date
    today: date

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
