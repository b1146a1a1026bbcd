"""Find the row of column names 表头, wherever it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from chengxin.catalogue.values import Field, Item
from chengxin.intake.errors import NoHeader
from chengxin.intake.values import TEXT, Header, Row, Sheet, Table
from chengxin.kernel.text import normalise_name

LOOKED_AT = 30
WINDOW = 1_000
FURTHEST = 100_000
LONGEST_HEADER = 40
FEWEST_COLUMNS = 2
FEWEST_KNOWN = 2
_DECORATION = re.compile(r"[*＊★#:：。!！?？\s]|\((?:必填|选填|非必填|必选|可选|必填项|选填项)\)")
_VALUE = re.compile(r"[\d.,:/\-年月日%]+|[0-9A-Z]{15,20}")


@lru_cache(maxsize=20_000)
def header_key(header: str) -> str:
    """A column name for comparing: brackets, dashes, case, stars and 必填 do not matter."""
    text = normalise_name(header[: 4 * LONGEST_HEADER]).replace("_", "-")
    return _DECORATION.sub("", text)


def known_headers(items: Iterable[Item]) -> frozenset[str]:
    """Keys of every header any item knows."""
    fields: Iterable[Field] = (field for item in items for field in item.fields)
    return frozenset(header_key(header) for field in fields for header in field.headers)


def find_table(sheet: Sheet, known: frozenset[str], filename: str) -> Table:
    """The header row, the columns under it and the rows of data. Raises: `NoHeader`."""
    header = find_header(sheet.rows, known, filename)
    data = [row for row in sheet.rows if row.line > header.last]
    width = max([len(header.names), *(len(row.cells) for row in data)], default=0)
    filled = [0] * width
    for row in data:
        for at, cell in enumerate(row.cells):
            filled[at] += bool(cell)
    positions = used_columns(header, filled)
    return Table(header.line, headers_of(header, positions), positions, data)


def find_header(rows: Iterable[Row], known: frozenset[str], filename: str) -> Header:
    """The row of column names among the rows of a sheet.

    The row among the first thirty with most known names wins, then the first such row further
    down; if no row has two, the first of short, different texts that is as wide as the rows
    below it. Names left blank by merged cells are taken from the row above. Raises: `NoHeader`.
    """
    left = iter(rows)
    window = list(islice(left, WINDOW))
    best = _best_known(window[:LOOKED_AT], known)
    if best is None:
        best = _best_known(window, known)
    if best is None:
        window, best = _further_down(window, left, known)
    if best is None:
        best = next((at for at in range(len(window)) if _shaped_like_header(window, at)), None)
    if best is None:
        raise NoHeader(filename=filename, rows=len(window))
    last = best
    while last + 1 < len(window) and _is_second_header(window[last + 1], window[best], known):
        last += 1
    names = _names(window, best, last, known)
    return Header(window[best].line, window[last].line, tuple(names))


def _best_known(rows: Sequence[Row], known: frozenset[str]) -> int | None:
    best = max(range(len(rows)), key=lambda at: (_known_share(rows[at], known), -at), default=None)
    return best if best is not None and _known_count(rows[best], known) >= FEWEST_KNOWN else None


def _further_down(
    window: list[Row], left: Iterator[Row], known: frozenset[str]
) -> tuple[list[Row], int | None]:
    """A header below the window: the row before it, itself, and the rows after it."""
    before = window[-1:]
    for row in islice(left, FURTHEST):
        # Compared as they stand: cleaning every cell of a long file would take minutes.
        if len(known.intersection(row.cells)) >= FEWEST_KNOWN:
            return [*before, row, *islice(left, LOOKED_AT)], len(before)
        before = [row]
    return window, None


def used_columns(header: Header, filled: Sequence[int]) -> tuple[int, ...]:
    """Columns that have a name or any content; the others are only formatting."""
    width = max(len(header.names), len(filled))
    return tuple(
        at
        for at in range(width)
        if (at < len(filled) and filled[at]) or (at < len(header.names) and header.names[at])
    )


def headers_of(header: Header, positions: Iterable[int]) -> tuple[str, ...]:
    """The names of some columns, "" for those without."""
    return tuple(header.names[at] if at < len(header.names) else "" for at in positions)


def extent_of(header: Header, below: Iterable[Row]) -> int:
    """How many columns a text table has: those named, and more if most of its rows have more.

    A single row with more cells than the others was cut in the wrong place.
    """
    widths = [len(row.cells) for row in below]
    named = len(header.names)
    wider = [width for width in widths if width > named]
    return max(wider) if len(wider) * 2 > len(widths) else named


def _known_count(row: Row, known: frozenset[str]) -> int:
    return len({header_key(cell) for cell in row.cells if cell} & known)


def _known_share(row: Row, known: frozenset[str]) -> float:
    """Known names, less for a row that is mostly something else (a note that lists names)."""
    filled = sum(bool(cell) for cell in row.cells)
    count = _known_count(row, known)
    return count * (1 if count * 3 >= filled else count / max(filled, 1))


def _shaped_like_header(rows: Sequence[Row], at: int) -> bool:
    """Short texts, none twice, none a value, about as many as the rows below have cells."""
    row = rows[at]
    filled = [cell for cell in row.cells if cell]
    if len(filled) < FEWEST_COLUMNS or len({header_key(c) for c in filled}) < len(filled):
        return False
    if any(kind not in {TEXT, " "} for kind in row.kinds):
        return False
    if any(len(c) > LONGEST_HEADER or _VALUE.fullmatch(normalise_name(c)) for c in filled):
        return False
    below = [sum(bool(cell) for cell in other.cells) for other in rows[at + 1 : at + 6]]
    return bool(below) and max(below) >= FEWEST_COLUMNS and len(filled) * 2 >= max(below)


def _is_second_header(row: Row, header: Row, known: frozenset[str]) -> bool:
    """A row of codes (CF_WSH …) or of sub-names under merged names."""
    filled = [cell for cell in row.cells if cell]
    names = _known_count(row, known)
    return (
        names >= FEWEST_KNOWN
        and names * 2 > len(filled)
        and len(filled) * 3 >= sum(bool(cell) for cell in header.cells)
    )


def _names(rows: Sequence[Row], first: int, last: int, known: frozenset[str]) -> list[str]:
    """One name per column: the lowest known one, else the lowest filled one.

    The row above the header lends its names to blank cells, unless it is a title.
    """
    above = [rows[first - 1]] if first and _lends(rows[first - 1]) else []
    layers: Mapping[int, Row] = dict(enumerate([*above, *rows[first : last + 1]]))
    width = max(len(row.cells) for row in layers.values())
    names = []
    for column in range(width):
        filled = [row.cells[column] for row in layers.values() if column < len(row.cells)]
        filled = [cell.strip() for cell in filled if cell]
        of_known = [cell for cell in filled if header_key(cell) in known]
        names.append((of_known or filled or [""])[-1])
    return names


def _lends(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return len(filled) > 1 and all(len(cell) <= LONGEST_HEADER for cell in filled)
