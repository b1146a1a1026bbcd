"""Powers and acts of cases in words."""

from collections.abc import Mapping

from chengxin.casework.rules.wordings import KINDS, MOVES
from chengxin.desk.values import Word

CASE_VERBS: Mapping[str, Word] = {
    "casework.read": Word("查看异议、修复等案件", "See objections, repairs and other cases"),
    "casework.read_said": Word(
        "查阅当事人的主张和材料（留痕）", "Read what subjects said and handed in (noted)"
    ),
    "casework.file": Word(
        "为当事人提出、补正、撤回案件", "File, supplement, withdraw for a subject"
    ),
    "casework.check": Word("受理异议、投诉，核实复议诉讼", "Take in objections and complaints"),
    "casework.answer": Word("核查并提出拟办意见", "Check, and propose an answer"),
    "casework.decide": Word("审定（不含本人经办的）", "Decide (never what one handled)"),
    "casework.review": Word("复核（不含本人经手的）", "Review (never what one had a hand in)"),
    "casework.shield": Word("重整期间屏蔽", "Shield during a reorganisation"),
    "casework.seal": Word("封存未成年人信息", "Seal a minor's record"),
    "casework.prove": Word("证明到期信息已停止", "Prove that what ended has ended"),
    "register.erase": Word("清除已封存的信息", "Erase what was sealed"),
    "register.end_publication": Word("提前停止公示", "End publication early"),
}
CASE_ACTS: Mapping[str, Word] = {
    **{f"casework.{move}": Word(word.label, word.label_en) for move, word in MOVES.items()},
    "casework.read_said": Word("查阅当事人主张", "Read what a subject said"),
    "casework.open_paper": Word("打开材料", "Opened a paper"),
    "casework.prove": Word("留存证明", "Proof of retention"),
    "register.erase": Word("清除", "Erased"),
    "register.marked": Word("标注", "Marked"),
    "register.unmarked": Word("取消标注", "Mark ended"),
    "register.shielded": Word("暂时屏蔽", "Shielded"),
    "register.shield_ended": Word("屏蔽结束", "Shield ended"),
    "register.sealed": Word("封存", "Sealed"),
    "register.resumed": Word("恢复公示", "Shown again"),
}
CASE_KINDS: Mapping[str, Word] = {
    kind: Word(word.label, word.label_en) for kind, word in KINDS.items()
}
