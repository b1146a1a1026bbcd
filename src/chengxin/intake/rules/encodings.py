"""Tell the encoding of text strictly: what decodes without a fault, and reads as Chinese.

A mark decides, then strict UTF-8, then strict GB18030 if what comes out is common Chinese; only
ties are put to statistics. The file is read in pieces that end at line breaks, never whole.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import charset_normalizer

from chengxin.intake.errors import LineTooLong, UnreadableText
from chengxin.intake.rules.formats import HEAD, looks_utf16
from chengxin.intake.rules.limits import LONGEST_LINE, MEGABYTE

DAMAGED = "\ufffd"
PIECE = 4 << 20
SAMPLE = 1 << 20
FEW = 0.02  # share of broken characters up to which a text is damaged, not of another encoding
COMMON = 0.6  # share of common characters from which a GB18030 text is believed at once
SURELY = 0.8  # the same for a single line among lines of the other encoding
FEWEST = 4  # characters beyond ASCII from which a single line can tell its encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8-BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16BE"),
)


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a text become characters; `strict` when every byte of it did."""

    codec: str
    name: str
    strict: bool = True


def pieces(stream: BinaryIO, filename: str, size: int = PIECE) -> Iterator[bytes]:
    """The bytes of a text in pieces that end with a line. Raises: `LineTooLong`."""
    while piece := stream.read(size):
        if not piece.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
            if len(rest) == LONGEST_LINE:
                raise LineTooLong(filename=filename, limit_mb=LONGEST_LINE // MEGABYTE)
            piece += rest
        yield piece


def tell_encoding(source: Path, filename: str) -> Encoding:
    """The encoding of a text file. Raises: `UnreadableText`, `LineTooLong`."""
    with source.open("rb") as stream:
        head = stream.read(HEAD)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            if codec != "utf-8":
                return _wide(source, codec, name, filename)
            return _of_bytes(source, filename, marked=name)
    utf16 = looks_utf16(head) if b"\x00" in head else None
    if utf16:
        name = utf16.upper().replace("-LE", "LE").replace("-BE", "BE")
        return _wide(source, utf16, name, filename)
    return _of_bytes(source, filename, marked="")


def begins_as_utf8(source: Path) -> bool:
    """Whether the first piece is UTF-8 without a mark and says something beyond ASCII."""
    with source.open("rb") as stream:
        piece = stream.read(SAMPLE) + stream.readline(HEAD)
    bare = not piece.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return bare and not piece.isascii() and b"\x00" not in piece and _is(piece, "utf-8")


def _of_bytes(source: Path, filename: str, *, marked: str) -> Encoding:
    """UTF-8 if all of it is; else what a sample that holds the first bad line reads as."""
    first = b""
    with source.open("rb") as stream:
        for piece in pieces(stream, filename):
            first = first or piece[:SAMPLE]
            if not _is(piece, "utf-8"):
                sample = first if first.startswith(piece[:SAMPLE]) else first + _around(piece)
                return _judged(sample, filename, marked=marked)
    return Encoding("utf-8", marked or "UTF-8")


def _around(piece: bytes) -> bytes:
    """The part of a piece that begins with its first line that is no UTF-8."""
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError as error:
        at = piece.rfind(b"\n", 0, error.start) + 1
        return piece[at : at + SAMPLE]
    return piece[:SAMPLE]


def _judged(sample: bytes, filename: str, *, marked: str) -> Encoding:
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    if marked or _share_broken(sample.decode("utf-8", errors="replace")) <= FEW:
        if _share_broken(sample.decode("utf-8", errors="replace")) > FEW:
            raise UnreadableText(filename=filename)
        return Encoding("utf-8", marked or "UTF-8", strict=False)
    text = _strictly(sample, "gb18030")
    if text is not None and _share_common(text) >= COMMON:
        return Encoding("gb18030", "GB18030", strict=False)
    return _by_statistics(sample, text, filename)


def _by_statistics(sample: bytes, gb18030: str | None, filename: str) -> Encoding:
    """The tie: odd GB18030, Big5 and the like, or a damaged text."""
    guess = charset_normalizer.from_bytes(
        sample, cp_isolation=["gb18030", "big5", "big5hkscs", "shift_jis", "euc_kr"]
    ).best()
    if guess is not None and guess.encoding not in {"gb18030", "gb2312", "gbk"}:
        text = _strictly(sample, guess.encoding)
        if text is not None:
            name = guess.encoding.upper().replace("_", "-")
            return Encoding(guess.encoding, name, strict=False)
    if gb18030 is not None and _readable(gb18030):
        return Encoding("gb18030", "GB18030", strict=False)
    damaged = sample.decode("gb18030", errors="replace")
    if _share_broken(damaged) <= FEW and _readable(damaged):
        return Encoding("gb18030", "GB18030", strict=False)
    mixed = "".join(line_text(line, "gb18030") for line in sample.splitlines(keepends=True))
    if _share_broken(mixed) <= FEW and _readable(mixed):
        return Encoding("gb18030", "GB18030", strict=False)
    raise UnreadableText(filename=filename)


def _wide(source: Path, codec: str, name: str, filename: str) -> Encoding:
    with source.open("rb") as stream:
        text = codecs.getincrementaldecoder(codec)(errors="replace").decode(stream.read(SAMPLE))
    if _share_broken(text) > FEW:
        raise UnreadableText(filename=filename)
    return Encoding(codec, name, strict=False)


def line_text(line: bytes, codec: str) -> str:
    """One line of a text whose lines may not all be of the encoding it is said to be.

    A line that reads as common Chinese in the other of UTF-8 and GB18030 and not in its own was
    put there from another file; a byte that is part of nothing becomes U+FFFD.
    """
    if line.isascii():
        return line.decode("ascii")
    own, other = _strictly(line, codec), None
    if codec == "gb18030":
        other = _strictly(line, "utf-8")
        if other is not None and _surely(other) and (own is None or not _surely(own)):
            return other
    elif codec == "utf-8" and own is None:
        other = _strictly(line, "gb18030")
        if other is not None and _surely(other):
            return other
    return own if own is not None else line.decode(codec, errors="replace")


def _surely(text: str) -> bool:
    beyond = sum(not character.isascii() for character in text)
    return beyond >= FEWEST and _share_common(text) >= SURELY


def _is(piece: bytes, codec: str) -> bool:
    return piece.isascii() or _strictly(piece, codec) is not None


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
