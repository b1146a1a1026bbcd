"""Identifiers that sort by time, and identifiers of the parts of a thing.

Random identifiers scatter over an index and make a large load write every page of it; these
grow at its end. Layout of RFC 9562, version 7.
"""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

PARTS: Final = 1 << 32
"""How many parts a thing can have: a line number of any file fits."""

_RANDOM_BITS = 74
_VERSION, _VARIANT = 7, 0b10


def time_ordered(at: datetime) -> UUID:
    """A new identifier for something that came to be at `at` (aware)."""
    random = secrets.randbits(_RANDOM_BITS)
    high, low = random >> 62, random & ((1 << 62) - 1)
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    return UUID(
        int=milliseconds << 80 | _VERSION << 76 | high << 64 | _VARIANT << 62 | low,
    )


def part_of(whole: UUID, number: int) -> UUID:
    """The identifier of part `number` of a thing, the same whenever it is asked for.

    Parts sort by their number, between `part_of(whole, 0)` and `part_of(whole, PARTS - 1)`.
    Raises: `ValueError` for a number below 0 or from `PARTS` on.
    """
    if not 0 <= number < PARTS:
        raise ValueError(number)
    return UUID(int=whole.int >> 32 << 32 | number)
