"""What was made, counted and hashed as it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field

from chengxin.kernel.canonical import canonical_json, sha256_hex

Progress = Callable[[int], None]
"""Told how many organisations or rows were just written."""


@dataclass
class City:
    """What was made: digest and size of every file, and the counts a test compares."""

    digests: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """One digest over all files."""
        return sha256_hex(canonical_json(self.digests))

    def count(self, name: str, by: int = 1) -> None:
        """Add to a count."""
        self.counts[name] = self.counts.get(name, 0) + by
