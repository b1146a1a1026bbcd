"""Bring a text file to UTF-8 on disk, and count what the readers must know of it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chengxin.intake.errors import LineTooLong, UnreadableText
from chengxin.intake.rules.encodings import (
    DAMAGED,
    PIECE,
    Encoding,
    begins_as_utf8,
    line_text,
    pieces,
    tell_encoding,
)
from chengxin.intake.rules.limits import LONGEST_LINE, MEGABYTE

_DAMAGED = DAMAGED.encode()
_BREAK = re.compile(rb"[\r\n]")
_SPACED_QUOTES = (b' "', b'" ', b'\t"', b'"\t')
_UNCOUNTED = bytes(code for code in range(256) if code not in b'\r\n"')
_BLANKS, _BREAKS, _CUTS = b" \t", b"\r\n", b",;|\t\r\n"
DENSE = 64  # bytes per quote below which each is no longer looked at
LARGE = 32 * MEGABYTE  # from here on a text whose beginning is UTF-8 is taken for UTF-8 at first
# Four Chinese characters of UTF-8 in a row hardly ever come about in GB18030.
_UTF8_RUN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")


@dataclass
class Text:
    """A text as UTF-8 on disk, with counts of what decides how it may be read.

    `breaks` are line breaks of any kind, `returns` the carriage returns and `pairs` the CR LF
    among them, `open_end` a last line without a break, `blank_end` the blank lines at the end,
    `damaged` the lines with U+FFFD, `spaced_quotes` whether a space stands beside a quote,
    `broken_ends` whether a quoted cell may end with a line break.
    `verified` says that every byte was seen to be UTF-8 and the damaged lines were counted; if
    not, whoever reads it must check.
    """

    path: Path
    encoding: str
    breaks: int = 0
    returns: int = 0
    pairs: int = 0
    quotes: int = 0
    damaged: int = 0
    open_end: bool = False
    blank_end: int = 0
    spaced_quotes: bool = False
    broken_ends: bool = False
    verified: bool = True

    @property
    def lines(self) -> int:
        """Physical lines, a last one without a break included."""
        return self.breaks + self.open_end

    @property
    def one_kind_of_break(self) -> bool:
        """Whether lines end all with LF, or all with CR LF."""
        return self.returns == self.pairs and self.pairs in (0, self.breaks)


def utf8_text(source: Path, filename: str, folder: Path, *, verify: bool = True) -> Text:
    """The text of `source` as UTF-8 without NUL; `source` itself if it is that already.

    Without `verify` a large file that begins as UTF-8 is not decoded to its end, and its damaged
    lines are not counted.
    Raises: `UnreadableText`, `LineTooLong`.
    """
    if not verify and source.stat().st_size > LARGE and begins_as_utf8(source):
        text = Text(source, "UTF-8", verified=False)
        if _counted_in_place(text, filename):
            return text
    encoding = tell_encoding(source, filename)
    text = Text(source, encoding.name)
    if not (encoding.strict and _counted_in_place(text, filename)):
        text = Text(folder / "text.utf8", encoding.name)
        with text.path.open("wb") as out:
            for piece in _decoded(source, filename, encoding):
                clean = piece.replace("\x00", "").encode("utf-8", "replace")
                _count(text, clean)
                out.write(clean)
    if text.damaged * 2 > text.lines > 1:
        raise UnreadableText(filename=filename)
    return text


def _counted_in_place(text: Text, filename: str) -> bool:
    """Count a text that is UTF-8; False if a NUL in it must be taken out first."""
    with text.path.open("rb") as stream:
        for piece in pieces(stream, filename):
            if b"\x00" in piece:
                return False
            _count(text, piece)
    return True


def _count(text: Text, piece: bytes) -> None:
    """Add a piece that ends with a line, or is the last."""
    marks = piece.translate(None, _UNCOUNTED)  # one way through it, and next to nothing is left
    returns = marks.count(b"\r")
    pairs = piece.count(b"\r\n") if returns else 0
    quotes = marks.count(b'"')
    text.breaks += len(marks) - quotes - pairs
    text.returns += returns
    text.pairs += pairs
    if quotes:
        text.quotes += quotes
        _look_beside_quotes(text, piece, dense=quotes * DENSE > len(piece))
    text.open_end = not piece.endswith((b"\n", b"\r"))
    if piece.endswith((b"\n\n", b"\n\r\n")) or piece in {b"\n", b"\r\n"}:
        end = piece[len(piece.rstrip(b"\r\n")) :]
        text.blank_end = max(end.count(b"\n") - 1, 0)
    else:
        text.blank_end = 0
    if text.verified:
        text.damaged += _damaged_lines(piece)


def _look_beside_quotes(text: Text, piece: bytes, *, dense: bool) -> None:
    """Note what stands beside the quotes of a piece."""
    if dense:
        text.broken_ends = True
        text.spaced_quotes = text.spaced_quotes or any(mark in piece for mark in _SPACED_QUOTES)
        return
    at = piece.find(b'"')
    while at >= 0:
        # What lies beyond the edges is not seen; a piece begins after a break.
        before = piece[at - 1] if at else _BREAKS[0]
        after = piece[at + 1] if at + 1 < len(piece) else _BREAKS[0]
        if before in _BLANKS or after in _BLANKS:
            text.spaced_quotes = True
        if before in _BREAKS and after in _CUTS:
            text.broken_ends = True
        at = piece.find(b'"', at + 1)


def _damaged_lines(piece: bytes) -> int:
    """How many lines hold U+FFFD."""
    count, at = 0, piece.find(_DAMAGED)
    while at >= 0:
        count += 1
        end = _BREAK.search(piece, at)
        at = piece.find(_DAMAGED, end.end()) if end else -1
    return count


def _decoded(source: Path, filename: str, encoding: Encoding) -> Iterator[str]:
    with source.open("rb") as stream:
        if encoding.codec.startswith(("utf-16", "utf-32")):
            decoder = codecs.getincrementaldecoder(encoding.codec)(errors="replace")
            read = iter(lambda: stream.read(PIECE), b"")
            yield from _with_whole_lines((decoder.decode(piece) for piece in read), filename)
            yield decoder.decode(b"", final=True)
            return
        for piece in pieces(stream, filename):
            whole = _whole(piece, encoding.codec)
            if whole is None:
                lines = piece.splitlines(keepends=True)
                whole = "".join(line_text(line, encoding.codec) for line in lines)
            yield whole


def _whole(piece: bytes, codec: str) -> str | None:
    """The text of a piece in which no line is of another encoding or damaged; else None."""
    if codec == "gb18030" and _UTF8_RUN.search(piece):
        return None
    try:
        return piece.decode(codec)
    except UnicodeDecodeError:
        return None


def _with_whole_lines(texts: Iterator[str], filename: str) -> Iterator[str]:
    held = ""
    for text in texts:
        whole, found, rest = (held + text).rpartition("\n")
        held = rest
        if len(held) > LONGEST_LINE:
            raise LineTooLong(filename=filename, limit_mb=LONGEST_LINE // MEGABYTE)
        yield whole + found
    yield held
