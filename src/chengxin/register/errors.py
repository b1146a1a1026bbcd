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
