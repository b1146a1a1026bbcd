"""A record before it is written, and a record as it stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4


@dataclass(frozen=True)
class NewRecord:
    """A decision to append 入库.

    `facts` are the open fields as text (dates ISO, amounts in yuan, codes of code lists);
    `personal` the personal ones, sealed on writing. `natural_key` is what makes the same
    decision the same record however often it is sent (hex SHA-256).
    """

    item: str
    subject: UUID
    subject_kind: str
    unit: str
    natural_key: str
    adverse: bool
    disclosure: str
    decided_on: date
    document_number: str
    facts: Mapping[str, str]
    personal: Mapping[str, str]
    basis: str
    batch: UUID
    row: int
    file_sha256: str
    link_evidence: Mapping[str, Any] = field(default_factory=dict)
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Mark:
    """What is said beside a record while a case about it runs 标注.

    `kind` is `objection` 异议, `reconsideration` 行政复议 or `lawsuit` 诉讼; `case` its number,
    `field` the doubted field, "" for the whole record.
    """

    kind: str
    case: str
    field: str
    since: date


@dataclass(frozen=True)
class RecordState:
    """A record as it stood on a day, as known at a moment.

    `revoked_on` and `publication_ended_on` are the days those events count from, None if they
    had not happened or were not known; `revoked_at` is when it was withdrawn here, and
    `under_check_since` the day a check of its link began, while it lasts. `subject` is None when
    it is linked to nobody. `facts` are open; personal fields are not here. `marks` stand beside it
    and hide nothing; `hidden_by` is why it is neither shown nor used: `shielded` 暂时屏蔽 while a
    reorganisation plan runs, `sealed` 封存 for good, "" where neither.
    """

    id: UUID
    item: str
    subject: UUID | None
    subject_kind: str
    unit: str
    adverse: bool
    disclosure: str
    decided_on: date
    document_number: str
    facts: Mapping[str, str]
    batch: UUID
    row: int
    file_sha256: str
    edition: str
    recorded_at: datetime
    corrected_at: datetime | None = None
    revoked_on: date | None = None
    revoked_at: datetime | None = None
    publication_ended_on: date | None = None
    under_check_since: date | None = None
    reason: str = ""
    link_evidence: Mapping[str, Any] = field(default_factory=dict)
    linked_by: str = ""
    marks: tuple[Mark, ...] = ()
    hidden_by: str = ""


@dataclass(frozen=True)
class Holding:
    """A record locked for a transaction: the part of it that never changes."""

    id: UUID
    unit: str
    subject_kind: str
    decided_on: date


@dataclass(frozen=True)
class Existing:
    """A record already held under a natural key, for telling the same from the different.

    `batch` and `row` say which line it came from; `linked` is false while it is nobody's.
    """

    id: UUID
    facts: Mapping[str, str]
    batch: UUID
    row: int
    linked: bool = True


@dataclass(frozen=True)
class Erasure:
    """What is handed to who asked, once: with both, anyone can prove which entry was theirs.

    `commitment` is what the log holds: SHA-256 over the `secret` and the digest of what was there.
    """

    commitment: str
    secret: str
    digest: str
    sequence: int
