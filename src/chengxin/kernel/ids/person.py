"""Numbers of natural persons: ID number 公民身份号码, and the 18-digit permits built like it.

Law: GB 11643-1999. Region codes are abolished and merged, so only the province is looked at.
Whatever these functions recognise is never publishable, in whatever column it stands.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from chengxin.kernel.ids import checksums
from chengxin.kernel.ids.errors import BadIdentifier
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

PROVINCES = frozenset(
    f"{area}{province}"
    for area, provinces in {
        "1": "12345",
        "2": "123",
        "3": "1234567",
        "4": "123456",
        "5": "01234",
        "6": "12345",
        "7": "1",
        "8": "123",
    }.items()
    for province in provinces
)
RESIDENCE_REGIONS = frozenset(("810000", "820000", "830000"))
_LENGTH, _OLD_LENGTH = 18, 15
_FORM = re.compile(r"[0-9]{17}[0-9X]")
_OLD_FORM = re.compile(r"[0-9]{15}")
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}[0-9]{12}")
_EARLIEST, _LATEST = 1880, 2099


@dataclass(frozen=True, slots=True)
class IDNumber:
    """A valid ID number 公民身份号码 with 18 digits. `IDNumber.parse` is the only way in."""

    text: str

    @classmethod
    def parse(cls, raw: str) -> Self:
        """Read an ID number of 18 or 15 digits. Raises: `BadIdentifier`, without the number."""
        from chengxin.kernel.ids.choose import check

        checked = check(raw, IdKind.ID_NUMBER)
        if checked.verdict is not Verdict.VALID:
            raise BadIdentifier.because(checked)
        return cls(checked.normalised)

    @property
    def born_on(self) -> date:
        """The day of birth the number carries."""
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    def __repr__(self) -> str:
        return "IDNumber(…)"  # a log line or a traceback shall not show it


def lengthen(old: str) -> str:
    """The 18-digit number of a 15-digit one: 19 before the year, a check at the end."""
    body = f"{old[:6]}19{old[6:]}"
    return body + checksums.id_check(body)


def check_id_number(text: str) -> Checked:
    """Check a cleaned text as an ID number. A wrong check is invalid: no person carries one."""
    number = lengthen(text) if _OLD_FORM.fullmatch(text) else text
    fault = _form_fault(number) or ("" if number[:2] in PROVINCES else "IDS-PROVINCE")
    return _person(IdKind.ID_NUMBER, number, fault or _inner_fault(number))


def check_residence_permit(text: str) -> Checked:
    """Check a residence permit of Hong Kong, Macao or Taiwan residents 港澳台居民居住证."""
    fault = _form_fault(text) or ("" if text[:6] in RESIDENCE_REGIONS else "IDS-PROVINCE")
    return _person(IdKind.RESIDENCE_PERMIT, text, fault or _inner_fault(text))


def check_foreigner_id(text: str) -> Checked:
    """Check a foreigner's permanent residence card, of 2023 (18, from 9) or older (3 + 12)."""
    if _OLD_FOREIGNER.fullmatch(text):
        return Checked(
            IdKind.FOREIGNER_ID, Verdict.VALID, text, "IDS-NO-CHECK-DIGIT", publishable=False
        )
    fault = _form_fault(text) or ("" if text[0] == "9" else "IDS-FORM")
    return _person(IdKind.FOREIGNER_ID, text, fault or _inner_fault(text))


def is_person(text: str) -> bool:
    """Whether a cleaned text of 15 or 18 is a valid number of some person."""
    if len(text) == _OLD_LENGTH:
        return bool(_OLD_FORM.fullmatch(text)) and text[:2] in PROVINCES and _born(lengthen(text))
    # The month first: it turns away nine in ten organisations' codes, and there are millions.
    return (
        "01" <= text[10:12] <= "12"
        and _FORM.fullmatch(text) is not None
        and (text[0] == "9" or text[:2] in PROVINCES)
        and not _inner_fault(text)
    )


def resembles_person(text: str) -> bool:
    """Whether a cleaned text could be a mistyped ID number: two of its three marks are there.

    The marks are a province in front, a century where the year stands, a month and a day. One
    wrong or swapped character spoils one of them at most.
    """
    if not text[:14].isdigit() or len(text) < _LENGTH - 2:
        return False
    marks = (
        text[:2] in PROVINCES,
        text[6:8] in {"19", "20"},
        "01" <= text[10:12] <= "12" and "01" <= text[12:14] <= "31",
    )
    return sum(marks) >= 2  # noqa: PLR2004  two of three


def _form_fault(text: str) -> str:
    if len(text) != _LENGTH:
        return "IDS-LENGTH"
    return "" if _FORM.fullmatch(text) else "IDS-ALPHABET"


def _inner_fault(number: str) -> str:
    if not _born(number):
        return "IDS-BIRTH-DATE"
    if checksums.id_holds(number):
        return ""
    return "IDS-DIGITS-LOST" if number.endswith("000") else "IDS-CHECK-DIGIT"


def _born(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return _EARLIEST <= born.year <= _LATEST


def _person(kind: IdKind, number: str, fault: str) -> Checked:
    verdict = Verdict.INVALID if fault else Verdict.VALID
    return Checked(kind, verdict, number, fault, publishable=False)
