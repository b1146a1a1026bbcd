"""What the workbench's pages are made of: states in words, and page contents as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengxin.law.values import Basis
from chengxin.subjects.values import SubjectView


@dataclass(frozen=True)
class Word:
    """A code in words, in both languages; `tone` is the badge's colour."""

    label: str
    label_en: str
    tone: str = ""


BATCH_STATES: Mapping[str, Word] = {
    "submitted": Word("待审核", "Waiting for release", "amber"),
    "releasing": Word("正在入库", "Being released", "amber"),
    "released": Word("已入库", "Released", "green"),
    "returned": Word("已退回", "Returned", "red"),
}
ROW_STATES: Mapping[str, Word] = {
    "clean": Word("通过校验", "Passed", "green"),
    "faulty": Word("有误待改", "Faulty", "red"),
    "quarantined": Word("源文件损坏，已隔离", "Damaged at the source", "red"),
    "superseded": Word("已改正重报", "Mended and sent anew", ""),
    "awaiting_match": Word("待认定主体", "Subject in doubt", "amber"),
    "recorded": Word("已入库", "Recorded", "green"),
    "known": Word("已有相同信息", "Already held", ""),
    "differs": Word("与已有信息不同", "Differs from what is held", "amber"),
    "declined": Word("不予关联", "Not linked", ""),
    "corrected": Word("已作为更正采纳", "Taken as a correction", "blue"),
    "not_taken": Word("不予采纳", "Not taken", ""),
}
CHANNEL_STATES: Mapping[str, Word] = {
    "proposed": Word("待确认", "To be confirmed", "amber"),
    "active": Word("运行中", "Running", "green"),
    "paused": Word("已暂停", "Paused", "amber"),
    "closed": Word("已关闭", "Closed", ""),
}
CHANNEL_KINDS: Mapping[str, Word] = {
    "folder": Word("监看文件夹", "Watched folder"),
    "postgresql": Word("定时读取 PostgreSQL", "Pull from PostgreSQL"),
    "mysql": Word("定时读取 MySQL", "Pull from MySQL"),
}
CHANNEL_EVENTS: Mapping[str, Word] = {
    "declared": Word("声明", "Declared"),
    "confirmed": Word("确认", "Confirmed"),
    "paused": Word("暂停", "Paused"),
    "resumed": Word("恢复", "Resumed"),
    "reread": Word("重新读取", "Read again"),
    "hastened": Word("尽快运行", "Run at once"),
    "closed": Word("关闭", "Closed"),
}
DELIVERY_STATES: Mapping[str, Word] = {
    "received": Word("处理中", "Under way", "blue"),
    "submitted": Word("已提交", "Submitted", "green"),
    "known": Word("内容已有", "Already held", ""),
    "question": Word("待确认疑问", "Waits for an answer", "amber"),
    "refused": Word("已拒收", "Refused", "red"),
    "dismissed": Word("已作罢", "Dropped", ""),
}
SEVERITIES: Mapping[str, Word] = {
    "error": Word("错误", "Error", "red"),
    "warning": Word("提醒", "Warning", "amber"),
    "note": Word("提示", "Note", "blue"),
}
TIDIED = Word("已规整", "Tidied", "blue")
"""The one note that rewrites what was received; the others only ask to look."""
TIDIED_CODE = "INTAKE-REWRITTEN"
EVENTS: Mapping[str, Word] = {
    "recorded": Word("入库", "Recorded", "green"),
    "corrected": Word("更正", "Corrected", "blue"),
    "revoked": Word("撤销", "Revoked", "red"),
    "publication_ended": Word("停止公示", "Publication ended", "amber"),
    "check_opened": Word("开始核查", "Check begun", "amber"),
    "check_closed": Word("核查结束", "Check ended", "blue"),
    "marked": Word("标注", "Marked", "amber"),
    "unmarked": Word("取消标注", "Mark ended", "blue"),
    "shielded": Word("暂时屏蔽", "Shielded", "amber"),
    "shield_ended": Word("屏蔽结束", "Shield ended", "blue"),
    "sealed": Word("封存", "Sealed", "red"),
    "resumed": Word("恢复公示", "Shown again", "amber"),
    "linked": Word("关联主体", "Linked", "green"),
    "unlinked": Word("撤销关联", "Link undone", "red"),
}
SCOPES: Mapping[str, Word] = {
    "own_unit": Word("本单位", "own unit"),
    "all": Word("全部单位", "all units", "blue"),
}
VERBS: Mapping[str, Word] = {
    "intake.preview": Word("上传文件并查看校验结果", "Upload a file and see what is wrong with it"),
    "intake.submit": Word("提交批次", "Submit a batch"),
    "intake.read": Word("查看批次和数据行", "Read batches and their rows"),
    "intake.release": Word("审核入库（不含本人提交的批次）", "Release batches (never one's own)"),
    "intake.return_batch": Word("退回批次", "Return batches"),
    "intake.decide_match": Word("认定存疑数据行的主体", "Settle whose a doubtful row is"),
    "intake.count": Word("填报月度产生数报表", "File the monthly count"),
    "intake.confirm_count": Word(
        "确认月度产生数报表（不含本人填报的）", "Confirm the monthly count (never one's own)"
    ),
    "intake.sample": Word("抽查准确率", "Draw and judge samples of accuracy"),
    "intake.note_found": Word(
        "登记别处发现的未报送决定", "Note decisions found elsewhere and not reported"
    ),
    "oversight.read": Word("查看数据质量", "Read the quality of data"),
    "intake.declare_channel": Word("声明归集渠道", "Declare a channel of intake"),
    "intake.confirm_channel": Word("确认他人声明的渠道", "Confirm a channel another declared"),
    "intake.run_channel": Word("立即运行渠道", "Run a channel at once"),
    "intake.pause_channel": Word("暂停、恢复渠道", "Pause and resume a channel"),
    "intake.close_channel": Word("关闭渠道", "Close a channel"),
    "subjects.import": Word("导入主体名录", "Import the list of organisations"),
    "subjects.read_person": Word(
        "依法定职权或授权查阅自然人信息", "Read a person's record under a power or consent"
    ),
    "register.read": Word("查看信用信息", "Read records"),
    "register.correct": Word("更正信用信息", "Correct records"),
    "register.revoke": Word("撤销信用信息", "Revoke records"),
    "register.unlink": Word("撤销信用信息与主体的关联", "Undo whose a record is held to be"),
    "register.open_case": Word(
        "受理“不是我”，即时停止公示", "Take in that a record is not about a subject; it is hidden"
    ),
    "register.decide_case": Word(
        "决定关联核查案件（不含本人受理、本人关联的）",
        "Decide cases about links (never one's own)",
    ),
    "intake.accept_difference": Word(
        "处理与已有信息不同的数据行", "Settle rows that differ from what is held"
    ),
    "subjects.propose_merge": Word("提出合并同一主体", "Propose that two subjects are one body"),
    "subjects.confirm_merge": Word(
        "确认主体合并（不含本人提出的）", "Confirm merges (never one's own)"
    ),
    "subjects.split": Word("拆分已合并的主体", "Split merged subjects"),
    "reports.issue": Word("出具信用报告", "Issue credit reports"),
    "replay.explain": Word("回放：当时说了什么、依据什么", "Replay what was said, and why"),
    "reports.withdraw": Word("撤回信用报告", "Take credit reports back"),
    "reports.revoke_key": Word("吊销签名密钥", "Revoke signing keys"),
    "reports.credential": Word("核验身份后签发信用凭证", "Issue credentials, identity checked"),
    "supervision.commit": Word("公开承诺双随机抽查", "Commit to a random inspection"),
    "supervision.draw": Word(
        "抽取、放弃双随机抽查（不含本人承诺的）",
        "Carry out or abandon random inspections (never one's own)",
    ),
    "audit.read": Word("查阅、验证操作日志", "Read and verify the log of acts"),
    "access.manage": Word("管理账号", "Manage accounts"),
    "rulebook.read": Word("查看规则库", "Read the rulebook"),
    "rulebook.edit": Word("维护规则库", "Edit the rulebook"),
}


ACTS: Mapping[str, Word] = {
    "intake.submit": Word("提交批次", "Submitted a batch"),
    "intake.release": Word("审核入库", "Released a batch"),
    "intake.return_batch": Word("退回批次", "Returned a batch"),
    "intake.decide_match": Word("认定主体", "Settled a row's subject"),
    "intake.file_count": Word("填报月度产生数", "Filed a monthly count"),
    "intake.confirm_count": Word("确认月度产生数", "Confirmed a monthly count"),
    "intake.send_back_count": Word("退回月度产生数", "Sent back a monthly count"),
    "intake.note_found": Word("登记未报送决定", "Noted an unreported decision"),
    "intake.draw_sample": Word("抽取准确率样本", "Drew a sample of accuracy"),
    "intake.judge_row": Word("核对样本", "Judged a sampled row"),
    "intake.deliver": Word("渠道送达", "A channel brought a file"),
    "intake.channel_declared": Word("声明渠道", "Declared a channel"),
    "intake.channel_confirmed": Word("确认渠道", "Confirmed a channel"),
    "intake.channel_paused": Word("暂停渠道", "Paused a channel"),
    "intake.channel_resumed": Word("恢复渠道", "Resumed a channel"),
    "intake.channel_closed": Word("关闭渠道", "Closed a channel"),
    "intake.channel_reread": Word("重新读取数据源", "Had a source read again"),
    "intake.channel_hastened": Word("尽快运行渠道", "Had a channel run at once"),
    "intake.channel_run": Word("立即运行渠道", "Ran a channel at once"),
    "subjects.import": Word("导入主体名录", "Imported organisations"),
    "register.corrected": Word("更正信用信息", "Corrected a record"),
    "register.revoked": Word("撤销信用信息", "Revoked a record"),
    "register.unlink": Word("撤销关联", "Undid a link"),
    "register.link": Word("关联主体", "Linked a record"),
    "register.open_case": Word("受理“不是我”", "Took in a “not me”"),
    "register.decide_case": Word("决定核查案件", "Decided a case"),
    "register.read_case": Word("查阅当事人陈述", "Read a subject's statement"),
    "intake.accept_proposals": Word("采纳改错建议", "Accepted proposed mendings"),
    "intake.export_faults": Word("下载待改文件", "Downloaded the rows to mend"),
    "intake.remember_mapping": Word("记住列对应", "Had a mapping of columns remembered"),
    "intake.forget_mapping": Word("忘记列对应", "Had a mapping of columns forgotten"),
    "intake.undo_match": Word("撤销认定", "Undid a row's subject"),
    "intake.decide_case": Word("数据行退回待认定", "Sent a row back to be settled"),
    "intake.accept_difference": Word("采纳为更正", "Took a row as a correction"),
    "intake.decline_difference": Word("不予采纳", "Declined a differing row"),
    "subjects.propose_merge": Word("提出合并主体", "Proposed a merge"),
    "subjects.confirm_merge": Word("确认合并主体", "Confirmed a merge"),
    "subjects.decline_merge": Word("不予合并", "Declined a merge"),
    "subjects.split": Word("拆分主体", "Split a merge"),
    "register.open_personal": Word("查阅自然人信息", "Read a person's record"),
    "register.open_personal.refused": Word(
        "查阅自然人信息被拒", "Was refused a person's record", "red"
    ),
    "reports.issue": Word("出具信用报告", "Issued a report"),
    "replay.explain": Word("查看回放", "Looked at a replay"),
    "reports.withdraw": Word("撤回信用报告", "Took a report back"),
    "reports.revoke_key": Word("吊销签名密钥", "Revoked a signing key"),
    "reports.credential": Word("签发信用凭证", "Issued a credential"),
    "supervision.commit": Word("承诺双随机抽查", "Committed to a draw"),
    "supervision.draw": Word("抽取双随机抽查", "Carried out a draw"),
    "supervision.abandon": Word("放弃双随机抽查", "Abandoned a draw"),
    "access.register_officer": Word("开通账号", "Opened an account"),
    "access.issue_token": Word("发放令牌", "Issued a token"),
}
"""Acts in the log, in words; an act not listed here shows its verb."""


@dataclass(frozen=True)
class OnTime:
    """The reporting deadline today: decisions since this day are still on time."""

    since: date
    working_days: int
    basis: Basis


@dataclass(frozen=True)
class Candidate:
    """An organisation a row may be about; `code` character by character, with what differs."""

    subject: SubjectView
    code: tuple[tuple[str, bool], ...]
    same_name: bool
    former_name: bool


@dataclass(frozen=True)
class MatchChoice:
    """What a person can decide about a doubtful row."""

    name: str
    code: str
    personal: bool
    candidates: tuple[Candidate, ...]
    can_open: bool
