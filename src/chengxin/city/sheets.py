"""Writes tables to bytes: workbooks (.xlsx) and text (.csv), the same bytes everywhere.

A workbook is written here and not by a library, and its parts are stored uncompressed: other
versions of a library or of zlib would give other bytes. Standard: ECMA-376 (Office Open XML).
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from chengxin.city.cells import SERIAL_ZERO, Cell

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DATE_STYLE: Final = ' s="1"'

_PARTS: Final = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/>'
        '<name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    ),
}


def workbook(titles: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """An .xlsx of one sheet: title rows merged over the width, the header, the rows."""
    strings: dict[str, int] = {}
    letters = [_letters(index) for index in range(len(header))]
    lines = [_line(number, [title], letters, strings) for number, title in enumerate(titles, 1)]
    first = len(titles) + 1
    lines.append(_line(first, header, letters, strings))
    lines += [_line(number, row, letters, strings) for number, row in enumerate(rows, first + 1)]
    merged = [f"A{n}:{letters[-1]}{n}" for n in range(1, len(titles) + 1)]
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
    sheet = (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'
    )
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    shared = f'<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{texts}</sst>'
    parts = _PARTS | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared}
    return _zipped(parts)


def text_table(
    titles: Sequence[str],
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    encoding: str,
) -> bytes:
    """A .csv as Excel saves it: CRLF, quotes where needed, titles padded with commas."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([title, *[""] * (len(header) - 1)] for title in titles)
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def _line(
    number: int, cells: Sequence[Cell], letters: Sequence[str], strings: dict[str, int]
) -> str:
    parts = [f'<row r="{number}">']
    for letter, cell in zip(letters, cells, strict=False):
        if isinstance(cell, str):
            if cell:
                index = strings.setdefault(cell, len(strings))
                parts.append(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>')
        elif isinstance(cell, date):
            serial = (cell - SERIAL_ZERO).days
            parts.append(f'<c r="{letter}{number}"{_DATE_STYLE}><v>{serial}</v></c>')
        else:
            parts.append(f'<c r="{letter}{number}"><v>{format(cell, "f")}</v></c>')
    parts.append("</row>")
    return "".join(parts)


def _letters(index: int) -> str:
    """Column letters of a zero-based index: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return cell.isoformat() if isinstance(cell, date) else format(cell, "f")


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, text in parts.items():
            info = ZipInfo(name, _EPOCH)
            info.create_system = 0
            archive.writestr(info, (_XML + text).encode())
    return buffer.getvalue()
