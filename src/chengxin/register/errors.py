"""What can go wrong with a record."""

from chengxin.kernel.errors import CreditError


class UnknownRecord(CreditError):
    """No record with that id."""

    code = "REGISTER-UNKNOWN-RECORD"
    zh = "没有编号为“{asked}”的信用信息。请核对编号。"
    en = "There is no record with the id “{asked}”. Check the id."
    status = 404


class AlreadyRevoked(CreditError):
    """A revoked record cannot be changed any more."""

    code = "REGISTER-ALREADY-REVOKED"
    zh = "该信息已于{revoked_on}撤销，不能再更正或撤销。"
    en = "This record was revoked on {revoked_on}; it can no longer be corrected or revoked."
    status = 409


class ReasonNeeded(CreditError):
    """Correcting, revoking and ending early all need a reason, which is published."""

    code = "REGISTER-REASON-NEEDED"
    zh = "请填写理由。撤销、更正的理由将一并公开。依据：{basis}。"
    en = "Give a reason. It is published with the withdrawal or correction. Basis: {basis}."


class NothingChanges(CreditError):
    """A correction that leaves every field as it is."""

    code = "REGISTER-NOTHING-CHANGES"
    zh = "更正内容与现有内容相同，没有需要更正之处。"
    en = "The correction is the same as what is held; there is nothing to correct."
    status = 409


class PurposeNeeded(CreditError):
    """A natural person's record is opened for a registered purpose only (charter 4)."""

    code = "REGISTER-PURPOSE-NEEDED"
    zh = (
        "查阅自然人信息须说明已登记的查询目的（可用：{known}），并具有法定职权或本人授权。"
        "本次查阅未予准许，已记录。"
    )
    en = (
        "A natural person's record is opened only for a registered purpose (there are: {known}), "
        "with a statutory power or the person's consent. This attempt was refused and logged."
    )
    status = 403


class CorrectionFaulty(CreditError):
    """The corrected value would not pass the item's own checks."""

    code = "REGISTER-CORRECTION-FAULTY"
    zh = "更正后的内容未通过校验，未保存：{faults_zh}"
    en = "The corrected values do not pass the item's checks; nothing was saved: {faults_en}"
    status = 422


class UnderCheck(CreditError):
    """The record is hidden while its link to a subject is checked."""

    code = "REGISTER-UNDER-CHECK"
    zh = "信用信息“{asked}”正在核查是否属于该主体，核查期间不公示、不使用。请待核查结束后再查。"
    en = (
        "Whose the record “{asked}” is, is being checked; until then it is neither shown nor "
        "used. Ask again when the check has ended."
    )
    status = 404


class CaseOpen(CreditError):
    """One check of a record at a time; and while it runs, the case decides."""

    code = "REGISTER-CASE-OPEN"
    zh = "该信息已有正在办理的核查案件{number}。请在该案件中办理。"
    en = "A check of this record is under way, case {number}. Act in that case."
    status = 409


class UnknownCase(CreditError):
    """No case with that number."""

    code = "REGISTER-UNKNOWN-CASE"
    zh = "没有编号为“{asked}”的核查案件。请核对编号。"
    en = "There is no case “{asked}”. Check the number."
    status = 404


class CaseDecided(CreditError):
    """The case was decided."""

    code = "REGISTER-CASE-DECIDED"
    zh = "核查案件{number}已办结（{state}），不能再次办理。"
    en = "Case {number} was decided (“{state_en}”); it cannot be decided again."
    status = 409


class NotLinked(CreditError):
    """There is no link to undo or to doubt."""

    code = "REGISTER-NOT-LINKED"
    zh = "该信息目前没有关联到任何主体，正等待认定。"
    en = "This record is linked to nobody at present; it waits to be settled."
    status = 409


class OwnLink(CreditError):
    """Whoever made a link, or took a case in, does not judge it."""

    code = "REGISTER-OWN-LINK"
    zh = "该关联由您本人认定或审核入库，或者该案件由您本人受理，须由另一位办理人办理。"
    en = (
        "You made this link, released its batch or took the case in yourself; another officer "
        "has to do this."
    )
    status = 403


class NothingSaid(CreditError):
    """A case needs who speaks for the subject, and what they say."""

    code = "REGISTER-NOTHING-SAID"
    zh = "请填写由谁代表该主体提出，以及为什么该信息与其无关。"
    en = "Say who speaks for the subject, and why the record is not about it."


class WrongDay(CreditError):
    """A decision is set aside between the day it was made and today."""

    code = "REGISTER-WRONG-DAY"
    zh = "决定被撤销的日期须在作出决定之日（{decided_on}）至今天（{on}）之间。"
    en = "The day the decision was set aside lies between the decision ({decided_on}) and {on}."


class AlreadyLinked(CreditError):
    """Somebody settled it meanwhile."""

    code = "REGISTER-ALREADY-LINKED"
    zh = "该信息已经关联到主体，无需再次认定。如关联有误，请撤销关联。"
    en = "This record is linked to a subject already. If that is wrong, undo the link."
    status = 409


class NotSealed(CreditError):
    """Only what another officer has sealed is erased."""

    code = "REGISTER-NOT-SEALED"
    zh = "该信息尚未封存，或者由您本人封存。须先封存，再由另一位办理人清除。"
    en = "This record is not sealed, or you sealed it yourself. Another officer erases it."
    status = 409
