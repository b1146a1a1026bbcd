"""What can go wrong when somebody comes in for a subject."""

from chengxin.kernel.errors import CreditError


class SignInExpired(CreditError):
    """The answer of the provider does not belong to a sign-in under way in this browser."""

    code = "VISITORS-SIGN-IN-EXPIRED"
    zh = "这次登录已失效：可能停留过久、重复提交，或不是从本浏览器发起。请重新登录。"
    en = (
        "This sign-in is no longer good: it took too long, was sent twice, or was not started "
        "in this browser. Please sign in again."
    )
    status = 400


class ProviderUnknown(CreditError):
    """No provider is configured under that code."""

    code = "VISITORS-PROVIDER-UNKNOWN"
    zh = "没有名为“{provider}”的身份认证平台。请回到登录页重新选择。"
    en = "There is no identity provider “{provider}”. Go back to the sign-in page and choose again."
    status = 404


class ProviderNotConfigured(CreditError):
    """The file of providers cannot be used. Facts: reason_zh, reason_en."""

    code = "VISITORS-PROVIDER-NOT-CONFIGURED"
    zh = "身份认证平台的配置不可用：{reason_zh}。请系统管理员核对 CHENGXIN_IDENTITY 所指文件。"
    en = (
        "The identity providers are not configured well: {reason_en}. The operator should check "
        "the file CHENGXIN_IDENTITY names."
    )
    status = 500


class ProviderDown(CreditError):
    """The provider did not answer, or not as the protocol says."""

    code = "VISITORS-PROVIDER-DOWN"
    zh = "{provider}暂时无法完成身份认证，您没有登录。请稍后再试；急事可到服务窗口办理。"
    en = (
        "{provider} cannot verify identities at the moment; you are not signed in. Try again "
        "later, or come to the service counter if it is urgent."
    )
    status = 502


class ProviderRefused(CreditError):
    """The provider said no, or the visitor broke off there."""

    code = "VISITORS-PROVIDER-REFUSED"
    zh = (
        "{provider}没有确认您的身份，您没有登录。可能是您取消了认证，或该次认证已用过。请重新登录。"
    )
    en = (
        "{provider} did not confirm your identity; you are not signed in. You may have cancelled, "
        "or this sign-in was used before. Please sign in again."
    )
    status = 401


class TokenNotTrusted(CreditError):
    """What the provider signed does not hold. Facts: provider, reason (a code for the operator)."""

    code = "VISITORS-TOKEN-NOT-TRUSTED"
    zh = (
        "{provider}传来的身份凭证未通过核验（{reason}），您没有登录。请重新登录；"
        "反复出现时请告知信用中心。"
    )
    en = (
        "The identity token from {provider} did not stand the check ({reason}); you are not "
        "signed in. Try again, and tell the credit centre if it happens again."
    )
    status = 401


class ClaimMissing(CreditError):
    """The provider vouches for too little. Facts: provider, claim."""

    code = "VISITORS-CLAIM-MISSING"
    zh = "{provider}没有提供办理所需的身份信息（{claim}）。请先在该平台完成实名认证，再登录。"
    en = (
        "{provider} did not give what is needed to know you ({claim}). Complete the identity "
        "verification there, then sign in again."
    )
    status = 401


class OrganisationUnknown(CreditError):
    """No subject is held under the code the provider named."""

    code = "VISITORS-ORGANISATION-UNKNOWN"
    zh = (
        "本市信用主体名录中没有统一社会信用代码为 {uscc} 的机构。"
        "请核对代码；新设立的机构请在登记信息归集后再登录。"
    )
    en = (
        "There is no organisation with the code {uscc} among this city's subjects. Check the "
        "code; a newly registered one can sign in once its registration has come in."
    )
    status = 404


class NoMandate(CreditError):
    """The visitor is known, but nobody authorised it for that subject, or not any more."""

    code = "VISITORS-NO-MANDATE"
    zh = (
        "您没有代表该主体办理的有效授权：可能尚未授权、已到期或已被收回。"
        "请法定代表人登录后在“经办人授权”中授权，或持授权书到服务窗口办理。"
    )
    en = (
        "You hold no mandate to act for this subject: none was given, it has run out, or it was "
        "withdrawn. The legal representative can give one under “Agents”, or bring a written "
        "authorisation to the service counter."
    )
    status = 403


class MandatePeriod(CreditError):
    """The days of a mandate are not in order, or too long. Facts: longest."""

    code = "VISITORS-MANDATE-PERIOD"
    zh = "授权期限须从今天或以后开始、止日不早于起日，且最长 {longest} 个月。请更正日期。"
    en = (
        "A mandate starts today or later, ends no earlier than it starts, and lasts {longest} "
        "months at most. Please correct the days."
    )
    status = 422


class MandateScope(CreditError):
    """A mandate may be given to read only or to act; nothing else."""

    code = "VISITORS-MANDATE-SCOPE"
    zh = "授权范围“{role}”不存在。可选：全部事项、仅查看。"
    en = "There is no scope “{role}” for a mandate. Choose all matters, or reading only."
    status = 422


class IdentityNotUsable(CreditError):
    """A name or number given for a person does not hold."""

    code = "VISITORS-IDENTITY-NOT-USABLE"
    zh = "姓名或公民身份号码不完整或校验不符，没有保存。请对照证件逐位核对。"
    en = (
        "The name or ID number is incomplete or its check digit is wrong; nothing was kept. "
        "Compare it with the document, sign by sign."
    )
    status = 422


class CheckNotNoted(CreditError):
    """A clerk must note which document of the person present was checked."""

    code = "VISITORS-CHECK-NOT-NOTED"
    zh = "请写明核验了哪种证件（例如：居民身份证原件，人证一致）。没有核验，不能开通窗口办理。"
    en = (
        "Note which document was checked (for example: original ID card, matches the person). "
        "Without a check no counter session is opened."
    )
    status = 422


class NotAMinor(CreditError):
    """A guardian may only come for a minor."""

    code = "VISITORS-NOT-A-MINOR"
    zh = "被监护人已满十八周岁，须由本人办理，监护人不能代为查询。"
    en = "The person is eighteen or older and acts in person; a guardian cannot."
    status = 403
