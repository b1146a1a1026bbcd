"""What can go wrong when a subject asks."""

from chengxin.kernel.errors import CreditError


class UnknownLook(CreditError):
    """No such look at this subject; somebody else's is answered alike."""

    code = "RIGHTS-UNKNOWN-LOOK"
    zh = "您的查看记录中没有这一次查看。请从查看记录页重新选择。"
    en = "There is no such look among those at your data. Choose again from the list of looks."
    status = 404


class OwnLook(CreditError):
    """A look made on the subject's own behalf is not a unit's to explain."""

    code = "RIGHTS-OWN-LOOK"
    zh = "这次查看是您本人或您授权的经办人所为，无需单位答复；如非授权，请收回经办人授权。"
    en = (
        "This look was made by yourself or an agent of yours; no unit has to explain it. "
        "If it was not meant to be, withdraw the agent's authorisation."
    )
    status = 409


class AlreadyAsked(CreditError):
    """One question a look."""

    code = "RIGHTS-ALREADY-ASKED"
    zh = "您已就这次查看提过问（{number}）。请在“我的提问”中查看进展。"
    en = "You have asked about this look already ({number}). See “My questions”."
    status = 409


class WordsMissing(CreditError):
    """An answer needs words."""

    code = "RIGHTS-WORDS-MISSING"
    zh = "请写明答复：为办理什么事、依据什么、看了哪些内容（不超过 {most} 字）。"
    en = (
        "Write the answer: for what business, on what basis, what was looked at "
        "({most} characters at most)."
    )
    status = 422


class UnknownQuestion(CreditError):
    """No such question, or not of this unit."""

    code = "RIGHTS-UNKNOWN-QUESTION"
    zh = "没有编号为“{asked}”的提问。请核对编号。"
    en = "There is no question “{asked}”. Check the number."
    status = 404


class AnsweredAlready(CreditError):
    """A question is answered once."""

    code = "RIGHTS-ANSWERED-ALREADY"
    zh = "提问 {number} 已经答复，不能改写。"
    en = "Question {number} was answered already; an answer is not rewritten."
    status = 409


class AnswersOwnLook(CreditError):
    """Who looked does not answer for it."""

    code = "RIGHTS-ANSWERS-OWN-LOOK"
    zh = "这次查看是您本人所为，须由本单位其他人员答复。"
    en = "You made this look yourself; somebody else of your unit must answer for it."
    status = 403


class BadRoleName(CreditError):
    """A name no administrator's role may bear, or one that is taken."""

    code = "RIGHTS-BAD-ROLE-NAME"
    zh = (
        "“{name}”不能作为数据库管理员角色名：须为 3 至 41 位小写字母、数字、下划线，以字母开头，"
        "不得以 pg_、chengxin 开头，且未被使用。"
    )
    en = (
        "“{name}” cannot name an administrator's role: 3 to 41 lower-case letters, digits and "
        "underscores, a letter first, not starting with pg_ or chengxin, and not taken."
    )
    status = 422
