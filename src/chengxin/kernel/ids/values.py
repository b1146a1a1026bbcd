"""What a checked identifier is: its kind, the verdict, and why."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What may be done with a number as received.

    `valid`: use it. `held` 存疑: plausible, but something in it is wrong that a real
    organisation's number can carry; a person decides. `invalid`: it cannot be this number.
    """

    VALID = "valid"
    HELD = "held"
    INVALID = "invalid"


class IdKind(StrEnum):
    """The numbers that name subjects."""

    USCC = "uscc"  # 统一社会信用代码
    ID_NUMBER = "id_number"  # 公民身份号码
    ORG_CODE = "org_code"  # 组织机构代码
    REGISTRATION = "registration"  # 工商注册号
    TAX = "tax"  # 税务登记号
    PASSPORT = "passport"  # 护照
    HK_MACAO_PERMIT = "hk_macao_permit"  # 港澳居民来往内地通行证
    TAIWAN_PERMIT = "taiwan_permit"  # 台湾居民来往大陆通行证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    FOREIGNER_ID = "foreigner_id"  # 外国人永久居留身份证


class Checked(NamedTuple):
    """The outcome of checking one text as one kind of number.

    `normalised` is the one way to write it (capitals, no spaces or hyphens, ID numbers with 18
    digits); of an invalid text, what was left after cleaning. `code` says why it is not valid,
    or what else to know of a valid one; "" if there is nothing to say. `publishable` is False
    for whatever is, or could be read as, the number of a person.

    A tuple because millions are made in one run, and frozen data classes take three times as long.
    """

    kind: IdKind
    verdict: Verdict
    normalised: str
    code: str
    publishable: bool

    @property
    def message_zh(self) -> str:
        """Why, and what to do, in Chinese; "" if there is nothing to say."""
        from chengxin.kernel.ids.explain import explain

        return explain(self)[0]

    @property
    def message_en(self) -> str:
        """Why, and what to do, in English; "" if there is nothing to say."""
        from chengxin.kernel.ids.explain import explain

        return explain(self)[1]
