"""Verification codes 核验码 and report numbers 报告编号."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

# The alphabet of GB 32100: people in these offices know it, and no two letters look alike.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LOOK_ALIKES = str.maketrans("IOSVZ", "105U2")
LENGTH = 16
RANDOM_SYMBOLS = LENGTH - 1  # 31 ** 15 is 74 bits: nobody guesses another's report
NUMBER_TAIL = 6
GROUP = 4
FACTOR = 3  # a primitive root of 31: every place has its own weight, like the USCC's


@dataclass(frozen=True)
class VerificationCode:
    """The code printed on a report: 15 random symbols and a check, written 4-4-4-4.

    The check finds every single wrong symbol and every swap of two neighbours.
    """

    text: str

    @classmethod
    def make(cls, symbols: Sequence[int]) -> Self:
        """A code from 15 random numbers in 0..30."""
        if len(symbols) != RANDOM_SYMBOLS:
            raise ValueError(f"{RANDOM_SYMBOLS} symbols wanted, {len(symbols)} given")
        body = "".join(ALPHABET[symbol] for symbol in symbols)
        return cls(body + _check(body))

    @classmethod
    def parse(cls, raw: str) -> Self | None:
        """The code a person typed, or None when it cannot be one.

        Case, spaces, dashes, full-width letters and look-alikes (I for 1, O for 0, S for 5,
        Z for 2, V for U) are forgiven; a wrong check is not.
        """
        plain = unicodedata.normalize("NFKC", raw).upper().translate(LOOK_ALIKES)
        text = "".join(symbol for symbol in plain if symbol.isalnum())
        if len(text) != LENGTH or not set(text) <= set(ALPHABET):
            return None
        return cls(text) if _check(text[:-1]) == text[-1] else None

    def __str__(self) -> str:
        return "-".join(self.text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def report_number(at: datetime, symbols: Sequence[int]) -> str:
    """The number of a report in the national form: 14 digits of the moment, a random tail.

    Random, not counted: a number tells nobody how many reports were issued.
    """
    if len(symbols) != NUMBER_TAIL:
        raise ValueError(f"{NUMBER_TAIL} symbols wanted, {len(symbols)} given")
    return f"{at:%Y%m%d%H%M%S}" + "".join(ALPHABET[symbol] for symbol in symbols)


def _check(body: str) -> str:
    total = sum(ALPHABET.index(symbol) * FACTOR**place for place, symbol in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]
