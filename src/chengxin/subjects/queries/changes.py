"""What has changed about who is known, since somebody last looked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import connection

LATER: Final = 1_000
"""Entries told one by one: a transaction may commit while later ones have been seen."""

_SETTLED: Final = """
SELECT count(*), coalesce(bit_xor(hashtextextended(token::text, 0)), 0)
FROM subjects_change WHERE id <= %s
"""


@dataclass(frozen=True)
class Seen:
    """Which entries of `Change` somebody has seen: all up to `through`, and those in `later`.

    `count` and `mark` tell those up to `through` from any other ones; `later`: id → token.
    """

    through: int = 0
    count: int = 0
    mark: int = 0
    later: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class News:
    """What is seen now, and `whom` that concerns which was not seen before; None: anybody."""

    seen: Seen
    whom: frozenset[UUID] | None


def since(before: Seen) -> News | None:
    """What has changed since; None if `before` is not of this database as it is now.

    In the caller's transaction, so its own changes are seen; taken back, they are not of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, [before.through])
        if cursor.fetchone() != (before.count, before.mark):
            return None
        cursor.execute(
            "SELECT id, token::text FROM subjects_change WHERE id > %s ORDER BY id",
            [before.through],
        )
        later: dict[int, str] = dict(cursor.fetchall())
        if not before.later.items() <= later.items():
            return None
        fresh = sorted(later.keys() - before.later.keys())
        cursor.execute("SELECT subjects FROM subjects_change WHERE id = ANY(%s)", [fresh])
        whom: set[UUID] = set()
        anybody = False
        for (subjects,) in cursor.fetchall():
            anybody = anybody or subjects is None
            whom.update(subjects or ())
    seen = Seen(before.through, before.count, before.mark, later)
    return News(_settled(seen), None if anybody else frozenset(whom))


def _settled(seen: Seen) -> Seen:
    """The same, with no more told one by one than need be."""
    if len(seen.later) <= 2 * LATER:
        return seen
    ids = sorted(seen.later)
    through = ids[-LATER]
    moved = {one for one in ids if one <= through}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, [through])
        count, mark = cursor.fetchone()
    if count != seen.count + len(moved):  # one has come between meanwhile; the next time then
        return seen
    later = {one: token for one, token in seen.later.items() if one > through}
    return Seen(through, count, mark, later)
