"""Find the row of column names 表头, wherever it stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from chengxin.catalogue.values import Field, Item
from chengxin.intake.errors import NoHeader
from chengxin.intake.values import TEXT, Row, Sheet, Table
from chengxin.kernel.text import normalise_name

LOOKED_AT = 30
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
    """The header row, the columns under it and the rows of data.

    The row among the first thirty with most known names wins; if none has two, the first row
    of short, different texts that is as wide as the rows below it. Names left blank by merged
    cells are taken from the row above. Raises: `NoHeader`.
    """
    rows = sheet.rows[:LOOKED_AT]
    best = max(range(len(rows)), key=lambda at: (_known_share(rows[at], known), -at), default=0)
    if not rows or _known_count(rows[best], known) < FEWEST_KNOWN:
        found = next((at for at in range(len(rows)) if _shaped_like_header(rows, at)), None)
        if found is None:
            raise NoHeader(filename=filename, rows=LOOKED_AT)
        best = found
    last = best
    while last + 1 < len(rows) and _is_second_header(rows[last + 1], rows[best], known):
        last += 1
    names = _names(rows, best, last, known)
    data = sheet.rows[last + 1 :]
    return _table(rows[best].line, names, data)


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


def _table(line: int, names: list[str], data: Sequence[Row]) -> Table:
    """Columns that have a name or any content; the others are only formatting."""
    width = max([len(names), *(len(row.cells) for row in data)], default=0)
    used = [False] * width
    for row in data:
        for at, cell in enumerate(row.cells):
            if cell:
                used[at] = True
    positions = [at for at in range(width) if used[at] or (at < len(names) and names[at])]
    headers = tuple(names[at] if at < len(names) else "" for at in positions)
    return Table(header_row=line, headers=headers, positions=tuple(positions), rows=data)
