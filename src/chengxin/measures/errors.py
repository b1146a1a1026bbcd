"""What can go wrong with a list entry or a measure."""

from collections.abc import Mapping
from typing import Final

from chengxin.kernel.errors import CreditError

LACKS: Final[Mapping[str, tuple[str, str]]] = {
    "notice": ("没有已送达的告知", "no delivered notice"),
    "waiting": ("陈述申辩期或者等待期未满", "the waiting time is not over"),
    "reason": ("没有理由", "no reasons"),
    "remedy": ("没有救济途径", "no remedy"),
    "document": ("没有决定文书", "no decision document"),
    "official": ("没有具名的决定人", "no named official"),
    "four_eyes": ("提出人不得决定", "who proposed may not decide"),
    "approval": ("没有上级同意文号", "no approval of the superior"),
    "hearing": ("当事人要求听证，尚未听证", "a hearing was asked for and not held"),
    "person": ("对象是自然人", "a natural person"),
}
"""What an adverse effect may lack, in words."""


class NoNoticeNoEffect(CreditError):
    """An adverse effect that lacks one of its guarantees."""

    code = "MEASURES-NO-NOTICE-NO-EFFECT"
    zh = "未予办理：{lacks_zh}。未经告知、陈述申辩和具名决定，不得产生不利效果。依据：{basis}。"
    en = (
        "Refused: {lacks_en}. Nothing adverse takes effect without notice, a chance to be heard "
        "and a named decision. Basis: {basis}."
    )
    status = 409

    def __init__(self, lacks: tuple[str, ...], basis: str) -> None:
        self.lacks = lacks
        zh = "、".join(LACKS[one][0] for one in lacks)
        super().__init__(
            lacks_zh=zh, lacks_en=", ".join(LACKS[one][1] for one in lacks), basis=basis
        )


class MoveNotAllowed(CreditError):
    """The entry or measure is not at the point where that may be done."""

    code = "MEASURES-MOVE-NOT-ALLOWED"
    zh = "当前状态是“{state}”，不能办理“{act}”。请刷新页面查看进展。"
    en = "It is at “{state}”; “{act}” cannot be done now. Reload to see where it stands."
    status = 409


class WrongOrder(CreditError):
    """An act dated before the one it follows, or in the future."""

    code = "MEASURES-WRONG-ORDER"
    zh = "日期{on}不对：不得早于上一步（{last}），也不得晚于今天。请改正日期。"
    en = "The date {on} is wrong: not before the step before it ({last}), nor after today."


class UnknownEntry(CreditError):
    """No list entry with that id."""

    code = "MEASURES-UNKNOWN-ENTRY"
    zh = "没有编号为“{asked}”的名单事项。请核对编号。"
    en = "There is no list entry “{asked}”. Check its number."
    status = 404


class UnknownMeasure(CreditError):
    """No measure with that id."""

    code = "MEASURES-UNKNOWN-MEASURE"
    zh = "没有编号为“{asked}”的措施事项。请核对编号。"
    en = "There is no measure “{asked}”. Check its number."
    status = 404


class NotYourList(CreditError):
    """The list is not in force, is a mirror, or belongs to another authority."""

    code = "MEASURES-NOT-YOUR-LIST"
    zh = "“{name}”不能由本单位在{on}列入：{why_zh}。依据：{basis}。"
    en = "Your unit cannot enter anyone in “{name_en}” on {on}: {why_en}. Basis: {basis}."
    status = 409


class NotEvidence(CreditError):
    """The record cannot carry a draft."""

    code = "MEASURES-NOT-EVIDENCE"
    zh = "该信息不能作为列入“{name}”的依据：{why_zh}。请选择符合条件的认定文书。"
    en = "The record cannot be the evidence for “{name_en}”: {why_en}. Choose one that can."
    status = 409


class AlreadyProposed(CreditError):
    """There is a draft or an entry for the same subject in the same list."""

    code = "MEASURES-ALREADY-PROPOSED"
    zh = "该主体已有正在办理或者生效的“{name}”事项。请在该事项中办理。"
    en = "There is a draft or entry in “{name}” for this subject already. Act in that one."
    status = 409


class RemovalTooEarly(CreditError):
    """The shortest term is not over."""

    code = "MEASURES-REMOVAL-TOO-EARLY"
    zh = "列入未满最短期限，{earliest}起可以提前移出。依据：{basis}。"
    en = "The shortest term is not over; early removal is open from {earliest}. Basis: {basis}."
    status = 409


class EntryOver(CreditError):
    """The entry a measure follows from is no longer in effect."""

    code = "MEASURES-ENTRY-OVER"
    zh = "所依据的名单事项已经终止或者尚未生效，措施不得实施，已实施的随之解除。"
    en = "The list entry behind it is over, or not in effect yet; no measure follows from it."
    status = 409


class TextNeeded(CreditError):
    """A field that has to be filled."""

    code = "MEASURES-TEXT-NEEDED"
    zh = "请填写{what}。"
    en = "Give the {what_en}."
