"""Read text tables: encoding, delimiter and quotes told from the content."""
# ruff: noqa: E501

import csv
import io
from collections import Counter

from chengxin.intake.errors import EmptyFile, TooWide, UnreadableText
from chengxin.intake.rules.encodings import DAMAGED, decode
from chengxin.intake.rules.formats import Format
from chengxin.intake.values import BLANK, TEXT, Question, Reading, Row, Sheet

DELIMITERS = (",", "\t", ";", "|", "，")
SAMPLE_LINES = 60
LONGEST_CELL = 2_000_000
MOST_LINES_IN_A_CELL = 400  # more means a quote was never closed
WIDEST = 16_384

_BROKEN_QUOTES = Question(
    kind="broken_quotes",
    columns=(),
    message_zh="文件中有未成对的引号。为防止多行被并成一行，已按“引号只是普通字符”读取，"
    "请核对行数和含引号的单元格。",
    message_en="The file has a quotation mark that is never closed. So that no rows are swallowed, "
    "quotes were read as ordinary characters; check the number of rows and cells with quotes.",
    blocking=False,
)


def read_delimited(data: bytes, filename: str) -> Reading:
    """The one sheet of a text table.

    A row's line counts records as Excel does: a line break inside quotes does not count.
    Raises: `UnreadableText`, `EmptyFile`, `TooWide`.
    """
    text, encoding = decode(data, filename)
    oddities: list[Question] = []
    delimiter = sniff_delimiter(text)
    records = _parse(text, delimiter)
    if records is None:
        oddities.append(_BROKEN_QUOTES)
        records = _parse_unquoted(text, delimiter)
    rows = tuple(_rows(records))
    if not rows:
        raise EmptyFile(filename=filename)
    widest = max(len(row.cells) for row in rows)
    if widest > WIDEST:
        raise TooWide(filename=filename, sheet="CSV", columns=widest, rows=len(rows))
    damaged = [row.line for row in rows if any(DAMAGED in cell for cell in row.cells)]
    if len(damaged) * 2 > len(rows) and len(rows) > 1:
        raise UnreadableText(filename=filename)
    if damaged:
        oddities.append(_damage(damaged))
    kind = Format.TSV if delimiter == "\t" else Format.CSV
    sheet = Sheet(name=None, rows=rows)
    return Reading(format=kind, encoding=encoding, sheets=(sheet,), oddities=tuple(oddities))


def _damage(lines: list[int]) -> Question:
    shown = "、".join(str(line) for line in lines[:10])
    return Question(
        kind="damaged_text",
        columns=(),
        message_zh=f"第{shown}行{'等' if len(lines) > 10 else ''}共{len(lines)}行含有已损坏的文字（�），"  # noqa: PLR2004
        "源文件中这些字已丢失，系统不会猜补。请从业务系统重新导出这些行。",
        message_en=f"{len(lines)} rows (such as line {lines[0]}) hold characters that are damaged "
        "in the source (�); they are lost and will not be guessed. Export these rows again.",
        blocking=False,
    )


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, >= 2."""
    lines = [line for line in text[: 1 << 18].splitlines()[: SAMPLE_LINES * 2] if line.strip()]
    sample = lines[:SAMPLE_LINES]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(_width(line, delimiter) for line in sample)
        width, count = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda p: (p[1], p[0]), default=(1, 0)
        )
        # Agreement counts first; a wider cut breaks ties.
        score = count / max(len(sample), 1) + min(width, 50) / 1000
        if count and score > best_score:
            best, best_score = delimiter, score
    return best


def _width(line: str, delimiter: str) -> int:
    inside, width = False, 1
    for character in line:
        if character == '"':
            inside = not inside
        elif character == delimiter and not inside:
            width += 1
    return width


def _parse(text: str, delimiter: str) -> list[list[str]] | None:
    """Records, or None when the quotes do not add up."""
    csv.field_size_limit(LONGEST_CELL)
    source = io.StringIO(text.replace("\x00", ""), newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    line = 0
    try:
        for record in reader:
            if reader.line_num - line > MOST_LINES_IN_A_CELL:
                return None
            line = reader.line_num
            records.append(record)
    except csv.Error:
        return None
    return records


def _parse_unquoted(text: str, delimiter: str) -> list[list[str]]:
    """Every line a record; a quote at both ends of a cell is taken off."""
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [[_unquote(cell) for cell in line.split(delimiter)] for line in lines]


def _unquote(cell: str) -> str:
    bare = cell.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        return bare[1:-1].replace('""', '"')
    return cell


def _rows(records: list[list[str]]) -> list[Row]:
    rows = []
    for line, record in enumerate(records, start=1):
        cells = tuple(_clean(cell) for cell in record)
        kinds = "".join(TEXT if cell else BLANK for cell in cells).rstrip(BLANK)
        if kinds:
            rows.append(Row(line, cells[: len(kinds)], kinds))
    return rows


def _clean(cell: str) -> str:
    """A cell of nothing but spaces is blank; ="001" and '001 are how tables force text."""
    bare = cell.strip("\u3000 \t\r\n\ufeff")
    if not bare:
        return ""
    if bare.startswith('="') and bare.endswith('"') and len(bare) > 2:  # noqa: PLR2004
        return bare[2:-1]
    return cell.rstrip("\r\n")
