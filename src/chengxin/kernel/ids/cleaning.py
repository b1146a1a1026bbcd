"""Numbers as people and spreadsheets write them, brought to one writing."""

import re

_READY = re.compile(r"[0-9A-Z]+")
# Full-width characters 全角 to half-width; spaces, hyphens and invisible marks away.
_TABLE: dict[int, int | None] = {0xFF01 + n: 0x21 + n for n in range(94)}
_TABLE |= dict.fromkeys(map(ord, " \u3000\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_TABLE |= dict.fromkeys(map(ord, "-\uff0d\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"))

_WRAPPED = re.compile(r"=?([\"'])(.*)\1|'(.*)", re.DOTALL)
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+\.\d+E\+?\d+|\d+E\+\d+", re.ASCII)
_WORDS_FOR_NOTHING = "无 暂无 没有 不详 未知 未提供 空 NULL NONE NAN N/A NA / \\ . * # 0 ? 、"
_BLANKS = frozenset(("", *_WORDS_FOR_NOTHING.split()))


def clean(raw: str) -> str:
    """Bring a number to capitals without spaces, hyphens, quotes or a spreadsheet's `.0`.

    Letters are never turned into digits: O stays O. What is no number stays readable.
    """
    if _READY.fullmatch(raw):
        return raw
    text = "".join(raw.translate(_TABLE).split())
    # '9132… and ="9132…" keep a spreadsheet from calculating; a second one wraps once more.
    while wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[2] if wrapped[1] else wrapped[3]
    # Only ASCII goes to capitals: ß would become SS, and ſ an S.
    text = "".join([c.upper() if c.isascii() else c for c in text])
    whole = _WHOLE_FLOAT.fullmatch(text)
    return whole[1] if whole else text


def is_blank(text: str) -> bool:
    """Whether a cleaned text says that there is no number (无, N/A, /, 0 …)."""
    return text in _BLANKS


def is_scientific(text: str) -> bool:
    """Whether a cleaned text is a number a spreadsheet has rounded, such as 9.13207E+17."""
    return _SCIENTIFIC.fullmatch(text) is not None
