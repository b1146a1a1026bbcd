"""Text as people type it, made comparable; and names and numbers made safe to show."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_BRACKETS = str.maketrans({**dict.fromkeys("[{〔【〖", "("), **dict.fromkeys("]}〕】〗", ")")})
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・・", "·"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
# Bytes that no cell means: zero-width spaces and joiners, direction marks, byte order mark.
_INVISIBLE = {
    ord(c): None
    for c in "\0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b"
    "\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
}

_HEAD, _TAIL = 4, 2


def normalise_text(text: str) -> str:
    """Full-width to half-width (NFKC), invisible marks out, every run of spaces to one, trimmed."""
    if text.isascii():
        return " ".join(text.replace("\0", "").split())
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).translate(_INVISIBLE)).strip()


def tidy_text(text: str) -> str:
    """Text for showing, as its author wrote it: unseen marks out, runs of spaces to one, trimmed.

    Full-width brackets stay: they are part of an organisation's registered name.
    """
    return _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()


def normalise_name(name: str) -> str:
    """A name for matching, never for showing.

    Brackets, dots and dashes of one kind, no spaces, capitals:
    江苏（连云港）ａ 公司 → 江苏(连云港)A公司.
    """
    text = _SPACES.sub("", normalise_text(name))
    return text.translate(_BRACKETS).translate(_DOTS).translate(_DASHES).upper()


def mask_name(name: str) -> str:
    """A person's name with only its first character: 王小明 → 王**."""
    text = normalise_text(name)
    return text[:1] + "*" * min(max(len(text) - 1, 0), 3)


def mask_id(number: str) -> str:
    """A document number with at most four characters in front and two at the end.

    Of an ID number that leaves province and city and hides birthday and sex. Short numbers
    show less: a quarter in front, a sixth at the end.
    """
    text = number.strip()
    head, tail = min(_HEAD, len(text) // 4), min(_TAIL, len(text) // 6)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
