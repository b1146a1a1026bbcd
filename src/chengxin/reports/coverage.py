"""Characters the fonts hold, and how a missing one is printed: as its code point.

A name with a rare character must never lose it silently to an empty box.
"""

import struct
from functools import cache
from pathlib import Path

SUBTABLE = 12  # format "segmented coverage": every Unicode plane


def spelled_out(text: str, font: Path) -> str:
    """`text` with each character the font lacks written as 〔U+20000〕."""
    held = characters(font)
    if held.issuperset(text):
        return text
    return "".join(one if one in held or one < " " else f"〔U+{ord(one):04X}〕" for one in text)


@cache
def characters(font: Path) -> frozenset[str]:
    """Every character a TrueType font has a glyph for, read from its `cmap` table."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + record * 8 + 4)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == SUBTABLE:
            return frozenset(_segments(data, start + offset))
    raise ValueError(f"{font.name} has no segmented character map")


def _table(data: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", data, 4)
    for index in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + index * 16)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag.decode()}")


def _segments(data: bytes, start: int) -> list[str]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    found: list[str] = []
    for group in range(groups):
        first, last, _ = struct.unpack_from(">III", data, start + 16 + group * 12)
        found.extend(chr(code) for code in range(first, last + 1))
    return found
