"""Parties as files name them, and judgements about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

RULE_VERSION = "sameness-1"


class SubjectKind(StrEnum):
    """Kind of subject 主体类型."""

    LEGAL_PERSON = "legal_person"
    UNINCORPORATED = "unincorporated"
    SOLE_TRADER = "sole_trader"
    NATURAL_PERSON = "natural_person"


KIND_LABELS: Final = (
    (SubjectKind.LEGAL_PERSON.value, "法人"),
    (SubjectKind.UNINCORPORATED.value, "非法人组织"),
    (SubjectKind.SOLE_TRADER.value, "个体工商户"),
    (SubjectKind.NATURAL_PERSON.value, "自然人"),
)


class Decision(StrEnum):
    """What a sameness judgement 同一主体认定 says of a row."""

    LINKED = "linked"
    NEW = "new"
    ASK = "ask"


@dataclass(frozen=True)
class Party:
    """The party 行政相对人 a row names.

    `codes` maps an identifier kind (`uscc`, `registration`, `org_code`, `tax`, `id_number` …)
    to its normalised text; `held` names the kinds whose check digit does not fit. `personal` is
    true for a natural person.
    """

    name: str
    codes: Mapping[str, str]
    personal: bool = False
    sole_trader: bool = False
    held: frozenset[str] = frozenset()
    representative: str = ""


@dataclass(frozen=True)
class Known:
    """A subject as far as a judgement needs it: its names, normalised, current one first."""

    id: UUID
    names: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: what was compared, and what it says (+ for, − against).

    `text` is the sentence in Chinese and in English.
    """

    field: str
    weight: float
    text: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """For storing beside the link."""
        zh, en = self.text
        return {"field": self.field, "weight": self.weight, "text": {"zh": zh, "en": en}}


@dataclass(frozen=True)
class Judgement:
    """What was decided about a party, and why.

    `subject` is set when linked; `candidates` when a person must choose.
    """

    decision: Decision
    rule: str
    evidence: tuple[Evidence, ...] = ()
    subject: UUID | None = None
    candidates: tuple[UUID, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For storing beside the link: rule with version, evidence, candidates."""
        return {
            "rule": self.rule,
            "version": RULE_VERSION,
            "decision": self.decision.value,
            "evidence": [piece.as_json() for piece in self.evidence],
            "candidates": [str(candidate) for candidate in self.candidates],
        }


@dataclass(frozen=True)
class SubjectHit:
    """A search result. `code` is empty where the code is not shown (sole traders)."""

    public_id: str
    name: str
    code: str
    kind: str
    status: str
    division: str
    matched: str


@dataclass(frozen=True)
class SubjectView:
    """An organisation as a page shows it; never made of a natural person."""

    id: UUID
    public_id: str
    name: str
    code: str
    kind: str
    status: str
    division: str
    industry: str
    address: str
    registered_on: date | None
    former_names: tuple[str, ...] = ()
    branch_of: str = ""


@dataclass
class ImportResult:
    """What became of an organisation list; every row is in exactly one of the counts."""

    read: int = 0
    added: int = 0
    known: int = 0
    held: int = 0
    invalid: int = 0
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The command's answer. `held` counts rows that are also in `added` or `known`."""
        return {
            "read": self.read,
            "added": self.added,
            "known": self.known,
            "held": self.held,
            "invalid": self.invalid,
            "duplicates": self.duplicates,
            "refused": self.refused,
        }
