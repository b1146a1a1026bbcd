"""Values of a JSON text one after the other, from a buffer that slides over the file."""

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from chengxin.intake.errors import BadRecords
from chengxin.intake.rules.limits import LONGEST_RECORD

CHUNK: Final = 1 << 18
DEEPEST: Final = 2  # keys above a list of records: data, or data.list
_SPACE: Final = " \t\r\n\ufeff"


class Literal(str):
    """A number as it was written: 201312142.0 stays that, and no digit is lost."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs in order, a key that stands twice included."""


DECODER: Final = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_float=Literal, parse_int=Literal, parse_constant=Literal
)
BROKEN: Final = (json.JSONDecodeError, RecursionError)


class Scanner:
    """Reads values and signs from a text stream; memory holds one value."""

    def __init__(self, stream: IO[str], filename: str) -> None:
        self._stream, self._filename = stream, filename
        self._text, self._at, self._ended = "", 0, False
        self._lines = 1

    def peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Step over a sign that must come now. Raises: `BadRecords`."""
        found = self.peek()
        if found != sign:
            self._refuse(f"此处应为“{sign}”", f"“{sign}” is expected")
        self._at += 1

    def value(self) -> Any:
        """The next value. Raises: `BadRecords`."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except BROKEN as error:
                if isinstance(error, RecursionError) or not self._more():
                    self._refuse("格式错误", "it is malformed")
                continue
            if end < len(self._text) or not self._more():
                self._at = end
                return value

    def elements(self) -> Iterator[Any]:
        """The elements of the array that begins here. Raises: `BadRecords`."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.peek() != ",":
                break
            self.take(",")
        self.take("]")

    def pairs(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller reads each value in turn."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            key = self.value()
            if not isinstance(key, str) or isinstance(key, Literal):
                self._refuse("键应为文字", "a key must be text")
            self.take(":")
            yield key
            if self.peek() != ",":
                break
            self.take(",")
        self.take("}")

    def end(self) -> None:
        """Nothing may follow. Raises: `BadRecords`."""
        if self.peek():
            self._refuse("结尾之后还有内容", "something follows the end")

    def _more(self) -> bool:
        """Read on; what has been used is let go. False at the end of the file."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > LONGEST_RECORD:
            self._refuse("单条记录过长或缺少结尾", "a record is too long or never ends")
        # Twice as much each time: a long value is not parsed again and again.
        piece = self._stream.read(max(CHUNK, len(self._text)))
        self._ended = not piece
        self._text += piece
        return not self._ended

    def _refuse(self, what: str, what_en: str) -> None:
        line = self._lines + self._text.count("\n", 0, self._at)
        raise BadRecords(filename=self._filename, line=line, what=what, what_en=what_en)


def lists_of(scanner: Scanner) -> Iterator[tuple[str | None, Any]]:
    """Every element of every list of records, with the name of its list.

    A list may be the whole text (its name is None), or stand under a key (`data`), or under a
    key of that (`data.list`). Raises: `BadRecords`.
    """
    if scanner.peek() == "[":
        for element in scanner.elements():
            yield None, element
    else:
        yield from _under(scanner, "", 1)
    scanner.end()


def _under(scanner: Scanner, prefix: str, depth: int) -> Iterator[tuple[str | None, Any]]:
    for key in scanner.pairs():
        sign = scanner.peek()
        if sign == "[":
            for element in scanner.elements():
                yield prefix + key, element
        elif sign == "{" and depth < DEEPEST:
            yield from _under(scanner, f"{prefix}{key}.", depth + 1)
        else:
            scanner.value()
