"""What can go wrong with a credit report, said to people."""

from chengxin.kernel.errors import CreditError


class NoSuchOrganisation(CreditError):
    """Nothing public answers to the code or name that was asked for."""

    code = "REPORTS-NO-SUCH-ORGANISATION"
    zh = "未找到可公开查询的法人或非法人组织：{asked}。请核对统一社会信用代码（18位）后再试。"
    en = (
        "No organisation open to public enquiry answers to {asked}. "
        "Check the 18-character unified social credit code and try again."
    )
    status = 404


class NotAnOrganisation(CreditError):
    """Charter 3: people are not published, so no public report of a person exists."""

    code = "REPORTS-NOT-AN-ORGANISATION"
    zh = (
        "本报告仅提供法人和非法人组织的公开信用信息，不提供自然人信用报告。"
        "本人如需查询，请持有效身份证件到信用服务窗口办理。"
    )
    en = (
        "This report covers organisations only; no public report of a natural person is issued. "
        "A person may ask for their own record at the credit service window, with proof of "
        "identity."
    )
    status = 403


class UnknownLanguage(CreditError):
    """A report is made in Chinese or in English."""

    code = "REPORTS-UNKNOWN-LANGUAGE"
    zh = "报告语言仅支持 zh（中文）和 en（英文），收到：{language}。"
    en = "A report is made in zh (Chinese) or en (English); received: {language}."


class FutureDay(CreditError):
    """A report shows what was public on a day that has come."""

    code = "REPORTS-FUTURE-DAY"
    zh = "报告截止日期 {day} 晚于今天，无法出具尚未到来的日期的报告。请改为今天或更早的日期。"
    en = "The report's day {day} lies in the future. Choose today or an earlier day."


class NoAuthority(CreditError):
    """Without the authority's certificate nothing can be said about a signature."""

    code = "REPORTS-NO-AUTHORITY"
    zh = (
        "无法读取报告签名根证书（{file}），不能核验签名。"
        "请从出具报告的网站下载根证书，并用 --ca 指定；出具方请检查密钥目录。"
    )
    en = (
        "The certificate of the report authority ({file}) cannot be read, so no signature can "
        "be checked. Download it from the issuing site and name it with --ca; if you issue "
        "reports, check the keys folder."
    )
    status = 503


class PageNotMade(CreditError):
    """The page could not be set; nothing was stored."""

    code = "REPORTS-PAGE-NOT-MADE"
    zh = "报告排版失败，未生成任何文件：{reason}。请稍后重试；如仍失败，请联系系统运维人员。"
    en = (
        "The report could not be set and nothing was written: {reason}. "
        "Try again later; if it persists, tell the operator of the system."
    )
    status = 500


class Superseded(CreditError):
    """A fact on the report left publication or was corrected, or the report was taken back."""

    code = "REPORTS-SUPERSEDED"
    zh = (
        "报告{number}出具后，所载信息中已有停止公示或更正的，或者报告已被撤回，本站不再提供原件。"
        "请勿再据以判断，可重新出具报告。"
    )
    en = (
        "Since report {number} was issued, a fact on it has left publication or was corrected, or "
        "the report was taken back. The file is no longer given out; do not rely on it, and take "
        "a new report."
    )
    status = 410


class NoSuchReport(CreditError):
    """No report was issued here under that code."""

    code = "REPORTS-NO-SUCH-REPORT"
    zh = "本站没有出具过 {code} 对应的报告。请核对核验码或者月份（YYYYMM）。"
    en = "No report issued here answers to {code}. Check the code, or the month (YYYYMM)."
    status = 404


class ReasonWanted(CreditError):
    """An official takes a report back with a reason."""

    code = "REPORTS-REASON-WANTED"
    zh = "撤回报告须写明理由（不超过{longest}字），理由会记入日志。"
    en = "Say why the report is taken back (at most {longest} characters); it goes into the log."


class AlreadyWithdrawn(CreditError):
    """A report is taken back once."""

    code = "REPORTS-ALREADY-WITHDRAWN"
    zh = "报告{number}已经撤回，无需再次撤回。"
    en = "Report {number} was taken back already; nothing more is to be done."
    status = 409


class BadStatusList(CreditError):
    """The status list at hand proves nothing."""

    code = "REPORTS-BAD-STATUS-LIST"
    zh = (
        "状态列表（{file}）不是由所信任的机构签发，或者已损坏，不能据以判断。请从出具网站重新下载。"
    )
    en = (
        "The status list ({file}) is not signed by the trusted authority, or is damaged, and "
        "proves nothing. Download it from the issuing site again."
    )


class UnknownDomain(CreditError):
    """A special report speaks of domains the rulebook names."""

    code = "REPORTS-UNKNOWN-DOMAIN"
    zh = "没有“{asked}”这一领域。可选：{known}。"
    en = "There is no domain {asked}. Choose from: {known}."


class PeriodTooLong(CreditError):
    """A special report looks back no longer than the rules say."""

    code = "REPORTS-PERIOD-TOO-LONG"
    zh = "查询期间须为1至{longest}个月，收到：{months}。依据：{basis}。"
    en = "The period is 1 to {longest} months; received: {months}. Basis: {basis}."


class BadHolderKey(CreditError):
    """A credential is bound to a key of its holder."""

    code = "REPORTS-BAD-HOLDER-KEY"
    zh = "持有者公钥无法读取：须为 P-256 公钥（JWK 格式）。请用 chengxin reports holder-key 生成。"
    en = (
        "The holder's key cannot be read: a P-256 public key (JWK) is wanted. Make one with "
        "chengxin reports holder-key."
    )


class UnknownClaim(CreditError):
    """A holder can show what the credential says, and nothing else."""

    code = "REPORTS-UNKNOWN-CLAIM"
    zh = "凭证里没有“{claim}”。可出示：{known}。"
    en = "The credential has no claim {claim}. It can show: {known}."


REFUSALS = {
    "altered": (
        "内容被改动，或者不是所信任的机构签发的凭证",
        "it was changed, or is no credential of the trusted authority",
    ),
    "expired": ("已经过期，或者不是刚才出示的", "it has expired, or was not made just now"),
    "unbound": (
        "没有持有者的签名，任何人都可能复制",
        "it lacks the holder's signature; anyone may have copied it",
    ),
    "replayed": (
        "不是对本次核验、本单位出示的，可能是重复使用",
        "it was not made for this check and this reader; it may be a replay",
    ),
    "withdrawn": (
        "已被撤回或者所依据的信息已有变动",
        "it was withdrawn, or its facts changed since",
    ),
}


class PresentationRefused(CreditError):
    """A presentation proves nothing to this reader."""

    code = "REPORTS-PRESENTATION-REFUSED"
    zh = "核验不通过：{why}。请勿采信，请对方针对本次核验重新出示。"
    en = "Not valid: {why_en}. Do not rely on it; ask for a new presentation for this check."

    def __init__(self, *, reason: str) -> None:
        why, why_en = REFUSALS[reason]
        super().__init__(reason=reason, why=why, why_en=why_en)
