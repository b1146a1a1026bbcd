"""Parties as files name them, and judgements about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

RULE_VERSION = "sameness-2"
SHOWN: Final = 6
"""Candidates put before a person."""

KINDS: Final = ("uscc", "org_code", "registration", "tax")
"""Identifiers an organisation is looked up by, in the order evidence is told."""
PERSON_KIND: Final = "id_number"

WEIGHTS: Final[Mapping[str, float]] = {
    **dict.fromkeys((*KINDS, PERSON_KIND), 1.0),
    "inner_uscc": 0.9,
    "inner_org_code": 0.9,
    "inner_tax": 0.9,
    "name": 1.0,
    "former_name": 0.9,
    "name_form": 0.8,
    "name_differs": -1.0,
    "near_code": 0.6,
    "same_name": 0.5,
    "new_code": 1.0,
    "name_in_batch": -1.0,
    "no_code": 0.0,
}
"""What each piece of evidence weighs: above 0 for being the same, below 0 against.

Only identifiers (1.0, and 0.9 for the organisation code inside another number) can link, and only
beside a name that fits; no sum of the others can.
"""

NAME_FORMS: Final = (
    ("(特殊普通合伙)", ""),
    ("(普通合伙)", ""),
    ("(有限合伙)", ""),
    ("(个人独资)", ""),
    ("有限责任公司", "有限公司"),
    ("股份公司", "股份有限公司"),
    ("(", ""),
    (")", ""),
)
"""Writings of a legal form 组织形式 that say the same; each is replaced by the next, in order.

Law: 公司法(2023) art. 7 lets a limited company call itself 有限责任公司 or 有限公司, and a
joint-stock company 股份有限公司 or 股份公司; 合伙企业法(2006) arts. 15, 56 and 62 demand the words
about a partnership, which lists leave out. A branch 分公司 keeps its word and is never its head
office.
"""


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
    misread: str = ""
    """A credit code as written that cannot be one (a letter for a digit, a sign too few)."""


@dataclass(frozen=True)
class Known:
    """A subject as far as a judgement needs it: its names, normalised, current one first."""

    id: UUID
    names: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: what was compared; `WEIGHTS` says how much it weighs.

    Its sentences are derived when it is shown (`rules.evidence_text`), not stored a million times.
    """

    field: str

    @property
    def weight(self) -> float:
        """For being the same (above 0) or against it."""
        return WEIGHTS[self.field]

    def as_json(self) -> dict[str, Any]:
        """For storing beside the link."""
        return {"field": self.field, "weight": self.weight}


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
class Directory:
    """Who is known, as files in one folder for matching whole batches against.

    `subjects`: n, subject, kind, name (the current one), sealed; `names`: n, name, key, former ones
    too; `codes`: kind, code, n; `inner`, the organisation codes inside them: code, low, high, ns;
    `entries`, the numbers of entries that show under another: kind, code, subject, subject_kind.
    `n` counts the subjects in the order of their ids, those merged into another left out: their
    names and numbers are the other's. Names are normalised, `key` is what `rules.names.name_key`
    makes of them; a person's name stays sealed. Each may be in several pieces.
    """

    folder: Path

    @property
    def subjects(self) -> Path:
        """One row per subject."""
        return self.folder / "subjects*.parquet"

    @property
    def codes(self) -> Path:
        """One row per identifier."""
        return self.folder / "codes*.parquet"

    @property
    def inner(self) -> Path:
        """One row per organisation code."""
        return self.folder / "inner*.parquet"

    @property
    def names(self) -> Path:
        """One row per subject and name."""
        return self.folder / "names*.parquet"

    @property
    def entries(self) -> Path:
        """One row per number of an entry merged into another."""
        return self.folder / "entries*.parquet"


class Reason(StrEnum):
    """Why a search result is one, told beside it; what is surest comes first."""

    CODE = "code"
    NAME = "name"
    WORDS = "words"
    TRADITIONAL = "traditional"
    PINYIN = "pinyin"
    INITIALS = "initials"
    NEAR_CODE = "near_code"
    FORM = "form"
    SHORT = "short"
    SOUND = "sound"
    SLIP = "slip"
    NEAREST = "nearest"


class Match(NamedTuple):
    """A body found, by one of its names, and why."""

    subject: UUID
    name: int
    reason: Reason


@dataclass(frozen=True)
class Finding:
    """What a search found, best first. `capped`: there is more; `curtailed`: time ran out."""

    matches: tuple[Match, ...] = ()
    capped: bool = False
    curtailed: bool = False


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
    reason: str = ""


@dataclass(frozen=True)
class SubjectView:
    """An organisation as a page shows it; never made of a natural person.

    `other_codes` and `merged_ids` are those of entries merged into it, which redirect here.
    """

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
    other_codes: tuple[str, ...] = ()
    merged_ids: tuple[str, ...] = ()


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
