"""Read text tables row by row: encoding, delimiter and quotes told from the content."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NoReturn

from chengxin.intake.errors import Corrupt, TooWide
from chengxin.intake.rules import bulk
from chengxin.intake.rules.dialects import clean_cell, sniff_delimiter
from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.limits import LONGEST_CELL, MOST_LINES_IN_A_CELL, WIDEST
from chengxin.intake.rules.staging import RowWriter
from chengxin.intake.rules.transcoding import utf8_text
from chengxin.intake.values import BLANK, TEXT, Header, Question, Row, Staged

HEAD_BYTES = 1 << 20
LOOKED_AT = 500

_BROKEN_QUOTES = Question(
    kind="broken_quotes",
    columns=(),
    message_zh="文件中有未成对的引号。为防止多行被并成一行，已按“引号只是普通字符”读取，"
    "请核对行数和含引号的单元格。",
    message_en="The file has a quotation mark that is never closed. So that no rows are swallowed, "
    "quotes were read as ordinary characters; check the number of rows and cells with quotes.",
    blocking=False,
)


class QuotesBroken(Exception):
    """The quotes of the file do not add up: from now on they are ordinary characters."""


class TextSource:
    """A text table. One sheet without a name; a row's line is where it begins in the file."""

    names: tuple[str | None, ...] = (None,)

    def __init__(self, source: Path, filename: str, folder: Path) -> None:
        self._source, self._filename, self._folder = source, filename, folder
        self._text = utf8_text(source, filename, folder, verify=False)
        self._quoted = self._text.quotes > 0
        self.delimiter = sniff_delimiter(self._head())
        self.oddities: list[Question] = []
        self._read = 0

    @property
    def format(self) -> Format:
        """TSV when cells are cut by tabs."""
        return Format.TSV if self.delimiter == "\t" else Format.CSV

    @property
    def encoding(self) -> str | None:
        """Name of the encoding the bytes were read with."""
        return self._text.encoding

    def header(self, sheet: int) -> Header | None:
        """No header comes with the rows: it is among them."""
        del sheet
        return None

    def rows(self, sheet: int) -> Iterator[Row]:
        """Every row that holds anything. Raises: `QuotesBroken`, `TooWide`."""
        del sheet
        for line, record in self._records():
            cells = tuple(clean_cell(cell) for cell in record)
            kinds = "".join(TEXT if cell else BLANK for cell in cells).rstrip(BLANK)
            if len(kinds) > WIDEST:
                raise TooWide(filename=self._filename, sheet="CSV", columns=len(kinds), rows=line)
            if kinds:
                yield Row(line, cells[: len(kinds)], kinds)

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows below `header`, at most `extent` cells wide, as Parquet in `folder`.

        DuckDB reads what is well formed; what it would read otherwise goes the careful way.
        Raises: `QuotesBroken`, `TooWide`, `UnreadableText`, `Corrupt`.
        """
        if self._quoted == (self._text.quotes > 0):
            width = self._usual_width(header)
            quick = bulk.stage(
                self._text, self.delimiter, header, width=width, extent=extent, folder=folder
            )
            if quick is not None:
                return quick
        if not self._text.verified:
            self._text = utf8_text(self._source, self._filename, self._folder)
        with RowWriter(folder, extent=extent, names=header.names) as writer:
            for row in self.rows(sheet):
                if row.line > header.last:
                    writer.add(row)
        if self._read != self._text.lines:
            raise Corrupt(filename=self._filename, kind=self.format)
        return writer.staged()

    def _usual_width(self, header: Header) -> int:
        """Cells of most of the first records below the header, blank ones counted."""
        below = (record for line, record in self._records() if line > header.last)
        widths = Counter(len(record) for record in islice(below, LOOKED_AT) if any(record))
        return max(widths, key=lambda width: widths[width], default=len(header.names))

    def _head(self) -> str:
        with self._text.path.open("rb") as stream:
            return stream.read(HEAD_BYTES).decode("utf-8", "replace").removeprefix("\ufeff")

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Records with the physical line each begins at. Raises: `QuotesBroken`."""
        with self._text.path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
            yield from self._quoted_records(stream) if self._quoted else self._plain(stream)

    def _quoted_records(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LONGEST_CELL)
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        self._read = 0
        try:
            for record in reader:
                if reader.line_num - self._read > MOST_LINES_IN_A_CELL:
                    self._unquote()
                line, self._read = self._read + 1, reader.line_num
                yield line, record
        except csv.Error:
            self._unquote()

    def _unquote(self) -> NoReturn:
        """From now on quotes are ordinary characters; the caller begins again."""
        self._quoted = False
        self.oddities.append(_BROKEN_QUOTES)
        raise QuotesBroken from None

    def _plain(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """Every line a record; a quote at both ends of a cell is taken off."""
        unquote, self._read = self._text.quotes > 0, 0
        for text in lines:
            self._read += 1
            cells = text.rstrip("\r\n").split(self.delimiter)
            yield self._read, [_unquoted(cell) for cell in cells] if unquote else cells


def _unquoted(cell: str) -> str:
    bare = cell.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        return bare[1:-1].replace('""', '"')
    return cell
