"""What can go wrong with subjects."""

from chengxin.kernel.errors import CreditError


class UnknownSubject(CreditError):
    """Nobody with that code or public identifier, or a natural person, which is the same answer."""

    code = "SUBJECTS-UNKNOWN"
    zh = "没有找到“{asked}”对应的信用主体。请核对统一社会信用代码，或用名称搜索。"
    en = "No organisation was found for “{asked}”. Check the code, or search by name."
    status = 404


class ListUnreadable(CreditError):
    """The organisation list lacks the two columns without which nothing can be imported."""

    code = "SUBJECTS-LIST-UNREADABLE"
    zh = (
        "名单中没有找到名称列或代码列。表头为：{headers}。"
        "请保留“名称”和“统一社会信用代码”两列后重试。"
    )
    en = (
        "The list has no column for the name or for the code. Headers found: {headers}. "
        "Keep a name column and a code column, then try again."
    )
