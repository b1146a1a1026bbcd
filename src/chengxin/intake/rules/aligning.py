"""Which name belongs to which column, when names and values do not stand over one another.

Both keep their order: a name too many was lost from the values or glued to its neighbour, a
column too many has no name. Of all ways to put them together the one that fits the content best
is proposed; a person decides.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from chengxin.catalogue.values import Item
from chengxin.intake.rules.evidence import Content, by_word
from chengxin.intake.rules.mapping import LEAST, name_likeness

GLUE: Final = re.compile(r"\s*[\t;|]\s*")
UNKNOWN: Final = 0.5  # a name whose content cannot be told: as likely as not
KEPT: Final = 0.02  # a pair is worth a little by itself: names are not left out for nothing
MOST: Final = 400  # names and columns beyond which nobody aligns anything

Fit = Callable[[int, int], float]


def pieces_of(headers: Sequence[str]) -> tuple[str, ...]:
    """The column names with those apart that are glued together in one cell."""
    return tuple(piece for header in headers for piece in GLUE.split(header) if piece)


def is_glued(header: str) -> bool:
    """Whether a cell of the header holds several names."""
    return len([piece for piece in GLUE.split(header) if piece]) > 1


def fit_of(items: Mapping[str, Item], names: Sequence[str], contents: Sequence[Content]) -> Fit:
    """How well the values of a column suit a name (0..1), by what any item says of the name."""
    meant = [_meant(items, name) for name in names]

    @cache
    def fit(name: int, column: int) -> float:
        content = contents[column]
        if content.blank:
            return UNKNOWN
        shares = [
            share
            for code, field in meant[name]
            if (share := content.fits(items[code].field(field))) is not None
        ]
        if not shares:
            share = by_word(names[name], content)
            return UNKNOWN if share is None else share
        return max(shares)

    return fit


def _meant(items: Mapping[str, Item], name: str) -> tuple[tuple[str, str], ...]:
    """The fields a name may mean, the likeliest of each kind once."""
    found: dict[tuple[str, str], tuple[float, str, str]] = {}
    for code, item in items.items():
        for field in item.fields:
            likeness = name_likeness(field, name)
            if likeness >= LEAST:
                key = (field.type.value, field.name)
                found[key] = max(found.get(key, (0.0, "", "")), (likeness, code, field.name))
    return tuple((code, field) for _, code, field in found.values())


def aligned(names: int, columns: int, fit: Fit) -> tuple[int | None, ...]:
    """For each column the name that belongs to it, in order, so that all of it fits best.

    Raises: `ValueError` beyond `MOST` names or columns.
    """
    if max(names, columns) > MOST:
        raise ValueError((names, columns))
    best = [[0.0] * (columns + 1) for _ in range(names + 1)]
    for name in range(names - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            pair = best[name + 1][column + 1] + _worth(fit, name, column)
            best[name][column] = max(pair, best[name + 1][column], best[name][column + 1])
    found: list[int | None] = [None] * columns
    name = column = 0
    while name < names and column < columns:
        pair = best[name + 1][column + 1] + _worth(fit, name, column)
        if pair >= max(best[name + 1][column], best[name][column + 1]):
            found[column] = name
            name, column = name + 1, column + 1
        elif best[name + 1][column] >= best[name][column + 1]:
            name += 1
        else:
            column += 1
    return tuple(found)


def worth(pairs: Sequence[int | None], fit: Fit) -> float:
    """How well names and columns suit each other, put together this way."""
    return sum(_worth(fit, name, column) for column, name in enumerate(pairs) if name is not None)


def _worth(fit: Fit, name: int, column: int) -> float:
    """Contradiction weighs more than agreement: a wrong name is worse than none."""
    over = fit(name, column) - UNKNOWN
    return (over if over >= 0 else 2 * over) + KEPT
