"""The words of a case: its kinds, states and acts; and the acts before they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    """What a case is about."""

    OBJECTION = "objection"  # 异议
    REPAIR = "repair"  # 信用修复
    PROCEEDING = "proceeding"  # 行政复议、行政诉讼
    COMPLAINT = "complaint"  # 投诉
    INFRINGEMENT = "infringement"  # 侵权


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"
    FILED = "filed"  # 待受理
    SUPPLEMENT = "supplement"  # 待补正
    WORKING = "working"  # 核查中
    PROPOSED = "proposed"  # 待审定
    REVIEW = "review"  # 复核中
    RUNNING = "running"  # 复议诉讼进行中
    ORDERED = "ordered"  # 已被撤销或变更，待执行
    CANCELLING = "cancelling"  # 拟撤销准予
    CORRECTED = "corrected"
    DELETED = "deleted"
    KEPT = "kept"
    GRANTED = "granted"
    DENIED = "denied"
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    MAINTAINED = "maintained"
    CARRIED_OUT = "carried_out"
    NOT_TAKEN = "not_taken"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    FINAL = "final"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """What may be done about a case; each is one event."""

    FILE = "file"  # 提出
    ASK_SUPPLEMENT = "ask_supplement"  # 要求补正
    ADD = "add"  # 补正
    ACCEPT = "accept"  # 受理
    REFUSE = "refuse"  # 不予受理
    PROPOSE = "propose"  # 拟办
    SEND_BACK = "send_back"  # 退回重核
    DECIDE = "decide"  # 审定
    WITHDRAW = "withdraw"  # 撤回
    CLOSE_GONE = "close_gone"  # 信息已不存在，终结
    ASK_REVIEW = "ask_review"  # 申请复核
    REVIEW_KEEP = "review_keep"  # 复核维持
    REVIEW_RETURN = "review_return"  # 复核退回重办
    CONCLUDE = "conclude"  # 复议诉讼结果
    CARRY_OUT = "carry_out"  # 执行结果
    NOTIFY_FALSE = "notify_false"  # 材料虚假告知
    CANCEL = "cancel"  # 撤销准予
    LET_STAND = "let_stand"  # 不撤销
    REMIND = "remind"  # 催办
    ESCALATE = "escalate"  # 逾期上报


class Turn(StrEnum):
    """Whose turn it is."""

    CENTRE = "centre"  # 信用中心
    SOURCE = "source"  # 信源、认定单位
    SUBJECT = "subject"  # 当事人
    NOBODY = "nobody"


@dataclass(frozen=True)
class Past:
    """An event of a case as the rules need it."""

    move: Move
    login: str
    on: date


@dataclass(frozen=True)
class Course:
    """Where a case stands before a move: what the rules ask about."""

    kind: Kind
    state: State
    last_on: date
    due_on: date | None = None
    past: tuple[Past, ...] = ()
    entered_by: str = ""


@dataclass(frozen=True)
class Step:
    """A move about to be made. `outcome` is the state an answer leads to, where several are."""

    move: Move
    on: date
    login: str
    reason: str = ""
    outcome: State | None = None


@dataclass(frozen=True)
class Paper:
    """A file that proves something 证据材料, as it was uploaded."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Said:
    """What a subject says and the papers it hands in; personal, and sealed when stored."""

    statement: str
    value: str = ""
    contact: str = ""
    on_behalf_of: str = ""
    papers: tuple[Paper, ...] = ()

    def as_json(self) -> dict[str, str]:
        """The words as plain values, without what is empty; papers are kept apart."""
        every = {
            "statement": self.statement.strip(),
            "value": self.value.strip(),
            "contact": self.contact.strip(),
            "on_behalf_of": self.on_behalf_of.strip(),
        }
        return {name: text for name, text in every.items() if text}


@dataclass(frozen=True)
class Effect:
    """Something an adverse record does, and the days it ends: by itself, or by repair.

    `kind`: `display` 公示, `use` 共享和使用, `list` 名单, `measure` 措施. `until` and `early` are
    the first days without it; `early` is None where no repair can end it.
    """

    kind: str
    label: str
    label_en: str
    until: date | None
    early: date | None


@dataclass(frozen=True)
class WayOut:
    """The shortest lawful way out of an adverse record 修复指引, with its promised days.

    `route` is a code of `repair_route`, `documents` codes of `repair_document`. `earliest`: first
    day a repair may be asked for and granted, None where there is none. `automatic`: first day on
    which nothing of it is left by itself. `result_by`: last day of the answer if asked for on
    `ask_on`; None beyond the calendar. `barrier` says why not now, "" if nothing stands in the way.
    """

    route: str
    earliest: date | None
    automatic: date | None
    ask_on: date | None
    result_by: date | None
    effects: tuple[Effect, ...]
    documents: tuple[str, ...]
    severity: str
    basis: tuple[str, ...]
    confirmed: bool
    barrier: str = ""


@dataclass(frozen=True)
class Bound:
    """A measure that binds because of the record; `until` is the end of its own law, if any."""

    code: str
    label: str
    label_en: str
    until: date | None = None


@dataclass(frozen=True)
class Proof:
    """What the daily proof of retention 留存证明 found; `digest` covers every record looked at."""

    on: date
    looked_at: int
    past_end: int
    shown_past: tuple[UUID, ...]
    digest: str
    sequence: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was shown or used past its end."""
        return not self.shown_past

    def facts(self) -> Mapping[str, Any]:
        """For the log: counts and a digest, no identifiers."""
        return {
            "on": self.on.isoformat(),
            "looked_at": self.looked_at,
            "past_end": self.past_end,
            "shown_past": len(self.shown_past),
            "digest": self.digest,
        }
