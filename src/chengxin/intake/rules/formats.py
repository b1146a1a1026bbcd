"""Tell what a file is by its content. The extension is never asked."""

import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from chengxin.intake.errors import (
    Corrupt,
    DisguisedTable,
    EmptyFile,
    Encrypted,
    NotATable,
    UnknownContent,
)

HEAD = 4096
CHUNK = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b\x08"
PARQUET = b"PAR1"
MEMBERS_LOOKED_AT = 20_000
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe\x1a"
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, KeyError,
    struct.error, UnicodeError, OSError, RuntimeError,
)  # fmt: skip

# First bytes of files that hold no table, with their names in both languages.
NO_TABLE: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF 文档", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "图片（PNG）", "a picture (PNG)"),
    (b"\xff\xd8\xff", "图片（JPEG）", "a picture (JPEG)"),
    (b"GIF8", "图片（GIF）", "a picture (GIF)"),
    (b"BM", "图片（BMP）", "a picture (BMP)"),
    (b"II*\x00", "图片（TIFF）", "a picture (TIFF)"),
    (b"MM\x00*", "图片（TIFF）", "a picture (TIFF)"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"Rar!\x1a\x07", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "a 7z archive"),
    (b"MZ", "可执行程序", "a program"),
    (b"\x7fELF", "可执行程序", "a program"),
    (b"SQLite format 3\x00", "SQLite 数据库", "an SQLite database"),
    (b"OFD", "OFD 文档", "an OFD document"),
)

# Members that tell the kind of a zip package: (mark, Chinese, English).
NO_TABLE_PACKAGES: tuple[tuple[bytes, str, str], ...] = (
    (b"word/document.xml", "Word 文档", "a Word document"),
    (b"ppt/presentation.xml", "PowerPoint 演示文稿", "a PowerPoint presentation"),
    (b"OFD.xml", "OFD 文档", "an OFD document"),
    (b"opendocument.spreadsheet", "ODS 表格", "an ODS workbook"),
    (b"xl/workbook.bin", "二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"),
    (b"opendocument", "OpenDocument 文档", "an OpenDocument file"),
)


class Format(StrEnum):
    """Kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    ZIP = "zip"
    GZIP = "gzip"


_JSON = re.compile(rb'[\[{]\s*[\[{"\]}]')


def sniff(source: Path, filename: str) -> Format:
    """Kind of file `source` is; text of any delimiter answers CSV, lines of JSON answer JSON.

    Raises: `EmptyFile`, `NotATable`, `DisguisedTable`, `Encrypted`, `Corrupt`, `UnknownContent`.
    """
    with source.open("rb") as stream:
        head = stream.read(HEAD)
    if not _says_anything(source):
        raise EmptyFile(filename=filename)
    if head.startswith(OLE):
        return _ole(source, filename)
    if head.startswith(ZIP):
        return _package(source, filename)
    if head.startswith(GZIP):
        return Format.GZIP
    if head.startswith(PARQUET) and b"\x00" in head:
        return Format.PARQUET
    for mark, kind_zh, kind_en in NO_TABLE:
        if head.startswith(mark) and not _plain_ascii(head):
            raise NotATable(filename=filename, kind_zh=kind_zh, kind_en=kind_en)
    _refuse_markup(head, filename)
    if _binary(head):
        raise UnknownContent(filename=filename)
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return Format.JSON if _JSON.match(bare) else Format.CSV


def _says_anything(source: Path) -> bool:
    with source.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            if chunk.strip(_NOTHING):
                return True
    return False


def _plain_ascii(head: bytes) -> bool:
    """Whether short marks such as `BM` or `MZ` merely begin an ordinary line of text."""
    return not head.startswith((b"%PDF", b"{\\rtf")) and b"\x00" not in head and head.isascii()


def _ole(source: Path, filename: str) -> Format:
    """Tell an old workbook from the other documents of the same container."""
    wanted = ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document")
    names = dict.fromkeys(wanted, False)
    tail = b""
    with source.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            window = tail + chunk
            for name in wanted:
                names[name] = names[name] or name.encode("utf-16-le") in window
            tail = window[-64:]
    if names["EncryptedPackage"]:
        raise Encrypted(filename=filename)
    if names["Workbook"] or names["Book"]:
        return Format.XLS
    if names["WordDocument"]:
        raise NotATable(filename=filename, kind_zh="Word 文档", kind_en="a Word document")
    if names["PowerPoint Document"]:
        raise NotATable(
            filename=filename, kind_zh="PowerPoint 演示文稿", kind_en="a PowerPoint presentation"
        )
    raise Corrupt(filename=filename, kind="xls")


def _package(source: Path, filename: str) -> Format:
    """Tell a workbook from other zip packages by the names of its members."""
    try:
        with zipfile.ZipFile(source) as package:
            members = {member.filename for member in package.infolist()[:MEMBERS_LOOKED_AT]}
            kind = b""
            if "mimetype" in members:
                with package.open("mimetype") as stream:
                    kind = stream.read(HEAD)
    except UNREADABLE as error:
        raise Corrupt(filename=filename, kind="xlsx / zip") from error
    names = "\n".join(members).encode("utf-8", "replace") + b"\n" + kind
    for mark, kind_zh, kind_en in NO_TABLE_PACKAGES:
        if mark in names:
            raise NotATable(filename=filename, kind_zh=kind_zh, kind_en=kind_en)
    if b"xl/workbook.xml" in names or b"xl/worksheets/" in names:
        return Format.XLSX
    if "[Content_Types].xml" in members:
        raise Corrupt(filename=filename, kind="xlsx")
    return Format.ZIP


def _refuse_markup(head: bytes, filename: str) -> None:
    """Name web pages and XML exports that were given the extension of a workbook."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if text.startswith((b"mime-version:", b"content-type: multipart")):
        raise DisguisedTable(filename=filename, kind_zh="网页存档（MHT）", kind_en="a web archive")
    if not text.startswith(b"<"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text and b"<html" not in text:
        raise DisguisedTable(
            filename=filename, kind_zh="XML 表格（2003）", kind_en="an XML spreadsheet of 2003"
        )
    if any(tag in text for tag in (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta")):
        raise DisguisedTable(
            filename=filename, kind_zh="网页（HTML 表格）", kind_en="a web page (HTML table)"
        )
    if text.startswith(b"<?xml"):
        raise NotATable(filename=filename, kind_zh="XML 文件", kind_en="an XML file")


def _binary(head: bytes) -> bool:
    """Whether control characters show that this is no text; UTF-16 has a NUL in every second."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if b"\x00" in head:
        return looks_utf16(head) is None
    return sum(byte < 9 or 13 < byte < 32 for byte in head) > max(2, len(head) // 100)  # noqa: PLR2004


def looks_utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: NUL in most odd (or even) places only."""
    half = len(head) // 2
    even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if half and odd > half // 10 and even <= half // 100:
        return "utf-16-le"
    if half and even > half // 10 and odd <= half // 100:
        return "utf-16-be"
    return None
