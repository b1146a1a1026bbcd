"""One column out of a table file: CSV in any encoding used here, or a spreadsheet.

Opened by content, not by extension. Small on purpose: mapping, faults and proposals are the work
of the room `intake`.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from chengxin.kernel.errors import CreditError
from chengxin.kernel.text import normalise_name

Row = tuple[int, Sequence[str]]

_HEADER_WITHIN = 20  # titles and notes stand above the header in department's files
_DELIMITERS = ",\t;|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_UNPACKED = 2_000_000_000
_EXACT_DIGITS = 1e15  # a spreadsheet keeps 15 digits; behind that a number is damaged


class FileUnreadable(CreditError):
    """The file is no table this command can read. Facts: file, reason_zh, reason_en."""

    code = "SITE-FILE-UNREADABLE"
    zh = "无法读取文件 {file}：{reason_zh}。请提供 CSV（UTF-8 或 GB18030）、XLSX 或 XLS 文件。"
    en = "Cannot read {file}: {reason_en}. Give a CSV (UTF-8 or GB18030), XLSX or XLS file."


class ColumnMissing(CreditError):
    """No column of that name. Facts: column, columns, file."""

    code = "SITE-COLUMN-MISSING"
    zh = "文件 {file} 中没有名为“{column}”的列。现有的列：{columns}。请用 --column 指定其中一列。"
    en = "{file} has no column “{column}”. Its columns: {columns}. Name one of them with --column."


def read_column(path: Path, column: str) -> Iterator[tuple[int, str]]:
    """Yield (line in the file or sheet, from 1; cell as received) below the header.

    The header is the first of the leading 20 lines that has `column`; names are compared
    without spaces, width and case. Lines without any content are left out.
    Raises: `FileUnreadable`, `ColumnMissing`.
    """
    rows = _rows(path)
    leading: list[Row] = []
    wanted = normalise_name(column)
    for row, cells in rows:
        # Real headers were found glued by a tab where their rows have a comma.
        names = [normalise_name(part) for cell in cells for part in cell.split("\t")]
        if wanted in names:
            return _cells(rows, names.index(wanted))
        leading.append((row, cells))
        if len(leading) == _HEADER_WITHIN:
            break
    filled = next((cells for _, cells in leading if any(cells)), [])
    raise ColumnMissing(column=column, columns=[c for c in filled if c], file=path.name)


def _cells(rows: Iterator[Row], place: int) -> Iterator[tuple[int, str]]:
    for row, cells in rows:
        if len(cells) > place:
            if cells[place] or any(cells):
                yield row, cells[place]
        elif any(cells):
            yield row, ""


def _rows(path: Path) -> Iterator[Row]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(
            file=path.name, reason_zh="文件不存在或无权打开", reason_en=error.strerror or str(error)
        ) from error
    if data.startswith((_ZIP, _OLE)):
        return _sheet_rows(data, path.name)
    return _csv_rows(_decode(data, path.name))


def _decode(data: bytes, name: str) -> str:
    encodings = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    furthest = 0
    for encoding in encodings or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
            continue
        if "\0" not in text:
            return text
    line = data.count(b"\n", 0, furthest) + 1
    raise FileUnreadable(
        file=name,
        reason_zh=f"第 {line} 行有既非 UTF-8 也非 GB18030 的内容",
        reason_en=f"line {line} is neither UTF-8 nor GB18030",
    )


def _csv_rows(text: str) -> Iterator[Row]:
    head = text[:4000]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        yield line, cells
        line = reader.line_num + 1  # a quoted cell can span lines


def _sheet_rows(data: bytes, name: str) -> Iterator[Row]:
    try:
        _refuse_bomb(data, name)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CreditError, KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader's Rust is no Exception
        raise FileUnreadable(
            file=name,
            reason_zh="电子表格已损坏、加密或没有工作表",
            reason_en="the spreadsheet is damaged, encrypted or has no sheet",
        ) from error
    return enumerate(_texts(sheet), start=1)


def _refuse_bomb(data: bytes, name: str) -> None:
    if not data.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _MOST_UNPACKED:
        raise FileUnreadable(
            file=name, reason_zh="解压后过大", reason_en="it is too large when unpacked"
        )


def _texts(sheet: Iterable[Iterable[object]]) -> Iterator[list[str]]:
    return ([_cell_text(cell) for cell in row] for row in sheet)


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        # A longer number shows itself as 9.13…e+17, and is reported as damaged.
        return str(int(cell)) if abs(cell) < _EXACT_DIGITS else repr(float(f"{cell:.15g}"))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
