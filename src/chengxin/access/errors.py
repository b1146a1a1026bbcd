"""What can go wrong when someone signs in or is given powers."""

from chengxin.kernel.errors import CreditError


class UnknownOfficer(CreditError):
    """No active account with that login."""

    code = "ACCESS-UNKNOWN-OFFICER"
    zh = "没有可用的账号“{login}”。请核对登录名，或请系统管理员开通、启用该账号。"
    en = (
        "There is no active account “{login}”. Check the login, or ask the administrator to "
        "open or reactivate it."
    )
    status = 404


class UnknownToken(CreditError):
    """The token is wrong, expired or withdrawn; which of them is not said."""

    code = "ACCESS-UNKNOWN-TOKEN"
    zh = "访问令牌无效或已过期。请向系统管理员申请新的令牌。"
    en = "The access token is not valid or has expired. Ask the administrator for a new one."
    status = 401


class UnknownRole(CreditError):
    """A role that the rulebook does not define."""

    code = "ACCESS-UNKNOWN-ROLE"
    zh = "规则库中没有角色“{role}”。可用的角色：{known}。"
    en = "The rulebook defines no role “{role}”. Roles there are: {known}."


class UnknownUnit(CreditError):
    """A unit that the rulebook does not list."""

    code = "ACCESS-UNKNOWN-UNIT"
    zh = "规则库中没有单位“{unit}”。请核对单位代码（运行 chengxin rulebook show 可列出全部代码）。"
    en = "The rulebook lists no unit “{unit}”. Check the code (chengxin rulebook show lists all)."


class LoginTaken(CreditError):
    """The login belongs to another account."""

    code = "ACCESS-LOGIN-TAKEN"
    zh = "登录名“{login}”已被使用，请换一个。"
    en = "The login “{login}” is taken; choose another."
    status = 409


class WeakPassword(CreditError):
    """The password does not meet the rules of the installation."""

    code = "ACCESS-WEAK-PASSWORD"
    zh = "密码不符合要求：{reasons}"
    en = "The password does not meet the rules: {reasons}"
