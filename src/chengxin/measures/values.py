"""A list entry and a measure as they stand; and the acts that bring them there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class EntryAct(StrEnum):
    """What may be done about a list entry; each is one event."""

    PROPOSED = "proposed"  # 拟列入
    NOTIFIED = "notified"  # 事先告知
    STATED = "stated"  # 陈述申辩
    HEARD = "heard"  # 听证
    DECIDED = "decided"  # 决定列入
    DROPPED = "dropped"  # 不予列入
    SERVED = "served"  # 送达，生效
    REMOVED = "removed"  # 提前移出
    REVOKED = "revoked"  # 撤销


class EntryState(StrEnum):
    """Where an entry stands; the last two are told by the calendar, not by an event."""

    DRAFT = "draft"
    NOTIFIED = "notified"
    DECIDED = "decided"
    IN_EFFECT = "in_effect"
    DROPPED = "dropped"
    REMOVED = "removed"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REPEALED = "repealed"


class MeasureAct(StrEnum):
    """What may be done about a measure."""

    IMPOSED = "imposed"  # 决定实施，派发
    DECLINED = "declined"  # 不予实施
    ACKNOWLEDGED = "acknowledged"  # 签收
    FED_BACK = "fed_back"  # 反馈


class MeasureState(StrEnum):
    """Where a measure stands; `lifted` follows from the entry, not from an event."""

    PROPOSED = "proposed"
    IMPOSED = "imposed"
    ACKNOWLEDGED = "acknowledged"
    FED_BACK = "fed_back"
    DECLINED = "declined"
    LIFTED = "lifted"


class Service(StrEnum):
    """How a paper reaches its subject 送达方式."""

    HANDED = "handed"  # 直接送达，有送达回证
    POSTED = "posted"  # 邮寄，按规则视为送达


@dataclass(frozen=True)
class Act:
    """One act before it is stored, with everything its lawfulness depends on.

    `told_on`: the day the notice counts as delivered, None without one. `waits_until`: first day
    after the waiting time. `earliest`: first day of an early removal. `exemption`: the law under
    which no notice of ours is needed.
    """

    kind: EntryAct
    on: date
    login: str
    reason: str = ""
    remedy: str = ""
    document: str = ""
    approval: str = ""
    told_on: date | None = None
    waits_until: date | None = None
    earliest: date | None = None
    hearing: bool = False
    exemption: str = ""


@dataclass(frozen=True)
class Life:
    """What the events of an entry so far amount to."""

    state: EntryState
    proposed_by: str
    last_on: date
    notified_on: date | None = None
    stated: bool = False
    hearing_asked: bool = False
    heard: bool = False
    decided_on: date | None = None
    decided_by: str = ""
    decided_told_on: date | None = None
    decided_waited: date | None = None
    decided_reason: str = ""
    decided_remedy: str = ""
    document: str = ""
    served_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class EntryStanding:
    """A list entry as it stood on a day, as known at a moment."""

    id: UUID
    list_code: str
    subject: UUID
    unit: str
    record: UUID
    life: Life
    state: EntryState
    ends_on: date | None
    earliest_removal: date | None
    told_on: date | None
    waits_until: date | None


@dataclass(frozen=True)
class Imposition:
    """A measure about to be imposed, with everything its lawfulness depends on."""

    constraint: bool
    subject_kind: str
    on: date
    login: str
    proposed_by: str
    reason: str
    remedy: str
    told_on: date | None = None
    waits_until: date | None = None
    exemption: str = ""
