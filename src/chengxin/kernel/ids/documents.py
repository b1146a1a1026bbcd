"""Travel documents of natural persons. None has a check digit; shape is all there is to check.

Law: 出境入境管理法 and the issuing rules of each document. Never publishable.
"""

import re

from chengxin.kernel.ids.values import Checked, IdKind, Verdict

_CHINESE_PASSPORT = re.compile(
    r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP][0-9]{7,8}|[DSP]E[0-9]{7}|1[45][0-9]{7}"
)
_FOREIGN_PASSPORT = re.compile(r"(?=.*[0-9])[0-9A-Z]{5,15}")
_HK_MACAO = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}|([0-9]{10})(?:\(([A-Z])\)|([A-Z]))?")


def check_passport(text: str) -> Checked:
    """Check a cleaned text as a passport number 护照, Chinese or foreign."""
    fits = _CHINESE_PASSPORT.fullmatch(text) or _FOREIGN_PASSPORT.fullmatch(text)
    return _by_shape(IdKind.PASSPORT, text, fits=fits is not None)


def check_hk_macao_permit(text: str) -> Checked:
    """Check a Mainland travel permit of a Hong Kong or Macao resident 回乡证: H or M, 8 or 10."""
    return _by_shape(IdKind.HK_MACAO_PERMIT, text, fits=_HK_MACAO.fullmatch(text) is not None)


def check_taiwan_permit(text: str) -> Checked:
    """Check a Mainland travel permit of a Taiwan resident 台胞证: 8 digits, or 10 and a letter."""
    found = _TAIWAN.fullmatch(text)
    if found and found[1]:
        text = found[1] + (found[2] or found[3] or "")
    return _by_shape(IdKind.TAIWAN_PERMIT, text, fits=found is not None)


def resembles_document(text: str) -> bool:
    """Whether a text of nine characters could be a person's Chinese passport or permit."""
    return bool(_CHINESE_PASSPORT.fullmatch(text) or _HK_MACAO.fullmatch(text))


def _by_shape(kind: IdKind, text: str, *, fits: bool) -> Checked:
    verdict, code = (Verdict.VALID, "IDS-NO-CHECK-DIGIT") if fits else (Verdict.INVALID, "IDS-FORM")
    return Checked(kind, verdict, text, code, publishable=False)
