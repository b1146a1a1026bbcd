"""What a simulation says, and what a report is made of: plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

FORMAT: Final = "chengxin-simulation/1"
REPORT: Final = "report.json"
PAGE: Final = "report.html"
OFFICERS_COPY: Final = "officers-copy.html"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
FILES: Final = (REPORT, PAGE, OFFICERS_COPY)

SHARES: Final = "simulation.harm_shares"
COUNTS: Final = "simulation.harm_counts"
VALIDITY: Final = "simulation.report_validity"
LINES: Final = "harm_line"

SIMULATE: Final = "rulebook.simulate"
RELEASE: Final = "rulebook.release"
OVERRULE: Final = "rulebook.overrule"
ADOPT: Final = "rulebook.adopt"


@dataclass(frozen=True)
class Line:
    """One line of the harm budget 伤害预算: its limit, what was found, and a sentence.

    `unit` is "percent" or "items"; `found` is a count, `of` the whole of a share (0: no share);
    `where` is the county or sector a share is of.
    """

    code: str
    label: str
    label_en: str
    unit: str
    limit: int
    found: int
    of: int
    where: str
    kept: bool
    zh: str
    en: str
    basis: str
    confirmed: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


@dataclass(frozen=True)
class Simulated:
    """A simulation that was made and signed: its number, its verdict, and what it counted."""

    id: UUID
    before: str
    after: str
    on: date
    kept: bool
    exceeded: tuple[str, ...]
    twin: dict[str, Any]


@dataclass(frozen=True)
class ReleasedEdition:
    """An edition and how it came into force: adopted as the first, or released with a report."""

    number: int
    edition: str
    before: str
    at: datetime
    simulated_by: str
    released_by: str
    simulation: UUID | None
    overruled: bool
