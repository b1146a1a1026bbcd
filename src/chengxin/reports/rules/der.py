"""DER 编码, as much of it as an envelope of ours needs: read strictly, written one way.

A general reader of ASN.1 costs more to load than a whole verification may take, and accepts
more spellings than one. What is read here is written again and compared, so nothing but the
shortest spelling ever counts.
"""

from dataclasses import dataclass

INTEGER, BITS, OCTETS, NULL, OBJECT, TIME = 0x02, 0x03, 0x04, 0x05, 0x06, 0x18
SEQUENCE, SET = 0x30, 0x31
CONTEXT = 0xA0
LONG = 0x80
SHORT_TAGS = 0x1F


@dataclass(frozen=True)
class Element:
    """One element: its tag, its content, and all of it as it stood."""

    tag: int
    content: bytes
    whole: bytes

    def of(self, tag: int) -> bytes:
        """The content, of an element that must have that tag. Raises: `ValueError`."""
        if self.tag != tag:
            raise ValueError(f"tag {tag:#04x} expected, {self.tag:#04x} found")
        return self.content


def elements(data: bytes) -> list[Element]:
    """The elements that follow each other in `data`, which they fill. Raises: `ValueError`."""
    found, place = [], 0
    while place < len(data):
        one = first(data[place:])
        found.append(one)
        place += len(one.whole)
    return found


def first(data: bytes) -> Element:
    """The element `data` begins with, whatever follows. Raises: `ValueError`."""
    if len(data) < len("tl"):
        raise ValueError("cut short")
    tag, length, start = data[0], data[1], 2
    if tag & SHORT_TAGS == SHORT_TAGS:
        raise ValueError("a tag of several bytes")
    if length >= LONG:
        places = length - LONG
        if not 1 <= places <= INTEGER + 2 or len(data) < start + places:
            raise ValueError("a length we never write")
        length = int.from_bytes(data[start : start + places], "big")
        start += places
    end = start + length
    if end > len(data):
        raise ValueError("cut short")
    return Element(tag, data[start:end], data[:end])


def wrap(tag: int, *parts: bytes) -> bytes:
    """An element of that tag around its parts."""
    content = b"".join(parts)
    size = len(content)
    if size < LONG:
        return bytes((tag, size)) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, LONG | len(digits))) + digits + content


def oid(dotted: str) -> bytes:
    """An object identifier from its usual spelling."""
    one, two, *rest = (int(part) for part in dotted.split("."))
    out = bytearray((one * 40 + two,))
    for arc in rest:
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        out += bytes(reversed(groups))
    return wrap(OBJECT, bytes(out))


def integer(number: int) -> bytes:
    """A number, not negative."""
    return wrap(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))
