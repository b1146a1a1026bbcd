"""One door: check a text as a named kind, or as whatever it most likely is."""

from collections.abc import Callable
from typing import Literal

from chengxin.kernel.ids.cleaning import clean, is_blank, is_scientific
from chengxin.kernel.ids.documents import (
    check_hk_macao_permit,
    check_passport,
    check_taiwan_permit,
)
from chengxin.kernel.ids.organisation import (
    WORDED_PREFIX,
    check_org_code,
    check_registration,
    check_tax,
)
from chengxin.kernel.ids.person import (
    check_foreigner_id,
    check_id_number,
    check_residence_permit,
    is_person,
)
from chengxin.kernel.ids.uscc import LENGTH, check_uscc
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

ANY: Literal["any"] = "any"

# What a text of this length can be, in this order: the first valid one wins, else the first
# held one, else the last, which says what is wrong. Of two numbers that a check digit proves,
# the person's comes first: to mistake it the other way would publish a person. An ID number of
# 15 digits has no check digit, and 5 in 100 real registration numbers have its shape: there a
# right check digit makes it a registration number, not publishable all the same. Passports and
# permits would swallow anything: they are checked only when asked for by name.
_BY_LENGTH: dict[int, tuple[Callable[[str], Checked], ...]] = {
    9: (check_org_code,),
    13: (check_registration,),
    15: (check_registration, check_id_number, check_foreigner_id, check_tax, check_registration),
}
# A person's number proved by its check digit.
_PERSONS = (check_residence_permit, check_foreigner_id, check_id_number)
# Tax numbers with branch digits, believed only if the number inside them is right.
_TAX_ONLY = (17, 20)


def check(text: str, kind: IdKind | Literal["any"] = ANY) -> Checked:
    """Check a text as received. Never raises.

    `kind="any"` decides by length and check digit: valid before held before invalid; among
    equals residence permit, foreigner's card, ID number of 18, USCC, organisation code,
    registration number, ID number of 15, tax number.
    """
    cleaned = clean(text)
    checked = _CHECKS[kind](cleaned)
    if checked.verdict is Verdict.INVALID:
        if is_blank(cleaned):
            return checked._replace(code="IDS-EMPTY")
        if is_scientific(cleaned):
            return checked._replace(code="IDS-SPREADSHEET-NUMBER")
    return checked


def _best(text: str) -> Checked:
    if text.startswith(WORDED_PREFIX):
        return check_registration(text)
    length = len(text)
    if length == LENGTH:
        attempts = (attempt(text) for attempt in _PERSONS) if is_person(text) else ()
        return next((c for c in attempts if c.verdict is Verdict.VALID), None) or check_uscc(text)
    if length in _TAX_ONLY:
        tax = check_tax(text)
        return tax if tax.verdict is Verdict.VALID else check_uscc(text)
    held: Checked | None = None
    checked: Checked | None = None
    for attempt in _BY_LENGTH.get(length, (check_uscc,)):
        checked = attempt(text)
        if checked.verdict is Verdict.VALID:
            return checked
        if checked.verdict is Verdict.HELD and held is None:
            held = checked
    return held or checked or check_uscc(text)


_CHECKS: dict[IdKind | Literal["any"], Callable[[str], Checked]] = {
    ANY: _best,
    IdKind.USCC: check_uscc,
    IdKind.ID_NUMBER: check_id_number,
    IdKind.ORG_CODE: check_org_code,
    IdKind.REGISTRATION: check_registration,
    IdKind.TAX: check_tax,
    IdKind.PASSPORT: check_passport,
    IdKind.HK_MACAO_PERMIT: check_hk_macao_permit,
    IdKind.TAIWAN_PERMIT: check_taiwan_permit,
    IdKind.RESIDENCE_PERMIT: check_residence_permit,
    IdKind.FOREIGNER_ID: check_foreigner_id,
}
