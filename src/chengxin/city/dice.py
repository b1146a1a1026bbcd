"""Chance that is the same on every machine and in every version of Python.

`random` promises the same numbers only for `random()`; `choice` and `shuffle` have changed
before. The city must be the same to the byte for years, so it throws its own dice: SplitMix64
over a state that is the digest of a name such as `1/organisation/17`. Any entity can be made
again from its name alone, so nothing has to be kept in memory.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
_RANGE = 1 << 64


class Dice:
    """A stream of chance named by `parts`; the same parts give the same stream."""

    __slots__ = ("_state",)

    def __init__(self, *parts: object) -> None:
        name = "/".join(str(part) for part in parts)
        self._state = int.from_bytes(blake2b(name.encode(), digest_size=8).digest())

    def _next(self) -> int:
        self._state = state = (self._state + _STEP) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return state ^ (state >> 31)

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return (self._next() * limit) >> 64

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def happens(self, percent: float) -> bool:
        """Whether something that happens in `percent` of cases happens now."""
        return self._next() < int(percent * _RANGE / 100)

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely."""
        return choices[self.below(len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of `choices` by whole-number weight."""
        left = self.below(sum(weight for _, weight in choices))
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        raise AssertionError(choices)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """`items` in another order."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
