"""Read a large `.xlsx` piece by piece: memory does not grow with the sheet.

The usual reader lays a whole sheet out in memory (some 2 GB for a million rows), and no library at
hand reads one in a stream at a bearable speed. So the rows are taken from the XML as it is
unpacked; shared strings lie on disk, found by their number.
"""

import mmap
import posixpath
import zipfile
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from chengxin.intake.errors import Corrupt
from chengxin.intake.rules.formats import UNREADABLE
from chengxin.intake.rules.packages import column_number
from chengxin.intake.rules.workbooks import as_text
from chengxin.intake.values import BLANK, Row

CHUNK: Final = 1 << 20
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Started = Callable[[str, dict[str, str]], None]
Cell = tuple[str, str]


class LargeWorkbook:
    """The sheets of an `.xlsx`, read from their XML. Raises: `Corrupt`."""

    def __init__(self, source: Path, filename: str, folder: Path) -> None:
        self._source, self._filename = source, filename
        self._sheets: list[tuple[str, str, bool]] = []
        self._epoch: datetime = CALENDAR_WINDOWS_1900
        self._dates: list[bool] = []
        try:
            with zipfile.ZipFile(source) as package:
                self._read_book(package)
                self._read_styles(package)
                self._strings = _SharedStrings(package, folder / "strings")
        except (*UNREADABLE, expat.ExpatError) as error:
            raise Corrupt(filename=filename, kind="xlsx") from error

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sheets, the visible ones first."""
        return tuple(name for name, _, _ in self._sheets)

    def rows(self, sheet: int) -> Iterator[Row]:
        """The rows of a sheet that hold anything, one after the other. Raises: `Corrupt`."""
        try:
            with (
                zipfile.ZipFile(self._source) as package,
                package.open(self._sheets[sheet][1]) as stream,
            ):
                reader = _SheetReader(self._text)
                while chunk := stream.read(CHUNK):
                    reader.feed(chunk, final=False)
                    yield from reader.take()
                reader.feed(b"", final=True)
                yield from reader.take()
        except (*UNREADABLE, expat.ExpatError) as error:
            raise Corrupt(filename=self._filename, kind="xlsx") from error

    def _text(self, kind: str, style: str, value: str) -> Cell:  # noqa: PLR0911  one per kind
        """The text of a cell, and the letter of what it was."""
        if kind == "s":
            return as_text(self._strings[int(value)])
        if kind in ("str", "inlineStr"):
            return as_text(value)
        if kind == "e":  # #N/A: the usual reader tells no more of it
            return "", BLANK
        if kind == "b":
            return as_text(value.strip() in ("1", "true"))
        if kind == "d":
            return as_text(datetime.fromisoformat(value))
        if not value.strip():
            return "", BLANK
        number = float(value)
        at = int(style) if style else 0
        if at < len(self._dates) and self._dates[at]:
            try:
                return as_text(from_excel(number, self._epoch))
            except (OverflowError, ValueError):
                return as_text(number)
        return as_text(number)

    def _read_book(self, package: zipfile.ZipFile) -> None:
        places: dict[str, str] = {}

        def relation(name: str, given: dict[str, str]) -> None:
            if name.endswith("Relationship"):
                target = given.get("Target", "")
                root = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                places[given.get("Id", "")] = posixpath.normpath(root)

        def entry(name: str, given: dict[str, str]) -> None:
            if name.endswith("workbookPr") and given.get("date1904") in ("1", "true"):
                self._epoch = CALENDAR_MAC_1904
            if name.endswith(" sheet"):
                place = places.get(given.get(f"{_RELATION} id", ""), "")
                shown = given.get("state", "visible") == "visible"
                if place.startswith("xl/worksheets/"):
                    self._sheets.append((given.get("name", ""), place, shown))

        _parse(package, "xl/_rels/workbook.xml.rels", relation)
        _parse(package, "xl/workbook.xml", entry)
        self._sheets.sort(key=lambda one: not one[2])

    def _read_styles(self, package: zipfile.ZipFile) -> None:
        if "xl/styles.xml" not in package.namelist():
            return
        formats: dict[int, str] = dict(BUILTIN_FORMATS)
        inside = [False]

        def entry(name: str, given: dict[str, str]) -> None:
            if name.endswith(" numFmt"):
                formats[int(given["numFmtId"])] = given.get("formatCode", "")
            elif name.endswith(" cellXfs"):
                inside[0] = True
            elif name.endswith((" cellStyles", " dxfs")):
                inside[0] = False
            elif name.endswith(" xf") and inside[0]:
                number = int(given.get("numFmtId", "0"))
                chinese = 27 <= number <= 36 or 50 <= number <= 58  # noqa: PLR2004  built-in dates
                self._dates.append(chinese or bool(is_date_format(formats.get(number, ""))))

        _parse(package, "xl/styles.xml", entry)


class _SheetReader:
    """Collects rows from the XML of a sheet as it comes in."""

    def __init__(self, text: Callable[[str, str, str], Cell]) -> None:
        self._cell_text = text
        self._done: deque[Row] = deque()
        self._line = self._column = 0
        self._cells: list[Cell] = []
        self._kind = self._style = ""
        self._value: list[str] = []
        self._taking = False
        self._aside = 0
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data

    def feed(self, chunk: bytes, *, final: bool) -> None:
        self._parser.Parse(chunk, final)

    def take(self) -> Iterator[Row]:
        while self._done:
            yield self._done.popleft()

    def _start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            reference = given.get("r", "").rstrip("0123456789")
            self._column = column_number(reference.encode()) if reference else self._column + 1
            self._kind, self._style = given.get("t", "n"), given.get("s", "")
            self._value = []
        elif tag == "row":
            self._line = int(given["r"]) if "r" in given else self._line + 1
            self._cells, self._column = [], 0
        elif tag in ("v", "t"):
            self._taking = not self._aside
        elif tag == "rPh":
            self._aside += 1

    def _data(self, data: str) -> None:
        if self._taking:
            self._value.append(data)

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self._taking = False
        elif tag == "c" and self._value:
            cell = self._cell_text(self._kind, self._style, "".join(self._value))
            if cell[0]:
                self._cells += [("", BLANK)] * (self._column - 1 - len(self._cells))
                self._cells.append(cell)
        elif tag == "row" and self._cells:
            texts, kinds = zip(*self._cells, strict=True)
            self._done.append(Row(self._line, texts, "".join(kinds)))
            self._cells = []
        elif tag == "rPh":
            self._aside -= 1


class _SharedStrings:
    """The strings the cells refer to by number: text on disk, places in memory (8 bytes each)."""

    def __init__(self, package: zipfile.ZipFile, place: Path) -> None:
        self._places = array("Q", [0])
        self._parts: list[str] = []
        self._taking, self._aside = False, 0
        with place.open("wb") as out:
            self._out = out
            if "xl/sharedStrings.xml" in package.namelist():
                _parse(package, "xl/sharedStrings.xml", self._start, self._end, self._data)
        self._file = place.open("rb")
        size = self._places[-1]
        self._text = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def __getitem__(self, number: int) -> str:
        start, end = self._places[number], self._places[number + 1]
        return self._text[start:end].decode("utf-8")

    def _start(self, name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            self._parts = []
        elif tag == "t":
            self._taking = not self._aside
        elif tag == "rPh":
            self._aside += 1

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._aside -= 1
        elif tag == "si":
            text = "".join(self._parts).encode("utf-8", "replace")
            self._out.write(text)
            self._places.append(self._places[-1] + len(text))

    def _data(self, data: str) -> None:
        if self._taking:
            self._parts.append(data)


def _parser() -> Any:
    """A parser with whole names, that refuses entities of the file's own."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError

    parser.EntityDeclHandler = refuse
    return parser


def _parse(
    package: zipfile.ZipFile,
    member: str,
    start: Started,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    parser = _parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    with package.open(member) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
