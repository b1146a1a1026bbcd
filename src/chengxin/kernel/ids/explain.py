"""Why a number is not simply valid, said to a person: what is wrong and what to do.

Sentences are made when somebody reads them, not when a million rows are checked. They name
places, never the number itself: a fault list must not become a list of people's ID numbers.
"""

from chengxin.kernel.ids.checksums import USCC_ALPHABET
from chengxin.kernel.ids.reasons import KIND_NAMES, LENGTHS, REASONS
from chengxin.kernel.ids.values import Checked, IdKind, Verdict

_HELD_ZH = "；无误的，可由人工确认后使用。"
_HELD_EN = "; if it is right, a person may confirm it."

# Letters that eyes and scanners take for digits; the USCC has no I O S V Z for that reason.
_LOOKALIKES = {"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "V": "U"}
_DIGITS = "0123456789"
_LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What may stand in the body and what at the end.
_ALPHABETS: dict[IdKind, tuple[str, str]] = {
    IdKind.USCC: (USCC_ALPHABET, USCC_ALPHABET),
    IdKind.ORG_CODE: (_LETTERS_AND_DIGITS, _DIGITS + "X"),
    IdKind.REGISTRATION: (_DIGITS, _DIGITS),
    **dict.fromkeys(
        (IdKind.ID_NUMBER, IdKind.RESIDENCE_PERMIT, IdKind.FOREIGNER_ID), (_DIGITS, _DIGITS + "X")
    ),
}
_TAX_REGION_LENGTH = 6


def explain(checked: Checked) -> tuple[str, str]:
    """The sentences for `checked` in Chinese and English; two empty ones if all is well."""
    if not checked.code:
        return "", ""
    zh_kind, en_kind = KIND_NAMES[checked.kind]
    text = checked.normalised
    place = _wrong_place(checked)
    facts = {
        "zh": zh_kind,
        "en": en_kind,
        "an": ("an " if en_kind[0] in "Io" else "a ") + en_kind,
        "length": len(text),
        "lengths": LENGTHS.get(checked.kind, ""),
        "prefix": text[:2],
        "place": place + 1,
        "found": text[place : place + 1],
    }
    zh, en = (sentence.format(**facts) for sentence in REASONS[checked.code])
    if checked.code == "IDS-CHECK-DIGIT":
        held = checked.verdict is Verdict.HELD
        zh, en = zh + (_HELD_ZH if held else "。"), en + (_HELD_EN if held else ".")
    hint_zh, hint_en = _hint(checked, place)
    return zh + hint_zh, en + hint_en


def _wrong_place(checked: Checked) -> int:
    """The first place, from 0, whose character this kind of number cannot have there."""
    last = len(checked.normalised) - 1
    for place, character in enumerate(checked.normalised):
        if character not in _allowed(checked.kind, place, last):
            return place
    return max(last, 0)


def _allowed(kind: IdKind, place: int, last: int) -> str:
    if kind is IdKind.TAX and place < _TAX_REGION_LENGTH:
        return _DIGITS
    body, end = _ALPHABETS.get(kind, (_LETTERS_AND_DIGITS, _LETTERS_AND_DIGITS))
    return end if place == last else body


def _hint(checked: Checked, place: int) -> tuple[str, str]:
    """What probably happened. Only ever said, never applied."""
    text = checked.normalised
    if checked.code == "IDS-ALPHABET":
        meant = _LOOKALIKES.get(text[place : place + 1], "")
        if meant and meant in _allowed(checked.kind, place, len(text) - 1):
            return _lookalike_hint(checked, meant)
    if checked.code == "IDS-LENGTH" and _lost_leading_zero(checked):
        return (
            "前面补 0 后校验相符，可能是电子表格去掉了开头的 0。",
            " With zeros in front it would be right: a spreadsheet may have dropped them.",
        )
    return "", ""


def _lookalike_hint(checked: Checked, meant: str) -> tuple[str, str]:
    from chengxin.kernel.ids.choose import check

    text = checked.normalised
    mended = "".join(_LOOKALIKES.get(c, c) if c in "OISZ" else c for c in text)
    proves = check(mended, checked.kind).verdict is Verdict.VALID
    zh = f"可能应为“{meant}”" + ("（改后校验相符）。" if proves else "。")
    en = f" It may be meant as “{meant}”" + (", which makes the check fit." if proves else ".")
    return zh, en


def _lost_leading_zero(checked: Checked) -> bool:
    from chengxin.kernel.ids.choose import check

    lengths = {IdKind.ORG_CODE: 9, IdKind.REGISTRATION: 15}
    wanted, text = lengths.get(checked.kind, 0), checked.normalised
    if not text or len(text) >= wanted:
        return False
    return check(text.zfill(wanted), checked.kind).verdict is Verdict.VALID
