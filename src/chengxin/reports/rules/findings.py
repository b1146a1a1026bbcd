"""What each verdict of a verification says to people."""

from collections.abc import Mapping

from chengxin.reports.values import Verdict

SENTENCES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.VALID: (
        "核验通过：本报告由所信任的机构签名出具，出具后未被改动。",
        "Valid: this report was signed by the trusted authority and has not been changed since.",
    ),
    Verdict.ALTERED: (
        (
            "核验不通过：文件在签名后被改动，或签名已损坏。"
            "请勿采信；请向提供者索取原始文件，或在出具网站用核验码查询。"
        ),
        (
            "Not valid: the file was changed after it was signed, or its signature is damaged. "
            "Do not rely on it; ask for the original file, or look the code up on the issuing site."
        ),
    ),
    Verdict.FOREIGN: (
        "核验不通过：文件有签名，但不是由所信任的机构签发的信用报告。请核对出具网站及其根证书。",
        (
            "Not valid: the file is signed, but it is not a credit report of the trusted "
            "authority. Check the issuing site and its certificate."
        ),
    ),
    Verdict.NOT_SIGNED: (
        (
            "核验不通过：文件没有电子签名，不能证明其来源（打印件、截图或另存的文件没有签名）。"
            "请索取原始文件，或在出具网站用核验码查询。"
        ),
        (
            "Not valid: the file carries no signature, so nothing proves where it came from (a "
            "print, a picture or a re-saved copy has none). Ask for the original file, or look the "
            "code up on the issuing site."
        ),
    ),
    Verdict.UNREADABLE: (
        "无法核验：这不是可读取的 PDF 文件，或文件过大、不完整。请重新获取原始文件。",
        (
            "Cannot be checked: this is no readable PDF file, or it is too large or incomplete. "
            "Obtain the original file again."
        ),
    ),
}
