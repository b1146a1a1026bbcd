"""Cases in words, in both languages, for every door: states in words, never by colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chengxin.casework.values import Kind, Move, State


@dataclass(frozen=True)
class Word:
    """A word in both languages, and the tone it is shown in."""

    label: str
    label_en: str
    tone: str = ""


KINDS: Final[Mapping[str, Word]] = {
    Kind.OBJECTION: Word("异议", "Objection"),
    Kind.REPAIR: Word("信用修复", "Credit repair"),
    Kind.PROCEEDING: Word("复议诉讼", "Reconsideration or lawsuit"),
    Kind.COMPLAINT: Word("投诉", "Complaint"),
    Kind.INFRINGEMENT: Word("侵权", "Infringement"),
}
STATES: Final[Mapping[str, Word]] = {
    State.FILED: Word("待受理", "To be taken in", "amber"),
    State.SUPPLEMENT: Word("待补正", "More is asked for", "amber"),
    State.WORKING: Word("核查中", "Being checked", "blue"),
    State.PROPOSED: Word("待审定", "Awaits the second look", "blue"),
    State.REVIEW: Word("复核中", "Under review", "blue"),
    State.RUNNING: Word("复议诉讼进行中", "Proceeding under way", "blue"),
    State.ORDERED: Word("已被撤销，待撤回公示", "Set aside, to be withdrawn", "red"),
    State.CANCELLING: Word("拟撤销准予，听取意见", "Grant in doubt, being heard", "amber"),
    State.CORRECTED: Word("已更正", "Corrected", "green"),
    State.DELETED: Word("已删除", "Deleted", "green"),
    State.KEPT: Word("维持，理由已告知", "Kept, reasons told"),
    State.GRANTED: Word("准予修复", "Repair granted", "green"),
    State.DENIED: Word("不予修复，理由已告知", "Repair refused, reasons told"),
    State.FOUNDED: Word("属实，已处理", "Founded, dealt with", "green"),
    State.UNFOUNDED: Word("不属实，理由已告知", "Unfounded, reasons told"),
    State.MAINTAINED: Word("决定被维持", "Decision upheld"),
    State.CARRIED_OUT: Word("已撤回公示", "Withdrawn", "green"),
    State.NOT_TAKEN: Word("不予受理，理由已告知", "Not taken in, reasons told"),
    State.WITHDRAWN: Word("已撤回", "Taken back"),
    State.GONE: Word("信息已不存在，终结", "Ended: the record is gone"),
    State.FINAL: Word("复核维持", "Upheld on review"),
    State.CANCELLED: Word("准予已撤销", "Grant undone", "red"),
}
MOVES: Final[Mapping[str, Word]] = {
    Move.FILE: Word("提出", "Filed"),
    Move.ASK_SUPPLEMENT: Word("要求补正", "Ask for more"),
    Move.ADD: Word("补正", "Supplement"),
    Move.ACCEPT: Word("受理", "Take in"),
    Move.REFUSE: Word("不予受理", "Do not take in"),
    Move.PROPOSE: Word("拟办", "Propose"),
    Move.SEND_BACK: Word("退回重核", "Send back"),
    Move.DECIDE: Word("按拟办意见审定", "Decide as proposed"),
    Move.WITHDRAW: Word("撤回", "Take back"),
    Move.CLOSE_GONE: Word("信息已不存在，终结", "End: the record is gone"),
    Move.ASK_REVIEW: Word("申请复核", "Ask for a review"),
    Move.REVIEW_KEEP: Word("复核维持", "Uphold on review"),
    Move.REVIEW_RETURN: Word("退回重办", "Have it handled anew"),
    Move.CONCLUDE: Word("登记结果", "Take in the outcome"),
    Move.CARRY_OUT: Word("撤回公示", "Withdraw the record"),
    Move.NOTIFY_FALSE: Word("告知拟撤销准予", "Tell that the grant is in doubt"),
    Move.CANCEL: Word("撤销准予", "Undo the grant"),
    Move.LET_STAND: Word("不撤销准予", "Let the grant stand"),
    Move.REMIND: Word("催办", "Reminder"),
    Move.ESCALATE: Word("逾期上报", "Overdue, passed up"),
}
TURNS: Final[Mapping[str, Word]] = {
    "centre": Word("信用中心", "The centre"),
    "source": Word("信源、认定单位", "The source"),
    "subject": Word("当事人", "The subject"),
    "nobody": Word("已办结", "Closed"),
}
SIGNS: Final[Mapping[str, Word]] = {
    "listed": Word("名单", "List entry"),
    "measured": Word("措施生效中", "Measures bind"),
    "public": Word("正在公示", "Shown to the public"),
    "adverse": Word("不利信息", "Adverse"),
    "overdue": Word("已逾期", "Overdue"),
    "proceeding": Word("复议诉讼", "Proceeding"),
    "sealed": Word("待清除", "To be erased"),
}
DRAFTS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    (Kind.OBJECTION, Move.ASK_SUPPLEMENT): (
        "请补充能够证明“{field}”应当如何记载的材料（如决定书全文），以便核查。",
    ),
    (Kind.OBJECTION, Move.REFUSE): (
        "您提出的是对行政决定本身不服，不是记载有误；请依法申请行政复议或者提起行政诉讼。",
    ),
    (Kind.OBJECTION, Move.PROPOSE): (
        "经核对原始文书（{document}），“{field}”记载有误，应予更正。",
        "经核对原始文书（{document}），“{field}”与文书一致，维持原记载。",
        "经核查，该信息属重复报送，应予删除。",
    ),
    (Kind.OBJECTION, Move.DECIDE): ("已复看原始文书（{document}）和当事人材料，同意拟办意见。",),
    (Kind.OBJECTION, Move.REVIEW_RETURN): ("当事人提出的材料未经核对，请由其他人员重新核查。",),
    (Kind.OBJECTION, Move.REVIEW_KEEP): ("经复核，原处理有据，予以维持。",),
    (Kind.REPAIR, Move.ASK_SUPPLEMENT): ("请补充履行行政处罚决定的证明（如缴款凭证）。",),
    (Kind.REPAIR, Move.PROPOSE): (
        "已履行{document}确定的义务，违法行为已纠正，最短公示期已满，拟准予修复。",
        "{document}确定的义务尚未履行完毕，拟不予修复；履行后可以再次申请。",
    ),
    (Kind.REPAIR, Move.DECIDE): ("已核对履行证明和信用承诺，同意拟办意见。",),
}
"""Drafts of reasons 理由模板, with {field} and {document} to be filled in. A person decides."""
