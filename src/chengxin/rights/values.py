"""What a subject is shown of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.looks.values import LookView
from chengxin.publication.values import PublicFact

LONGEST_WORDS = 1000


@dataclass(frozen=True)
class OwnFact:
    """One record with its passport as its subject sees it, shown to others or not.

    `closed` names personal fields that are held sealed; `reason` says why it shows or does not.
    """

    fact: PublicFact
    shows: bool
    reason: str
    reason_en: str
    closed: tuple[tuple[str, str], ...]
    adverse: bool
    revoked_on: date | None


@dataclass(frozen=True)
class Use:
    """One use 使用 made of the subject's records: which, when, by whom, how it stands."""

    kind: str
    label: str
    label_en: str
    at: date
    unit: str
    records: tuple[UUID, ...] = ()
    state: str = ""
    state_en: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question about a look, with its answer once there is one."""

    number: str
    look: UUID
    unit: str
    text: str
    asked_at: datetime
    due_on: date | None
    overdue: bool
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class OwnData:
    """All that is held of one subject."""

    facts: tuple[OwnFact, ...]
    uses: tuple[Use, ...]
    looks: tuple[LookView, ...]
    look_count: int
    by_unit: Mapping[str, int]
    by_purpose: Mapping[str, int]
