"""Which cells are in order as they stand 合规原样: cheap to ask, and never wrongly granted.

What is not plain is judged by the whole program, so a plain test may refuse a good cell (that
costs time) and must never grant one in which a rule would find something. Tests compare the two
on fuzzed cells.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from chengxin.catalogue.services import amounts, codes, numbers
from chengxin.catalogue.services.dates import EARLIEST_YEAR
from chengxin.catalogue.services.texts import (
    SUSPECT,
    SUSPECT_WIDE,
    column,
    listed,
    literal,
    matches,
    raw,
)
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.values import DAY, Plain
from chengxin.policy.values.rulebook import Rulebook

# Seventeen digits that a blank or a dash may part: what a resident's number may hide in.
_LONG_NUMBER: Final = (
    r"(?:[0-9\x{FF10}-\x{FF19}][ \t\x{3000}\x{00A0}\x{FF0D}-]*){16}[0-9\x{FF10}-\x{FF19}]"
)
_AS_FLOAT: Final = r"^[0-9]{4,}\.0$"
ENTRIES: Final = 64
"""Longer code lists are left to the program: a CASE over them is no shortcut."""


def plains_of(fields: Sequence[Field], book: Rulebook) -> dict[str, Plain]:
    """Field → when its cells are plain; a field that is not named has no cheap test."""
    found = {field.name: _plain(field, book) for field in fields if not field.ignored}
    return {name: plain for name, plain in found.items() if plain is not None}


def _plain(field: Field, book: Rulebook) -> Plain | None:  # noqa: PLR0911  one way per type
    text = raw(field.name)
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return _text(field)
        case FieldType.DATE:
            day = f"try_cast({text} AS DATE)"
            known = column(f"{field.name}__p1")
            same = f"CAST({known} AS VARCHAR) = {text}"
            return Plain(
                f"strlen({text}) = 10 AND {text} >= '{EARLIEST_YEAR}-01-01' AND {same}",
                {field.name + DAY: known},
                ({f"{field.name}__p1": day},),
            )
        case FieldType.AMOUNT:
            return amounts.plain(text, field.name, field.source_unit)
        case FieldType.INTEGER:
            return Plain(matches(text, "[0-9]{1,18}"))
        case FieldType.CODE:
            codelist = book.codelist(field.codelist or "")
            if len(codelist.entries) > ENTRIES:
                return None
            table = codes.labels(codelist)
            return Plain(f"{text} IN ({listed(tuple(table))})", {field.name: _coded(text, table)})
        case FieldType.CODES:
            return None
        case _:
            return numbers.plain(field)


def _coded(text: str, table: Mapping[str, str]) -> str:
    """A constant list is looked up in one call, a CASE makes one comparison per entry."""
    labels = ", ".join(literal(label) for label in table)
    found = ", ".join(literal(code) for code in table.values())
    return f"[{found}][list_position([{labels}], {text})]"


def _text(field: Field) -> Plain:
    text = raw(field.name)
    shapes = [SUSPECT]
    if field.type is FieldType.TEXT:
        shapes += [SUSPECT_WIDE, _AS_FLOAT]
    if field.public and not field.personal:
        shapes.append(_LONG_NUMBER)
    calm = f"NOT regexp_matches({text}, {literal('|'.join(shapes))})"
    if field.max_length is None:
        return Plain(f"{text} <> '' AND {calm}")
    return Plain(f"length({text}) BETWEEN 1 AND {field.max_length} AND {calm}")
