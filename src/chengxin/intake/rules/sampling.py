"""Drawing a sample that anyone can draw again: pure."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID


def seed_of(unit: str, item: str, month: str, population_digest: str) -> str:
    """The seed 随机种子: fixed by what is sampled, so that nobody chooses it.

    The digest of the population is in it: it is not known before the month's records are.
    """
    return f"{unit}|{item}|{month}|{population_digest}"


def digest_of(population: Iterable[UUID]) -> str:
    """SHA-256 over the sorted identifiers a sample is drawn from."""
    total = sha256()
    for one in sorted(population):
        total.update(one.bytes)
    return total.hexdigest()


def drawn(population: Sequence[UUID], seed: str, size: int) -> list[UUID]:
    """The first `size` of the population in the order of SHA-256 of seed and identifier."""
    return sorted(population, key=lambda one: sha256(f"{seed}|{one}".encode()).digest())[:size]
