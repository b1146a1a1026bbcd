"""Tell the encoding of text strictly: what decodes without a fault, and reads as Chinese."""

import codecs

import charset_normalizer

from chengxin.intake.errors import UnreadableText
from chengxin.intake.rules.formats import HEAD, looks_utf16

DAMAGED = "\ufffd"
SAMPLE = 1 << 20
FEW = 0.02  # share of broken characters up to which a text is damaged, not of another encoding
COMMON = 0.6  # share of common characters from which a GB18030 text is believed at once

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8-BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16BE"),
)


def decode(data: bytes, filename: str) -> tuple[str, str]:
    """The text and the name of its encoding; a broken character becomes U+FFFD.

    A mark decides, then strict UTF-8, then strict GB18030 if what comes out is common Chinese;
    only ties are put to statistics. Raises: `UnreadableText`.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _accept(data, codec, filename), name
    utf16 = looks_utf16(data[:HEAD]) if b"\x00" in data[:HEAD] else None
    if utf16:
        return _accept(data, utf16, filename), utf16.upper().replace("-LE", "LE").replace(
            "-BE", "BE"
        )
    text = _strictly(data, "utf-8")
    if text is not None:
        return text, "UTF-8"
    damaged_utf8 = data.decode("utf-8", errors="replace")
    if _share_broken(damaged_utf8) <= FEW:
        return damaged_utf8, "UTF-8"
    text = _strictly(data, "gb18030")
    if text is not None and _share_common(text) >= COMMON:
        return text, "GB18030"
    return _by_statistics(data, text, filename)


def _by_statistics(data: bytes, gb18030: str | None, filename: str) -> tuple[str, str]:
    """The tie: odd GB18030, Big5 and the like, or a damaged text."""
    guess = charset_normalizer.from_bytes(
        data[:SAMPLE], cp_isolation=["gb18030", "big5", "big5hkscs", "shift_jis", "euc_kr"]
    ).best()
    if guess is not None and guess.encoding not in {"gb18030", "gb2312", "gbk"}:
        text = _strictly(data, guess.encoding)
        if text is not None:
            return text, guess.encoding.upper().replace("_", "-")
    if gb18030 is not None and _readable(gb18030):
        return gb18030, "GB18030"
    damaged = data.decode("gb18030", errors="replace")
    if _share_broken(damaged) <= FEW and _readable(damaged):
        return damaged, "GB18030"
    raise UnreadableText(filename=filename)


def _accept(data: bytes, codec: str, filename: str) -> str:
    text = data.decode(codec, errors="replace")
    if _share_broken(text) > FEW:
        raise UnreadableText(filename=filename)
    return text.removeprefix("\ufeff")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _share_broken(text: str) -> float:
    """Broken characters among those that are not ASCII (or among all, when few are not)."""
    broken = text.count(DAMAGED)
    if not broken:
        return 0.0
    others = sum(not character.isascii() for character in text[:SAMPLE])
    return text[:SAMPLE].count(DAMAGED) / max(others, 50)


def _share_common(text: str) -> float:
    """Share of the characters beyond ASCII that are punctuation or level-1 Chinese of GB 2312."""
    beyond = [character for character in text[:SAMPLE] if not character.isascii()]
    if not beyond:
        return 1.0
    return sum(_common(character) for character in beyond) / len(beyond)


def _common(character: str) -> bool:
    code = character.encode("gb18030", errors="replace")
    return len(code) == 2 and (0xB0 <= code[0] <= 0xD7 or 0xA1 <= code[0] <= 0xA3)  # noqa: PLR2004


def _readable(text: str) -> bool:
    """Text without control characters, in which common characters are not the exception."""
    sample = text[:SAMPLE]
    controls = sum(ord(character) < 32 and character not in "\t\r\n" for character in sample)  # noqa: PLR2004
    return controls <= len(sample) // 200 and _share_common(sample) > COMMON / 2
