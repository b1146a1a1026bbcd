"""What can go wrong with a case."""

from chengxin.kernel.errors import CreditError


class UnknownCase(CreditError):
    """No such case, or not for this reader: both are said alike."""

    code = "CASEWORK-UNKNOWN-CASE"
    zh = "没有编号为“{asked}”的案件，或者您无权查看。请核对编号。"
    en = "There is no case “{asked}”, or it is not yours to see. Check the number."
    status = 404


class MoveNotAllowed(CreditError):
    """The table of moves has no such step."""

    code = "CASEWORK-MOVE-NOT-ALLOWED"
    zh = "案件目前的状态（{state}）不能办理“{move}”。请刷新后按页面列出的步骤办理。"
    en = "A case in the state “{state}” allows no “{move}”. Reload and take a step the page offers."
    status = 409


class WrongDay(CreditError):
    """Before the step before it."""

    code = "CASEWORK-WRONG-DAY"
    zh = "办理日期{on}早于上一步的{last}，未办理。"
    en = "The day {on} lies before the last step on {last}; nothing was done."


class TooEarly(CreditError):
    """A time given to the subject is not over."""

    code = "CASEWORK-TOO-EARLY"
    zh = "给当事人的期限到{until}届满，届满前不能办理。"
    en = "The time given to the subject ends on {until}; this cannot be done before."
    status = 409


class TooLate(CreditError):
    """The time to ask for a review is over."""

    code = "CASEWORK-TOO-LATE"
    zh = "申请复核的期限已于{until}届满。仍认为有错的，可以有新证据时重新提出，或者依法复议、诉讼。"
    en = (
        "The time to ask for a review ended on {until}. With new evidence file anew; "
        "reconsideration and a lawsuit stay open."
    )
    status = 409


class SameHands(CreditError):
    """Another person has to do this."""

    code = "CASEWORK-SAME-HANDS"
    zh = "该案件由您提出、经办或者审核入库，须由另一位办理人办理。"
    en = "You filed, handled or entered this yourself; another officer has to do this."
    status = 403


class ReasonNeeded(CreditError):
    """A decision needs its reasons."""

    code = "CASEWORK-REASON-NEEDED"
    zh = "请写明理由。理由将告知当事人。"
    en = "State the reasons; the subject will be told them."


class NothingSaid(CreditError):
    """A case needs words."""

    code = "CASEWORK-NOTHING-SAID"
    zh = "请写明您的主张：哪里不对，为什么。"
    en = "Say what is wrong, and why."


class CaseOpen(CreditError):
    """One case of a kind at a time."""

    code = "CASEWORK-CASE-OPEN"
    zh = "这一项已有正在办理的案件{number}，请在该案件中补充。"
    en = "Case {number} about this is under way; add to it there."
    status = 409


class UnknownField(CreditError):
    """The item has no such open field."""

    code = "CASEWORK-UNKNOWN-FIELD"
    zh = "该类信息没有可供异议的数据项“{field}”。请从列出的数据项中选择。"
    en = "This kind of record has no field “{field}” to object to. Choose one that is listed."


class NotYours(CreditError):
    """The record is not about who speaks. Says no more than that there is none."""

    code = "CASEWORK-NOT-YOURS"
    zh = "没有编号为“{asked}”、归属于您所代表主体的信用信息。"
    en = "There is no record “{asked}” of the subject you speak for."
    status = 404


class NotAdverse(CreditError):
    """Nothing to repair."""

    code = "CASEWORK-NOTHING-TO-REPAIR"
    zh = "该信息没有不利影响，或者已经停止公示和使用，不需要修复。"
    en = "This record has no adverse effect, or it has ended already: there is nothing to repair."
    status = 409


class RepairTooEarly(CreditError):
    """The shortest term is not over."""

    code = "CASEWORK-REPAIR-TOO-EARLY"
    zh = "该信息最短公示期至{earliest}届满，请于该日起再申请信用修复。依据：{basis}。"
    en = "This record stays public until {earliest}; ask again from then. Basis: {basis}."
    status = 409


class RepairElsewhere(CreditError):
    """This way out does not lead through a unit of the platform."""

    code = "CASEWORK-REPAIR-ELSEWHERE"
    zh = "该信息的修复途径是：{route}。平台不能代为受理；期限届满之日（{until}）自动停止。"
    en = "The way out of this record is: {route_en}. It ends by itself on {until}."
    status = 409


class Barred(CreditError):
    """False papers bar a new request for a time."""

    code = "CASEWORK-BARRED"
    zh = "因曾提供虚假材料，{until}前不能再次申请。依据：{basis}。"
    en = "After false papers no new request is taken before {until}. Basis: {basis}."
    status = 409


class BadPaper(CreditError):
    """A file that is not taken."""

    code = "CASEWORK-BAD-PAPER"
    zh = "文件“{name}”未收：只收 PDF、JPG、PNG，每个不超过 {limit_mb} MB，最多 {most} 个。"
    en = "“{name}” was not taken: PDF, JPG or PNG, {limit_mb} MB each at most, {most} in all."


class OutcomeNeeded(CreditError):
    """An answer says how it ends."""

    code = "CASEWORK-OUTCOME-NEEDED"
    zh = "请选择处理结果。"
    en = "Choose how the case is answered."


class NotCorrectable(CreditError):
    """The field is what makes the record that record."""

    code = "CASEWORK-NOT-CORRECTABLE"
    zh = "“{field}”属于该信息的身份（当事人、文号、日期等），不能更正，只能删除后重新报送。"
    en = "“{field}” is what makes this record that record; delete it and send it anew."
    status = 422


class StillThere(CreditError):
    """Closed as gone although it stands."""

    code = "CASEWORK-STILL-THERE"
    zh = "该信息仍然有效，不能以“信息已不存在”终结。"
    en = "The record still stands; the case cannot be closed as gone."
    status = 409


class NotMinor(CreditError):
    """Sealing needs its ground."""

    code = "CASEWORK-NOT-SEALABLE"
    zh = "只有行为时未成年人的信息才封存。请写明核实的依据。"
    en = "Only what is about a minor at the time of the act is sealed. State how it was verified."


class DocumentNeeded(CreditError):
    """A proceeding is proved by its document."""

    code = "CASEWORK-DOCUMENT-NEEDED"
    zh = "请填写文书名称和文号（受理通知书、决定书或者判决书）。"
    en = "Give the document and its number: notice of acceptance, decision or judgment."


class NoPlan(CreditError):
    """The register holds no approved plan of reorganisation of that subject."""

    code = "CASEWORK-NO-REORGANISATION"
    zh = "没有归集到法院批准该主体重整计划的裁定，或者计划执行期间有误，不能屏蔽。"
    en = (
        "The register holds no order approving a reorganisation plan of this subject, or the "
        "days are off; nothing was hidden."
    )
    status = 409
