"""Look inside a zip package before any parser does: sizes told and real, and the used area."""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from chengxin.intake.errors import Corrupt, Encrypted, TooWide, ZipBomb
from chengxin.intake.rules.limits import (
    AREA_LIMIT,
    MEGABYTE,
    MEMBERS_LIMIT,
    RATIO_FROM,
    RATIO_LIMIT,
    UNPACKED_LIMIT,
)

CHUNK = 1 << 20
NAME_TAIL = 32  # a cell reference cut by a chunk border is found again with the next chunk

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_WIDE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError,
    struct.error, UnicodeError, OSError,
)  # fmt: skip


def inspect_package(source: Path, filename: str) -> int:
    """Refuse a package that lies about its size, unfolds too far, or is too wide to lay out.

    Every member is inflated once, in pieces, and counted: the sizes written in the directory
    are not believed. Returns the bytes of its largest work sheet.
    Raises: `ZipBomb`, `TooWide`, `Corrupt`, `Encrypted`.
    """
    size, largest = source.stat().st_size, 0
    try:
        with zipfile.ZipFile(source) as package:
            members = package.infolist()
            refuse_declared(members, size, filename)
            left = UNPACKED_LIMIT
            for member in members:
                with package.open(member) as stream:
                    unpacked = _count(stream, member.filename, left, filename)
                left -= unpacked
                if member.filename.startswith("xl/worksheets/"):
                    largest = max(largest, unpacked)
                if UNPACKED_LIMIT - left > max(RATIO_FROM, RATIO_LIMIT * size):
                    raise ZipBomb(filename=filename, limit_mb=UNPACKED_LIMIT // MEGABYTE)
    except RuntimeError as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise Encrypted(filename=filename) from error
        raise Corrupt(filename=filename, kind="xlsx") from error
    except _BROKEN as error:
        raise Corrupt(filename=filename, kind="xlsx") from error
    return largest


def refuse_declared(members: list[zipfile.ZipInfo], size: int, filename: str) -> None:
    """Refuse a package whose own directory is too large. Raises: `ZipBomb`, `Encrypted`."""
    declared = sum(member.file_size for member in members)
    too_dense = declared > max(RATIO_FROM, RATIO_LIMIT * size)
    # What the directory says is enough to refuse, never enough to trust.
    if declared > UNPACKED_LIMIT or too_dense or len(members) > MEMBERS_LIMIT:
        raise ZipBomb(filename=filename, limit_mb=UNPACKED_LIMIT // MEGABYTE)
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted(filename=filename)


def _count(stream: IO[bytes], member: str, left: int, filename: str) -> int:
    """Bytes `member` really has; the used area of a worksheet is measured on the way."""
    is_sheet = member.startswith("xl/worksheets/") and member.endswith(".xml")
    total, widest, deepest, tail = 0, 0, 0, b""
    while chunk := stream.read(CHUNK):
        total += len(chunk)
        if total > left:
            raise ZipBomb(filename=filename, limit_mb=UNPACKED_LIMIT // MEGABYTE)
        if is_sheet:
            window = tail + chunk
            widest, deepest = _stretch(window, widest, deepest)
            tail = window[-NAME_TAIL:]
    if widest * deepest > AREA_LIMIT:
        raise TooWide(filename=filename, sheet=member[14:-4], columns=widest, rows=deepest)
    return total


def _stretch(window: bytes, widest: int, deepest: int) -> tuple[int, int]:
    """Grow the used area by the cell references of `window`."""
    references = _CELL.findall(window) or _WIDE.findall(window)
    if not references:
        return widest, deepest
    letters: Mapping[bytes, None] = dict.fromkeys(name for name, _ in references)
    rows = max(int(number) for number in {number for _, number in references})
    return max(widest, *(column_number(name) for name in letters)), max(deepest, rows)


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA, 16384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
