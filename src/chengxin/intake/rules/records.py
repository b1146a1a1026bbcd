"""JSON as a source of rows: one object is one row, its keys are the columns."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from chengxin.intake.errors import BadRecords, NoRecords, TooWide
from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.jsontext import (
    BROKEN,
    DECODER,
    Literal,
    Pairs,
    Scanner,
    lists_of,
)
from chengxin.intake.rules.limits import LONGEST_RECORD, WIDEST
from chengxin.intake.rules.staging import NO_RECORD, RowWriter
from chengxin.intake.rules.transcoding import utf8_text
from chengxin.intake.values import BLANK, FLAG, NUMBER, TEXT, Header, Question, Row, Staged

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
BLANKS: Final = "\u3000 \t\r\n\ufeff\x00"
Cells = list[tuple[str, str, str]]


class JsonSource:
    """The lists of records in a JSON text, each offered as a sheet.

    A row's line is the line of the file where there is one record per line (NDJSON), else the
    number of the record. The text is parsed twice: once for its keys, once for its rows.
    Raises: `BadRecords`, `NoRecords`, `TooWide`.
    """

    def __init__(self, source: Path, filename: str, folder: Path) -> None:
        self._filename = filename
        self._text = utf8_text(source, filename, folder)
        self.oddities: list[Question] = []
        self.format = Format.NDJSON if self._by_lines() else Format.JSON
        # Name of a list → its columns in order of appearance; None when its rows are lists.
        self._columns: dict[str | None, dict[str, int] | None] = {}
        self._learn()
        if not self._columns:
            raise NoRecords(filename=filename)
        self.names: tuple[str | None, ...] = tuple(self._columns)

    @property
    def encoding(self) -> str | None:
        """Name of the encoding the bytes were read with."""
        return self._text.encoding

    def header(self, sheet: int) -> Header | None:
        """The keys of the records; None for a list of lists, whose header is a row."""
        columns = self._columns[self.names[sheet]]
        return None if columns is None else Header(0, 0, tuple(columns))

    def rows(self, sheet: int) -> Iterator[Row]:
        """Every record that holds anything."""
        return (row for row, _ in self._read(sheet) if row.kinds.strip(BLANK))

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The records as Parquet in `folder`; what is no record is set aside."""
        del extent
        with RowWriter(folder, names=header.names if header.line else ()) as writer:
            for row, damage in self._read(sheet):
                if row.line > header.last and row.kinds.strip(BLANK):
                    writer.add(row, damage)
        return writer.staged()

    def _by_lines(self) -> bool:
        """Whether every line is an object of its own: the first is, and another follows."""
        with self._open() as stream:
            lines = (line.strip() for line in iter(lambda: stream.readline(LONGEST_RECORD), ""))
            filled = (line for line in lines if line)
            first, second = next(filled, ""), next(filled, "")
        return second.startswith("{") and isinstance(_parsed(first), Pairs)

    def _open(self) -> Any:
        return self._text.path.open(encoding="utf-8-sig", errors="replace", newline="\n")

    def _learn(self) -> None:
        for name, _, element in self._elements():
            if name not in self._columns:
                self._columns[name] = None if isinstance(element, list) else {}
                if isinstance(element, Pairs):
                    self._columns[name] = {}
            columns = self._columns[name]
            if columns is not None and isinstance(element, Pairs):
                for key, _, _ in _flat(element):
                    columns.setdefault(key, len(columns))
                if len(columns) > WIDEST:
                    raise TooWide(
                        filename=self._filename, sheet=name or "JSON", columns=len(columns), rows=1
                    )
        # A list of mere texts or numbers beside the records is no table.
        self._columns = {
            name: columns for name, columns in self._columns.items() if columns is None or columns
        }

    def _elements(self) -> Iterator[tuple[str | None, int, Any]]:
        """Name of the list, line, element."""
        with self._open() as stream:
            if self.format is Format.NDJSON:
                for number, line in enumerate(stream, start=1):
                    if len(line) > LONGEST_RECORD:
                        raise BadRecords(
                            filename=self._filename,
                            line=number,
                            what="单条记录过长",
                            what_en="a record is too long",
                        )
                    if line.strip(BLANKS):
                        yield None, number, _parsed(line)
                return
            counts: dict[str | None, int] = {}
            found = False
            for name, element in lists_of(Scanner(stream, self._filename)):
                counts[name] = counts.get(name, 0) + 1
                found = found or isinstance(element, list)
                yield name, counts[name], element
        if not found:
            yield from self._single()

    def _single(self) -> Iterator[tuple[str | None, int, Any]]:
        """A file that is one object without lists: one record."""
        with self._open() as stream:
            scanner = Scanner(stream, self._filename)
            if scanner.peek() == "{":
                yield None, 1, scanner.value()

    def _read(self, sheet: int) -> Iterator[tuple[Row, str]]:
        wanted = self.names[sheet]
        columns = self._columns[wanted]
        for name, line, element in self._elements():
            if name != wanted:
                continue
            if columns is None and isinstance(element, list) and not isinstance(element, Pairs):
                yield _row(line, [_cell(value) for value in element]), ""
            elif columns is not None and isinstance(element, Pairs):
                cells = [("", BLANK)] * len(columns)
                for key, text, kind in _flat(element):
                    cells[columns[key]] = text, kind
                yield _row(line, cells), ""
            else:
                yield _row(line, [(_dumped(element) or "null", TEXT)]), NO_RECORD


class _Unreadable:
    """A line that is no JSON, kept as it stands."""

    def __init__(self, text: str) -> None:
        self.text = text


def _parsed(line: str) -> Any:
    try:
        value, end = DECODER.raw_decode(line.strip(BLANKS))
    except BROKEN:
        return _Unreadable(line.strip(BLANKS))
    return value if end == len(line.strip(BLANKS)) else _Unreadable(line.strip(BLANKS))


def _row(line: int, cells: list[tuple[str, str]]) -> Row:
    kinds = "".join(kind for _, kind in cells).rstrip(BLANK)
    return Row(line, tuple(text for text, _ in cells[: len(kinds)]), kinds)


def _flat(record: Pairs) -> Cells:
    """The cells of a record, key by key; an object inside gives `key.inner` for each of its own.

    A key that stands twice gives a second column: nothing is lost.
    """
    cells: Cells = []
    seen: dict[str, int] = {}
    for key, value in record:
        inner = value if isinstance(value, Pairs) else None
        for name, part in [(f"{key}.{k}", v) for k, v in inner] if inner else [(key, value)]:
            bare = _clean(name)
            seen[bare] = seen.get(bare, 0) + 1
            unique = bare if seen[bare] == 1 else f"{bare} ({seen[bare]})"
            cells.append((unique, *_cell(part)))
    return cells


def _cell(value: Any) -> tuple[str, str]:
    if value is None:
        return "", BLANK
    if isinstance(value, bool):
        return ("true" if value else "false"), FLAG
    if isinstance(value, Literal):
        return str(value), NUMBER
    text = _clean(value if isinstance(value, str) else _dumped(value))
    return (text, TEXT) if text.strip(BLANKS) else ("", BLANK)


def _clean(text: str) -> str:
    """Half a character pair is none: it becomes U+FFFD, and the row is set aside."""
    return _SURROGATES.sub("\ufffd", text.replace("\x00", ""))


def _dumped(value: Any) -> str:
    """Lists of words as one cell, 警告;罚款; whatever is deeper as JSON."""
    if isinstance(value, _Unreadable):
        return value.text
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ";".join(value)
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Pairs):
        return {key: _plain(inner) for key, inner in value}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value
