"""What is drawn from, and what a draw gives."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be drawn: its public identifier, and its tier 监管分级."""

    public_id: str
    tier: str


@dataclass(frozen=True)
class Wanted:
    """What an office wants to draw: who from (`population` says it in words) and for whom to go.

    `inspectors` are service numbers; `avoid` maps public identifiers to those who stay away 回避.
    """

    unit: str
    matter: str
    population: str
    candidates: Sequence[Candidate]
    inspectors: Sequence[str]
    avoid: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanDraft:
    """What a unit plans for a year: what is inspected, and whom from (item, division or all)."""

    unit: str
    year: int
    title: str
    item: str
    division: str
    matters: Sequence[str]


@dataclass(frozen=True)
class Inspected:
    """An organisation that was drawn, and what its inspection came to.

    `record` is the result as the register holds it, None while there is none.
    """

    draw: str
    public_id: str
    tier: str
    record: UUID | None = None
    result: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """How far a plan has come: per tier how many there are, were drawn and are done."""

    visits: tuple[Inspected, ...]
    tiers: tuple[tuple[str, int, int, int], ...]

    @property
    def drawn(self) -> int:
        """How many were drawn."""
        return len(self.visits)

    @property
    def done(self) -> int:
        """Of how many the result has come back."""
        return sum(one.record is not None for one in self.visits)


@dataclass(frozen=True)
class Chance:
    """The public source of chance, the day it speaks, and from when the drawn are public."""

    source: str
    source_on: date
    public_from: date


@dataclass(frozen=True)
class Plan:
    """A draw before chance has spoken: everything that decides it but chance.

    `rates` are percent per tier; `inspectors` service numbers, of which `team` go to each visit;
    `avoid` maps a public identifier to the inspectors who may not go there 回避. `source` is the
    public source of chance, `source_on` the day it speaks, after the day of commitment.
    """

    number: str
    unit: str
    matter: str
    basis: tuple[str, ...]
    population: str
    candidates: tuple[Candidate, ...]
    rates: Mapping[str, int]
    inspectors: tuple[str, ...]
    team: int
    avoid: Mapping[str, tuple[str, ...]]
    source: str
    source_on: date
    edition: str

    def as_json(self) -> dict[str, Any]:
        """As it is hashed and handed out; a day is ISO text."""
        return asdict(self) | {"source_on": self.source_on.isoformat()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Read back what `as_json` gave. Raises: `KeyError`, `TypeError`, `ValueError`."""
        given = dict(told)
        given["candidates"] = tuple(
            Candidate(str(one["public_id"]), str(one["tier"])) for one in given["candidates"]
        )
        given["rates"] = {str(tier): int(rate) for tier, rate in given["rates"].items()}
        given["basis"] = tuple(map(str, given["basis"]))
        given["inspectors"] = tuple(map(str, given["inspectors"]))
        given["avoid"] = {str(one): _texts(who) for one, who in given["avoid"].items()}
        given["source_on"] = date.fromisoformat(given["source_on"])
        return cls(**given)


@dataclass(frozen=True)
class Visit:
    """One organisation drawn, in the order drawn, and the inspectors who go there."""

    order: int
    public_id: str
    tier: str
    inspectors: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """One thing a proof was examined for, and what was found, as sentences."""

    name: str
    passed: bool
    zh: str
    en: str


def _texts(given: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(str, given))
