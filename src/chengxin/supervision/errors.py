"""What can go wrong with a draw, said to people."""

from chengxin.kernel.errors import CreditError


class NobodyToDraw(CreditError):
    """The list to draw from is empty."""

    code = "SUPERVISION-NOBODY-TO-DRAW"
    zh = "抽查对象名录为空：{population}。请调整事项、单位或地区范围后再承诺。"
    en = "There is nobody to draw from: {population}. Change item, unit or district."


class NotToDrawFrom(CreditError):
    """The list is public; who stands on it must not be told to have an adverse or closed record."""

    code = "SUPERVISION-NOT-TO-DRAW-FROM"
    zh = (
        "不能用“{item}”圈定名录：名录随证明公开，会泄露不利或不公开的信息。请改用许可、登记等事项。"
    )
    en = "No list is made from {item}: it is public and would tell what is adverse or closed."


class UnknownTier(CreditError):
    """A tier the rulebook gives no rate for."""

    code = "SUPERVISION-UNKNOWN-TIER"
    zh = "监管分级“{tier}”没有抽查比例（规则库 supervision.rates）。可用：{known}。"
    en = "The rulebook (supervision.rates) gives no rate for tier {tier}. Use one of: {known}."


class BadInspector(CreditError):
    """Inspectors are named by service numbers, never by name or identity number."""

    code = "SUPERVISION-BAD-INSPECTOR"
    zh = (
        "执法人员“{given}”不是工号。请填2至20位字母、数字或连字符的内部工号；"
        "不填姓名，不填身份证号，同一工号只填一次。"
    )
    en = (
        "{given} is no service number. Give 2 to 20 letters, digits or hyphens, each once; "
        "neither a name nor an identity number."
    )


class TooFewInspectors(CreditError):
    """A visit needs a team, and somebody may have to stay away."""

    code = "SUPERVISION-TOO-FEW-INSPECTORS"
    zh = "每次检查须 {team} 名执法人员，{where}可派的只有 {there} 名。请补充名单或核对回避。"
    en = "A visit takes {team} inspectors; for {where} only {there} may go. Name more of them."


class ChanceTooEarly(CreditError):
    """Chance must speak after the commitment, or it could have been known."""

    code = "SUPERVISION-CHANCE-TOO-EARLY"
    zh = "公开随机数须在承诺日 {committed_on} 之后产生，所指日期是 {source_on}。请指定以后的日期。"
    en = "Chance must speak after {committed_on}, not on {source_on}. Name a later day."


class NotYetDrawn(CreditError):
    """The day named in the commitment has not come."""

    code = "SUPERVISION-NOT-YET"
    zh = "公开随机数“{source}”于 {source_on} 产生，尚未到时间。请届时录入。"
    en = "The chance named ({source}) speaks on {source_on}. Enter it then."


class NoChance(CreditError):
    """The text entered holds no digit or letter, or far too few."""

    code = "SUPERVISION-NO-CHANCE"
    zh = "录入的公开随机数“{given}”过短，至少需要 {least} 个数字或字母。请照公布的结果完整录入。"
    en = (
        "{given} is too short for a public chance: at least {least} digits or letters as published."
    )


class OwnCommitment(CreditError):
    """Who committed to the list does not enter the chance."""

    code = "SUPERVISION-OWN-COMMITMENT"
    zh = "承诺人不能自己开奖或放弃（{number}）。请由本单位另一位有权人员办理。"
    en = "Who committed to draw {number} may not carry it out or abandon it. Another officer must."
    status = 403


class AlreadyEnded(CreditError):
    """A draw is carried out or abandoned once."""

    code = "SUPERVISION-ALREADY-ENDED"
    zh = "抽查 {number} 已经{how}，结果不能更改。"
    en = "Draw {number} has ended ({how}); nothing can be changed."
    status = 409


class UnknownDraw(CreditError):
    """No draw has this number."""

    code = "SUPERVISION-UNKNOWN-DRAW"
    zh = "没有编号为 {number} 的抽查。请核对编号。"
    en = "There is no draw {number}. Check the number."
    status = 404


class NoReason(CreditError):
    """An abandoned draw is explained to the public."""

    code = "SUPERVISION-NO-REASON"
    zh = "放弃抽查须说明理由，理由将公开。请填写至少 {least} 个字。"
    en = "Say why the draw is abandoned, in at least {least} characters; the reason is public."


class NoProof(CreditError):
    """The file is no proof of a draw."""

    code = "SUPERVISION-NO-PROOF"
    zh = "{file} 不是抽查证明文件（{why}）。请从网站“双随机抽查”页面下载原文件。"
    en = "{file} is no proof of a draw ({why}). Download it from the page of the draw."


class UnknownPlan(CreditError):
    """No plan has this number."""

    code = "SUPERVISION-UNKNOWN-PLAN"
    zh = "没有编号为 {number} 的抽查计划。请核对编号。"
    en = "There is no plan {number}. Check the number."
    status = 404


class PlanIncomplete(CreditError):
    """A plan says what is inspected, in this year or the next."""

    code = "SUPERVISION-PLAN-INCOMPLETE"
    zh = "请填写计划名称和至少一项检查事项，年度为 {year} 或者 {next}。"
    en = "Give a title and at least one matter to inspect; the year is {year} or {next}."


class OwnPlan(CreditError):
    """Who drafted a plan does not decide on it; nor does software."""

    code = "SUPERVISION-OWN-PLAN"
    zh = "计划 {number} 须由本单位另一位具名负责人批准，拟定人不能批准自己的计划。"
    en = "Plan {number} is decided by another named official of the unit, not by who drafted it."
    status = 403


class PlanDecided(CreditError):
    """A plan is decided once."""

    code = "SUPERVISION-PLAN-DECIDED"
    zh = "计划 {number} 已经作出决定，不能更改；需要调整的，请另拟计划。"
    en = "Plan {number} has been decided; draft another one to change it."
    status = 409


class PlanNotApproved(CreditError):
    """A draw follows an approved plan of its own unit and year."""

    code = "SUPERVISION-PLAN-NOT-APPROVED"
    zh = "计划 {number} 尚未批准，或者不是本单位本年度的计划，不能据此抽取。"
    en = "Plan {number} is not an approved one of this unit and year; nothing is drawn by it."
    status = 409


class NoGrounds(CreditError):
    """A decision without reasons."""

    code = "SUPERVISION-NO-GROUNDS"
    zh = "请写明批准或者不予批准的理由。"
    en = "Give the reasons for approving the plan or not."
