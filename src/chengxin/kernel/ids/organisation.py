"""The numbers organisations had before the USCC: organisation code, registration, tax.

Standards: GB 11714-1997 组织机构代码, GS15-2006 工商注册号. Real registers carry wrong checks, so a
wrong check is held for a person to decide, never refused.
"""

import re

from chengxin.kernel.ids import checksums
from chengxin.kernel.ids.documents import resembles_document
from chengxin.kernel.ids.person import PROVINCES, is_person
from chengxin.kernel.ids.uscc import check_uscc
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

ORG_CODE_LENGTH = 9
TAX_LENGTHS = (15, 17, 18, 20)
_ORG_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]")
_LENGTH, _OLD_LENGTH = 15, 13
_REGISTRATION_LENGTHS = (_LENGTH, _OLD_LENGTH)
_REGISTRATION_FORM = re.compile(r"[0-9]{13}(?:[0-9]{2})?")
_NATIONAL = "10"  # registered with the national office
# 企独苏总字第000123号, with or without 号: foreign-invested enterprises before 2007.
WORDED_PREFIX = "企"
_WORDED = re.compile(WORDED_PREFIX + r"\w{1,8}字第?[0-9]{3,8}号?")
_TAX_FORM = re.compile(r"[0-9]{6}[0-9A-Z]+")
_REGION_LENGTH = 6


def check_org_code(text: str) -> Checked:
    """Check a cleaned text as an organisation code 组织机构代码 (nine characters, no hyphen)."""
    kind = IdKind.ORG_CODE
    if not _ORG_FORM.fullmatch(text):
        code = "IDS-LENGTH" if len(text) != ORG_CODE_LENGTH else "IDS-ALPHABET"
        return Checked(kind, Verdict.INVALID, text, code, publishable=False)
    if text == text[0] * ORG_CODE_LENGTH:
        return Checked(kind, Verdict.HELD, text, "IDS-PLACEHOLDER", publishable=False)
    if checksums.org_check(text[:8]) == text[8]:
        return Checked(kind, Verdict.VALID, text, "", publishable=True)
    publishable = not resembles_document(text)
    return Checked(kind, Verdict.HELD, text, "IDS-CHECK-DIGIT", publishable=publishable)


def check_registration(text: str) -> Checked:
    """Check a cleaned text as a registration number 工商注册号 of 15 or, older, 13 digits.

    Thirteen digits have no check digit: valid by their shape, and the code says so.
    """
    kind = IdKind.REGISTRATION
    if _WORDED.fullmatch(text):
        return Checked(kind, Verdict.VALID, text, "IDS-NO-CHECK-DIGIT", publishable=True)
    if not _REGISTRATION_FORM.fullmatch(text):
        code = "IDS-ALPHABET" if len(text) in _REGISTRATION_LENGTHS else "IDS-LENGTH"
        return Checked(kind, Verdict.INVALID, text, code, publishable=False)
    if text == text[0] * len(text):
        return Checked(kind, Verdict.HELD, text, "IDS-PLACEHOLDER", publishable=False)
    right, code = _registration_verdict(text)
    verdict = Verdict.VALID if right else Verdict.HELD
    if is_person(text):
        return Checked(kind, verdict, text, "IDS-ALSO-ID-NUMBER", publishable=False)
    return Checked(kind, verdict, text, code, publishable=True)


def _registration_verdict(text: str) -> tuple[bool, str]:
    """Whether a number of the right form can be trusted, and what to say of it."""
    if len(text) == _LENGTH:
        right = checksums.registration_check(text[:14]) == text[14]
        return right, "" if right else "IDS-CHECK-DIGIT"
    known = text[:2] in PROVINCES or text.startswith(_NATIONAL)
    return known, "IDS-NO-CHECK-DIGIT" if known else "IDS-PROVINCE"


def check_tax(text: str) -> Checked:
    """Check a cleaned text as a tax number 税务登记号, today's (a USCC) or an older one.

    Older: region and organisation code (15), a person's ID number alone (15, 18) or with two
    digits after it (17, 20), each with branch digits behind. Persons' ones are not publishable.
    """
    kind = IdKind.TAX
    if len(text) not in TAX_LENGTHS:
        return Checked(kind, Verdict.INVALID, text, "IDS-LENGTH", publishable=False)
    if not _TAX_FORM.fullmatch(text):
        return Checked(kind, Verdict.INVALID, text, "IDS-ALPHABET", publishable=False)
    uscc = check_uscc(text[:18])
    if uscc.verdict is Verdict.VALID:
        return Checked(kind, Verdict.VALID, text, uscc.code, uscc.publishable)
    if is_person(text[:18]) or is_person(text[:15]):
        return Checked(kind, Verdict.VALID, text, "IDS-ALSO-ID-NUMBER", publishable=False)
    inner = check_org_code(text[_REGION_LENGTH:_LENGTH])
    if inner.verdict is Verdict.VALID and text[:2] in PROVINCES:
        return Checked(kind, Verdict.VALID, text, "", publishable=True)
    return Checked(kind, Verdict.HELD, text, "IDS-CHECK-DIGIT", publishable=False)
