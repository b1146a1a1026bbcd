"""DuckDB expressions over amounts of money: read as sent, kept in yuan 元."""

from typing import Final

from chengxin.catalogue.services.texts import folded, literal, matches, without_blanks
from chengxin.engine.values import Plain

YUAN_PER_WAN: Final = 10_000
_PREFIX: Final = r"(?:人民币|RMB|CNY)?"
_NUMBER: Final = r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d+)?(?:E[+-]?\d{1,2})?)"
_UNIT: Final = r"(亿元|万元|万|元)?"
_AMOUNT: Final = rf"^{_PREFIX}{_NUMBER}{_UNIT}整?(?:人民币)?$"
_YUAN: Final = r"-?\d+\.\d{2,}"
_LARGEST: Final = 10**15


def closed_up(sql: str) -> str:
    """Trimmed text without blanks, brackets round a unit, and the sign of the currency."""
    bare = f"regexp_replace({without_blanks(folded(sql))}, '\\((.*)\\)$', '\\1')"
    return f"upper(replace(replace({bare}, '￥', ''), '¥', ''))"


def number_in(sql: str) -> str:
    """The digits of a closed-up amount, without thousands commas; NULL if it is no amount."""
    number = f"replace(regexp_extract({sql}, {literal(_AMOUNT)}, 1), ',', '')"
    return f"CASE WHEN {matches(sql, _AMOUNT)} THEN {number} END"


def unit_in(sql: str) -> str:
    """The unit written in a closed-up amount, or ''."""
    return f"regexp_extract({sql}, {literal(_AMOUNT)}, 2)"


def value_of(number: str, unit: str, source_unit: str | None) -> str:
    """The amount in yuan, a DECIMAL; a unit in the cell wins over the column's."""
    implied = YUAN_PER_WAN if source_unit == "万元" else 1
    factor = (
        f"CASE {unit} WHEN '亿元' THEN 100000000 WHEN '万元' THEN {YUAN_PER_WAN} "
        f"WHEN '万' THEN {YUAN_PER_WAN} WHEN '元' THEN 1 ELSE {implied} END"
    )
    exact = f"try_cast({number} AS DECIMAL(27,10)) * CAST({factor} AS DECIMAL(10,0))"
    return f"CASE WHEN abs(try_cast({number} AS DOUBLE)) < {_LARGEST} THEN {exact} END"


def yuan(value: str, sql: str) -> str:
    """The amount as decimal text (`35000.00`); what is no amount stays as it came.

    The noise of binary fractions (0.30000000000000004) is rounded off, nothing else is.
    """
    shown = (
        f"CASE WHEN abs({value} - round({value}, 2)) < 0.000001 "
        f"THEN CAST(CAST(round({value}, 2) AS DECIMAL(36,2)) AS VARCHAR) "
        f"ELSE rtrim(CAST({value} AS VARCHAR), '0') END"
    )
    return f"CASE WHEN {value} IS NULL THEN {sql} ELSE {shown} END"


def plain(text: str, name: str, source_unit: str | None) -> Plain:
    """An amount of few digits in the unit of its column, to the fen 分 and no further."""
    places, factor = (6, YUAN_PER_WAN) if source_unit == "万元" else (2, 1)
    value = f"try_cast({text} AS DECIMAL(24,6)) * CAST({factor} AS DECIMAL(6,0))"
    return Plain(
        matches(text, rf"[0-9]{{1,9}}(?:\.[0-9]{{1,{places}}})?"),
        {name: f"CAST(CAST({value} AS DECIMAL(36,2)) AS VARCHAR)"},
    )


def is_yuan(sql: str) -> str:
    """Whether the normalised text is an amount in yuan."""
    return matches(sql, _YUAN)


def integer(sql: str) -> str:
    """Trimmed text as a whole number: no thousands commas, no `.0` of a spreadsheet."""
    text = f"replace({without_blanks(folded(sql))}, ',', '')"
    return (
        f"CASE WHEN {matches(text, r'[+-]?[0-9]+(?:[.]0+)?')} "
        f"THEN regexp_replace({text}, '[.]0+$', '') ELSE {sql} END"
    )
