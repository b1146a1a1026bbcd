"""Unified social credit code 统一社会信用代码 of every organisation and sole trader.

Law: GB 32100-2015. 18 characters: department, category, region (3-8), organisation code (9-17,
with its own check), check. Regions keep abolished codes for ever, so no region is refused.
"""

import re
from dataclasses import dataclass
from typing import Self

from chengxin.kernel.ids import checksums
from chengxin.kernel.ids.errors import BadIdentifier
from chengxin.kernel.ids.person import is_person, resembles_person
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

LENGTH = 18
# Registering department 登记管理部门 → the categories 机构类别 it gives.
CATEGORIES = {
    "1": "1239",  # 机构编制
    "2": "19",  # 外交
    "3": "123459",  # 司法行政
    "4": "19",  # 文化
    "5": "1239",  # 民政
    "6": "129",  # 旅游
    "7": "129",  # 宗教
    "8": "19",  # 工会
    "9": "123",  # 市场监管: 企业, 个体工商户, 农民专业合作社
    "A": "19",  # 军委改革和编制办公室
    "N": "1239",  # 农业农村: 组, 村, 乡镇集体经济组织
    "Y": "1",  # 其他
}
SOLE_TRADER_PREFIX = "92"
_PREFIXES = frozenset(d + c for d, categories in CATEGORIES.items() for c in categories)
_FORM = re.compile(f"[{checksums.USCC_ALPHABET}]{{{LENGTH}}}")
_NOBODY = "0" * 17


@dataclass(frozen=True, slots=True, order=True)
class USCC:
    """A valid unified social credit code. `USCC.parse` and `USCC.compose` are the ways in."""

    text: str

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Read a code, forgiving spaces, hyphens, full-width and lower case.

        Raises: `BadIdentifier` for every other verdict than valid, held ones too.
        """
        from chengxin.kernel.ids.choose import check

        checked = check(raw, IdKind.USCC)
        if checked.verdict is not Verdict.VALID:
            raise BadIdentifier.because(checked)
        return cls(checked.normalised)

    @classmethod
    def compose(cls, prefix: str, region: str, serial: str) -> Self:
        """Build a code from department and category, region (6) and the 8 of the organisation.

        Both check characters are computed. For invented subjects only. Raises: `BadIdentifier`.
        """
        body = f"{prefix}{region}{serial}{checksums.org_check(serial)}"
        return cls.parse(body + checksums.uscc_check(body))

    @property
    def region(self) -> str:
        """Region 行政区划 of the registering office at the time, six digits."""
        return self.text[2:8]

    @property
    def org_code(self) -> str:
        """The organisation code 主体标识码 inside, nine characters."""
        return self.text[8:17]

    @property
    def is_sole_trader(self) -> bool:
        """Whether it names a sole trader 个体工商户."""
        return self.text.startswith(SOLE_TRADER_PREFIX)

    def __str__(self) -> str:
        return self.text


def check_uscc(text: str) -> Checked:
    """Check a cleaned text as a USCC."""
    if not _FORM.fullmatch(text):
        code = "IDS-LENGTH" if len(text) != LENGTH else "IDS-ALPHABET"
        return Checked(IdKind.USCC, Verdict.INVALID, text, code, publishable=False)
    if not checksums.uscc_holds(text) or text[:2] not in _PREFIXES:
        return _held(text)
    if is_person(text):
        return Checked(IdKind.USCC, Verdict.VALID, text, "IDS-ALSO-ID-NUMBER", publishable=False)
    if checksums.org_check(text[8:16]) == text[16]:
        return Checked(IdKind.USCC, Verdict.VALID, text, "", publishable=True)
    # One check in 31 holds by chance: a mistyped ID number can pass the outer, not the inner.
    publishable = not resembles_person(text)
    return Checked(IdKind.USCC, Verdict.VALID, text, "IDS-INNER-CHECK", publishable=publishable)


def _held(text: str) -> Checked:
    """Plausible, but not right. It may be shown unless a person's number could hide in it."""
    if text.startswith(_NOBODY) or text == text[0] * LENGTH:
        return Checked(IdKind.USCC, Verdict.HELD, text, "IDS-PLACEHOLDER", publishable=False)
    if is_person(text):
        return Checked(IdKind.USCC, Verdict.HELD, text, "IDS-ALSO-ID-NUMBER", publishable=False)
    publishable = not resembles_person(text)
    if checksums.uscc_holds(text):
        code = "IDS-PREFIX"
    elif text.isdigit() and text.endswith("000"):
        code, publishable = "IDS-DIGITS-LOST", False
    else:
        code = "IDS-CHECK-DIGIT"
    return Checked(IdKind.USCC, Verdict.HELD, text, code, publishable=publishable)
