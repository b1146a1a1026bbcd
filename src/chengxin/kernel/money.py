"""Amounts of money: yuan inside, 万元 (ten thousand yuan) only at the edge."""

import re
from decimal import Decimal
from typing import Literal

from chengxin.kernel.text import normalise_text

Unit = Literal["yuan", "wan"]
YUAN_PER_WAN = Decimal(10_000)

_FEN = Decimal("0.01")
_NOISE = Decimal("0.000001")  # what a spreadsheet's binary fraction leaves behind
_FACTORS = {
    "元": Decimal(1),
    "万元": YUAN_PER_WAN,
    "万": YUAN_PER_WAN,
    "亿元": Decimal(100_000_000),
}
_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY|¥)? ?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:E[+-]?\d{1,2})?) ?"
    r"(?P<unit>亿元|万元|万|元)?整?(?:人民币)?",
    re.ASCII,
)
_BRACKETED_UNIT = re.compile(r"\((.*)\)$")


def wan_to_yuan(wan: Decimal) -> Decimal:
    """Convert 万元 to 元, exactly."""
    return wan * YUAN_PER_WAN


def parse_amount(text: str, unit: Unit) -> Decimal | None:
    """Read an amount and return it in yuan 元, or None if it is none.

    `unit` is what the column says: "yuan" or "wan" 万元. A unit written in the cell itself wins
    (`3.5万元`, `52(万元人民币)`). Thousands commas, ¥ and 人民币 are forgiven; another currency, a
    range or words are not. Nothing is rounded but the noise of a spreadsheet's binary fractions.
    """
    compact = _BRACKETED_UNIT.sub(r"\1", normalise_text(text).upper())
    found = _AMOUNT.fullmatch(compact)
    if found is None:
        return None
    number = Decimal(found["number"].replace(",", ""))
    named = found["unit"]
    factor = _FACTORS[named] if named else (YUAN_PER_WAN if unit == "wan" else Decimal(1))
    return _without_noise(number * factor)


def _without_noise(yuan: Decimal) -> Decimal:
    fen = yuan.quantize(_FEN) if abs(yuan) < Decimal(10) ** 20 else yuan
    return fen if abs(fen - yuan) < _NOISE else yuan
