"""The sentences for every reason code `IDS-…`: what is wrong and what to do.

`{zh}` is the kind's Chinese name, `{en}` its English one, `{an}` that with its article.
"""

from chengxin.kernel.ids.values import IdKind

KIND_NAMES: dict[IdKind, tuple[str, str]] = {
    IdKind.USCC: ("统一社会信用代码", "unified social credit code"),
    IdKind.ID_NUMBER: ("公民身份号码", "ID number"),
    IdKind.ORG_CODE: ("组织机构代码", "organisation code"),
    IdKind.REGISTRATION: ("工商注册号", "registration number"),
    IdKind.TAX: ("税务登记号", "tax number"),
    IdKind.PASSPORT: ("护照号码", "passport number"),
    IdKind.HK_MACAO_PERMIT: ("港澳居民来往内地通行证号码", "Hong Kong/Macao travel permit number"),
    IdKind.TAIWAN_PERMIT: ("台湾居民来往大陆通行证号码", "Taiwan travel permit number"),
    IdKind.RESIDENCE_PERMIT: ("港澳台居民居住证号码", "residence permit number"),
    IdKind.FOREIGNER_ID: ("外国人永久居留身份证号码", "foreigner's permanent residence number"),
}

LENGTHS: dict[IdKind, str] = {
    IdKind.USCC: "18",
    IdKind.ID_NUMBER: "18 / 15",
    IdKind.ORG_CODE: "9",
    IdKind.REGISTRATION: "15 / 13",
    IdKind.TAX: "15 / 17 / 18 / 20",
    IdKind.RESIDENCE_PERMIT: "18",
    IdKind.FOREIGNER_ID: "18 / 15",
}

REASONS: dict[str, tuple[str, str]] = {
    "IDS-EMPTY": (
        "没有填写{zh}。请补填；确无号码的，请留空并改用其他证件类型。",
        "No {en} is given. Fill it in; if there is none, leave it blank and use another kind.",
    ),
    "IDS-LENGTH": (
        "{zh}应为 {lengths} 位，现为 {length} 位。请对照证照原件核对是否漏填、多填。",
        "This has {length} characters; {an} has {lengths}. Compare it with the certificate.",
    ),
    "IDS-ALPHABET": (
        "{zh}第 {place} 位“{found}”不应出现。请对照证照原件核对该位。",
        "“{found}” at place {place} cannot occur in {an}. Compare that place with the original.",
    ),
    "IDS-CHECK-DIGIT": (
        "{zh}的校验位与前面各位不符，至少有一位不对。请对照证照原件逐位核对",
        (
            "The check digit does not fit the {en}: at least one place is wrong. Compare each "
            "place with the certificate"
        ),
    ),
    "IDS-PLACEHOLDER": (
        "所填为占位号码，不是真实的{zh}。请向当事人取得真实号码；确无号码的，由人工认定主体。",
        (
            "This is a placeholder, not a real {en}. Ask the party for the real one; if there is "
            "none, a person decides who the subject is."
        ),
    ),
    "IDS-SPREADSHEET-NUMBER": (
        (
            "该号码被电子表格当作数字改成了科学计数法，后面的数字已丢失，无法还原。"
            "请在原系统中把该列设为“文本”后重新导出，不要手工补位。"
        ),
        (
            "A spreadsheet took this {en} for a number and rounded it; the digits behind are lost "
            "and cannot be restored. Set the column to text in the source and export it again."
        ),
    ),
    "IDS-DIGITS-LOST": (
        (
            "{zh}校验位不符且以“000”结尾，很可能被电子表格当作数字、只保留了前 15 位。"
            "请在原系统中把该列设为“文本”后重新导出。"
        ),
        (
            "The check digit does not fit and the {en} ends in 000: a spreadsheet has probably "
            "kept 15 digits only. Set the column to text in the source and export it again."
        ),
    ),
    "IDS-PREFIX": (
        (
            "{zh}校验位正确，但前两位“{prefix}”不是已知的登记管理部门和机构类别。"
            "请对照证照原件核对；无误的，由人工确认。"
        ),
        (
            "The check digit holds, but “{prefix}” is no known department and category of {an}. "
            "Compare it with the certificate; if it is right, a person confirms it."
        ),
    ),
    "IDS-INNER-CHECK": (
        "{zh}有效；其中第 9 至 17 位组织机构代码的校验位不符，不影响使用，可顺便核对。",
        (
            "The {en} is valid; the organisation code inside (places 9-17) has a wrong check "
            "digit. It can be used; compare it when there is occasion."
        ),
    ),
    "IDS-ALSO-ID-NUMBER": (
        "该号码同时是（或包含）有效的公民身份号码，一律不公示。请核对是否误填了个人证件号码。",
        (
            "This number is also, or contains, a valid ID number of a person and is never "
            "published. Check whether a person's number was filled in by mistake."
        ),
    ),
    "IDS-NO-CHECK-DIGIT": (
        "该{zh}没有校验位，只能核对位数和格式。重要事项请对照证照原件。",
        (
            "This {en} has no check digit; only its shape could be checked. "
            "Compare it with the document where it matters."
        ),
    ),
    "IDS-PROVINCE": (
        "{zh}开头的“{prefix}”不是有效的地区。请对照证照原件核对前几位。",
        (
            "“{prefix}” at the beginning of the {en} is no valid region. "
            "Compare the first places with the document."
        ),
    ),
    "IDS-BIRTH-DATE": (
        "{zh}第 7 至 14 位不是有效的出生日期。请对照证件原件核对这几位。",
        "Places 7-14 of the {en} are no valid date of birth. Compare them with the document.",
    ),
    "IDS-FORM": (
        "所填内容不符合{zh}的格式。请核对证件类型是否选对、号码是否填全。",
        (
            "This does not have the form of {an}. "
            "Check whether the right kind of document was chosen and the number is complete."
        ),
    ),
}
