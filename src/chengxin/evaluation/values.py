"""What an evaluation reads and what it says, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from chengxin.policy.values.models import ModelSubject

KINDS: Final[Mapping[str, ModelSubject]] = {
    "legal_person": ModelSubject.ORGANISATION,
    "unincorporated": ModelSubject.ORGANISATION,
    "sole_trader": ModelSubject.SOLE_TRADER,
}
"""Kinds of subject that can be evaluated; a natural person 自然人 is none of them."""


class State(StrEnum):
    """Where an evaluation stands."""

    PROPOSED = "proposed"  # 拟定：尚未告知
    NOTIFIED = "notified"  # 已告知：异议期内或待认定
    EFFECTIVE = "effective"  # 生效
    DROPPED = "dropped"  # 不予认定
    SUPERSEDED = "superseded"  # 已有更新的评价
    ENDED = "ended"  # 依据不再计入，到期终止


STATE_WORDS: Final[Mapping[State, tuple[str, str]]] = {
    State.PROPOSED: ("拟定，尚未送达告知，不产生效果", "proposed; not yet told, without effect"),
    State.NOTIFIED: ("已告知，等待异议期满和认定", "told; waiting for objections and a decision"),
    State.EFFECTIVE: ("生效", "in effect"),
    State.DROPPED: ("不予认定", "not confirmed"),
    State.ENDED: ("所依据的信息不再计入，已终止", "ended: what it rests on counts no more"),
    State.SUPERSEDED: ("已有更新的评价", "superseded by a later one"),
}


@dataclass(frozen=True)
class Business:
    """An organisation, or a sole trader in its business, as a model sees it."""

    subject: str
    kind: str
    division: str = ""
    sector: str = ""
    registered_on: str = ""

    def facts(self) -> dict[str, str]:
        """By the names conditions use."""
        return {
            "subject.division": self.division,
            "subject.sector": self.sector,
            "subject.registered_on": self.registered_on,
        }


@dataclass(frozen=True)
class Fact:
    """A record that may be used from `since` to before `until` (None: no end known)."""

    record: str
    item: str
    unit: str
    decided_on: date
    since: date
    until: date | None
    fields: Mapping[str, str]
    document_number: str = ""
    authority: str = ""

    def in_use(self, on: date) -> bool:
        """Whether it may be used on a day."""
        return self.since <= on and (self.until is None or on < self.until)

    def named(self) -> dict[str, str]:
        """Its fields by the names conditions use: `penalty.severity`, and `penalty` itself."""
        named = {f"{self.item}.{name}": text for name, text in self.fields.items()}
        return named | {self.item: self.record, f"{self.item}.unit": self.unit}


@dataclass(frozen=True)
class Leaf:
    """One record that counted: what it is, why it counted, until when (first day it does not)."""

    record: str
    item: str
    decided_on: date
    expires_on: date | None
    document_number: str
    authority: str
    zh: str
    en: str


@dataclass(frozen=True)
class Branch:
    """One factor that counted, its article, and the records that made it count.

    `points` is what it counts after its cap, `raw` before.
    """

    factor: str
    label: str
    label_en: str
    basis: str
    confirmed: bool
    points: int
    raw: int
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Outcome:
    """A grade with the tree it comes from: grade → factor → record → article."""

    grade: str
    points: int | None
    branches: tuple[Branch, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are stored, packed and compared."""
        return {
            "grade": self.grade,
            "points": self.points,
            "factors": [
                {
                    "factor": one.factor,
                    "label": one.label,
                    "label_en": one.label_en,
                    "basis": one.basis,
                    "confirmed": one.confirmed,
                    "points": one.points,
                    "raw": one.raw,
                    "records": [
                        {
                            "record": leaf.record,
                            "item": leaf.item,
                            "decided_on": leaf.decided_on.isoformat(),
                            "expires_on": leaf.expires_on.isoformat() if leaf.expires_on else None,
                            "document_number": leaf.document_number,
                            "authority": leaf.authority,
                            "reason_zh": leaf.zh,
                            "reason_en": leaf.en,
                        }
                        for leaf in one.leaves
                    ],
                }
                for one in self.branches
            ],
        }


@dataclass(frozen=True)
class SnapshotResult:
    """What a dated snapshot 评价快照 found.

    `evaluated` subjects have a grade; `written` of them changed and were appended; `proposed` of
    those wait for notice, objection and decision. `digest` is over every grade of the snapshot.
    """

    id: UUID
    model: str
    on: date
    known: datetime
    edition: str
    evaluated: int
    written: int
    proposed: int
    digest: str
    grades: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Followed:
    """What following the facts came to: acts read, evaluations made anew, changed, proposed."""

    acts: int
    evaluated: int
    written: int
    proposed: int
