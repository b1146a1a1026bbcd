"""States and acts of list entries and measures in words, and the powers about them."""

from collections.abc import Mapping

from chengxin.desk.values import Word

ENTRIES: Mapping[str, Word] = {
    "draft": Word("拟列入，未告知", "Draft, not told", "amber"),
    "notified": Word("已告知，听取陈述申辩", "Told, may state and defend", "amber"),
    "decided": Word("已决定，未送达", "Decided, not served", "amber"),
    "in_effect": Word("生效中", "In effect", "red"),
    "dropped": Word("不予列入", "Not entered", "green"),
    "removed": Word("已提前移出", "Left early", "green"),
    "revoked": Word("已撤销", "Revoked", ""),
    "expired": Word("期满终止", "Term over", ""),
    "repealed": Word("依据废止，已终止", "Law repealed, ended", ""),
}
ENTRY_ACTS: Mapping[str, Word] = {
    "proposed": Word("拟列入", "Drafted"),
    "notified": Word("事先告知", "Prior notice"),
    "stated": Word("陈述申辩", "Statement"),
    "heard": Word("听证", "Hearing"),
    "decided": Word("决定列入", "Decided"),
    "dropped": Word("不予列入", "Not entered"),
    "served": Word("决定送达，生效", "Served, in effect"),
    "removed": Word("提前移出", "Left early"),
    "revoked": Word("撤销", "Revoked"),
}
MEASURES: Mapping[str, Word] = {
    "proposed": Word("待决定", "Waits for a decision", "amber"),
    "imposed": Word("已派发，待签收", "Sent, not taken", "amber"),
    "acknowledged": Word("已签收，待反馈", "Taken, no report yet", "blue"),
    "fed_back": Word("已执行反馈", "Reported", "green"),
    "declined": Word("不予实施", "Declined", ""),
    "lifted": Word("已解除", "Lifted", ""),
}
MEASURE_ACTS: Mapping[str, Word] = {
    "imposed": Word("决定实施并派发", "Imposed and sent"),
    "declined": Word("不予实施", "Declined"),
    "acknowledged": Word("签收", "Taken"),
    "fed_back": Word("反馈", "Reported"),
}
EFFECTS: Mapping[str, Word] = {
    "constraint": Word("惩戒", "Constraint", "red"),
    "incentive": Word("激励", "Incentive", "green"),
}
LIST_VERBS: Mapping[str, Word] = {
    "measures.propose_entry": Word("拟列入名单", "Draft list entries"),
    "measures.give_notice": Word("送达列入前的事先告知", "Serve prior notices"),
    "measures.record_statement": Word("记录陈述申辩和听证", "Take down statements and hearings"),
    "measures.read_statement": Word("查阅陈述申辩", "Read statements"),
    "measures.decide_entry": Word(
        "决定列入、不予列入（不含本人提出的）", "Decide on list entries (never one's own)"
    ),
    "measures.serve_decision": Word("送达列入决定", "Serve decisions"),
    "measures.remove_entry": Word("决定提前移出名单", "Let subjects leave a list early"),
    "measures.revoke_entry": Word("撤销列入决定", "Revoke list entries"),
    "measures.propose": Word("由名单启动措施建议", "Have measures proposed from lists"),
    "measures.impose": Word(
        "决定实施措施（不含本人启动的）", "Decide on measures (never one's own)"
    ),
    "measures.execute": Word("签收、反馈措施", "Take measures and report on them"),
    "measures.read": Word("查看名单事项和措施", "Read list entries and measures"),
    "register.end_publication": Word("提前停止公示", "End publication early"),
}
LIST_ACTS: Mapping[str, Word] = {
    "measures.propose_entry": Word("拟列入名单", "Drafted a list entry"),
    **{
        f"measures.entry_{code}": Word(f"名单：{word.label}", f"List: {word.label_en}")
        for code, word in ENTRY_ACTS.items()
    },
    **{
        f"measures.{code}": Word(f"措施：{word.label}", f"Measure: {word.label_en}")
        for code, word in MEASURE_ACTS.items()
    },
    "measures.propose": Word("启动措施建议", "Proposed measures"),
    "measures.read_statement": Word("查阅陈述申辩", "Read a statement"),
    "register.publication_ended": Word("停止公示", "Ended publication"),
}
