"""States and acts of evaluations and plans of inspection in words, and the powers about them."""

from collections.abc import Mapping

from chengxin.desk.values import Word

GRADES: Mapping[str, Word] = {
    "proposed": Word("拟定，待送达告知", "Proposed, to be told", "amber"),
    "notified": Word("已告知，异议期内或待认定", "Told, objection or decision", "amber"),
    "effective": Word("生效", "In effect", "green"),
    "dropped": Word("不予认定", "Not confirmed"),
    "superseded": Word("已有更新的评价", "Superseded"),
    "ended": Word("到期终止", "Ended"),
}
PLANS: Mapping[str, Word] = {
    "drafted": Word("待批准", "Waits for approval", "amber"),
    "approved": Word("已批准，已公开", "Approved, public", "green"),
    "declined": Word("不予批准", "Not approved"),
}
GRADE_VERBS: Mapping[str, Word] = {
    "evaluation.run": Word("按模型评价", "Evaluate by a model"),
    "evaluation.serve": Word("送达评价变差的告知", "Serve notices of worse grades"),
    "evaluation.object": Word("受理对评价的异议", "Take in objections to evaluations"),
    "evaluation.confirm": Word("认定或者不予认定变差的评价", "Confirm worse grades or not"),
    "supervision.plan": Word("拟定抽查计划", "Draft plans of inspection"),
    "supervision.approve_plan": Word(
        "批准抽查计划（不含本人拟定的）", "Approve plans of inspection (never one's own)"
    ),
}
GRADE_ACTS: Mapping[str, Word] = {
    "evaluation.run": Word("评价快照", "Took a snapshot of evaluations"),
    "evaluation.serve": Word("送达评价告知", "Served a notice of a grade"),
    "evaluation.object": Word("受理评价异议", "Took in an objection to a grade"),
    "evaluation.read_objection": Word("查阅评价异议", "Read an objection to a grade"),
    "evaluation.confirm": Word("认定评价", "Confirmed a grade"),
    "evaluation.drop": Word("不予认定评价", "Did not confirm a grade"),
    "supervision.plan": Word("拟定抽查计划", "Drafted a plan of inspections"),
    "supervision.approve_plan": Word("批准抽查计划", "Approved a plan of inspections"),
    "supervision.decline_plan": Word("不予批准抽查计划", "Did not approve a plan"),
}
