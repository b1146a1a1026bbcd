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


class UnknownMerge(CreditError):
    """No merge with that id."""

    code = "SUBJECTS-UNKNOWN-MERGE"
    zh = "没有编号为“{asked}”的主体合并。请核对编号。"
    en = "There is no merge with the id “{asked}”. Check the id."
    status = 404


class PersonsNeverMerged(CreditError):
    """Natural persons are told apart by a whole identifier only, which already names one."""

    code = "SUBJECTS-PERSONS-NEVER-MERGED"
    zh = "自然人不得合并：只有完整证件号码相同才是同一人，而同一号码在系统中只对应一人。"
    en = (
        "Natural persons are never merged: only the same whole identifier makes two entries one "
        "person, and one identifier already names one person here."
    )
    status = 403


class NotOneBody(CreditError):
    """The two cannot be one body: the same entry, other kinds, or merged already."""

    code = "SUBJECTS-NOT-ONE-BODY"
    zh = "这两个主体不能合并：{why}。"
    en = "These two cannot be merged: {why_en}."
    status = 409


class MergeNeedsGrounds(CreditError):
    """A merge rests on a document and a reason."""

    code = "SUBJECTS-MERGE-NEEDS-GROUNDS"
    zh = "请写明理由和依据文书（如变更登记通知书、统一代码换发通知的文号）。仅名称相同不足以合并。"
    en = (
        "Give the reason and the document it rests on (such as the notice of the changed "
        "registration, with its number). The same name alone is not enough."
    )


class MergeNotOpen(CreditError):
    """The merge has been decided, or is not in force."""

    code = "SUBJECTS-MERGE-NOT-OPEN"
    zh = "该合并的状态为“{state}”，不能再办理该操作。"
    en = "The merge is “{state_en}”; this can no longer be done."
    status = 409


class OwnMerge(CreditError):
    """Two persons: who proposed does not confirm, who confirmed does not split."""

    code = "SUBJECTS-OWN-MERGE"
    zh = "该合并由您本人提出或确认，须由另一位办理人办理（经办、审核分离）。"
    en = "You proposed or confirmed this merge yourself; another officer has to do this."
    status = 403
