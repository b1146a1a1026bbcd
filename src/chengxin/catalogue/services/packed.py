"""Check characters of many numbers at once: eight characters packed into one integer.

A code of 18 characters asked character by character costs DuckDB a microsecond; eight bytes in
one UBIGINT, worked on side by side, cost a third of that. Callers make sure of the alphabet
first: outside it the sums mean nothing, and inside it no byte ever runs into its neighbour.
"""

from collections.abc import Sequence
from typing import Final

LANES: Final = 8
_EVEN_BYTES: Final = 0x00FF00FF00FF00FF
_EVEN_PAIRS: Final = 0x0000FFFF0000FFFF


def packed(sql: str, start: int) -> str:
    """Eight ASCII characters from place `start` (from 1) as one integer, the first on top."""
    return f"CAST(CAST(encode({sql}[{start}:{start + LANES - 1}]) AS BIT) AS UBIGINT)"


def _each(byte: int) -> str:
    return f"{byte * 0x0101010101010101}::UBIGINT"


def _beyond(word: str, letter: str) -> str:
    """One in every byte that comes after `letter`."""
    return f"((({word} + {_each(0x7F - ord(letter))}) >> 7) & {_each(1)})"


def values_of(word: str, skipped: str = "") -> str:
    """Value of every byte: digits 0 to 9, letters from 10 on without the `skipped` ones."""
    letters = f"7 * (({word} >> 6) & {_each(1)})"
    gaps = "".join(f" - {_beyond(word, letter)}" for letter in skipped)
    return f"({word} - {_each(0x30)} - {letters}{gaps})"


def powers_of_three(values: str, name: str) -> tuple[dict[str, str], dict[str, str], str]:
    """The sum of eight values times 3⁰, 3¹ … 3⁷: two steps of columns, then the sum."""
    pairs, fours = f'"{name}b"', f'"{name}d"'
    return (
        {f"{name}b": f"(({values} >> 8) & {_EVEN_BYTES}) + 3 * ({values} & {_EVEN_BYTES})"},
        {f"{name}d": f"(({pairs} >> 16) & {_EVEN_PAIRS}) + 9 * ({pairs} & {_EVEN_PAIRS})"},
        f"(({fours} >> 32) + 81 * ({fours} & {0xFFFFFFFF}))",
    )


def byte(word: str, place: int) -> str:
    """The byte at a place of a packed integer, from 0 on top."""
    shift = 8 * (LANES - 1 - place)
    return f"(({word} >> {shift}) & 255)" if shift else f"({word} & 255)"


def weighted(values: str, weights: Sequence[int], first: int = 0) -> str:
    """The sum of values from place `first` on, times their weights."""
    terms = (f"{byte(values, first + n)} * {weight}" for n, weight in enumerate(weights))
    return "(" + " + ".join(terms) + ")"
