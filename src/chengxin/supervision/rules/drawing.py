"""The draw itself 抽签: from a plan, a secret committed to before, and chance known after.

Version 1, fixed for good (a change is a new version, the old one stays verifiable):

    plan digest  = SHA-256(canonical JSON of the plan)
    commitment   = SHA-256("chengxin draw 1 commit" 0x00 seed digest)          seed: 32 bytes
    key          = SHA-256("chengxin draw 1 key" 0x00 seed digest 0x00 chance)  chance: UTF-8
    ticket(x…)   = HMAC-SHA256(key, canonical JSON of [x…])

Of each tier the `ceil(n × rate / 100)` organisations with the lowest tickets are drawn. For each
visit the inspectors with the lowest tickets of [“inspector”, organisation, number] go, without
those who must stay away. Nobody can steer it: the seed is fixed before chance is known, and chance
after the seed is fixed.
"""

import hashlib
import hmac
import re
import unicodedata
from collections import defaultdict
from typing import Final

from chengxin.kernel.canonical import canonical_json
from chengxin.supervision.values import Plan, Visit

VERSION: Final = 1
SEED_BYTES: Final = 32
LEAST_CHANCE: Final = 4  # digits or letters: what a small lottery draws
_NEITHER = re.compile(r"[^0-9A-Z]+")


def digest_of(plan: Plan) -> bytes:
    """The digest that stands for every word of the plan."""
    return hashlib.sha256(canonical_json(plan.as_json())).digest()


def commitment_of(plan: Plan, seed: bytes) -> str:
    """What is published before: it binds plan and seed, and tells nothing of the seed."""
    parts = b"chengxin draw 1 commit\0" + seed + digest_of(plan)
    return hashlib.sha256(parts).hexdigest()


def plain_chance(text: str) -> str:
    """Chance as everybody would copy it: digits and capital letters, one space between groups."""
    return _NEITHER.sub(" ", unicodedata.normalize("NFKC", text).upper()).strip()


def quota(count: int, rate: int) -> int:
    """How many of `count` are drawn at `rate` percent: rounded up, so a tier is never skipped."""
    return min(count, -(-count * rate // 100))


def drawn(plan: Plan, seed: bytes, chance: str) -> tuple[Visit, ...]:
    """The visits, in the order of their tickets; the same for everybody who computes them."""
    material = b"chengxin draw 1 key\0" + seed + digest_of(plan) + b"\0" + chance.encode()
    key = hashlib.sha256(material).digest()
    tiers: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for one in plan.candidates:
        tiers[one.tier].append((_ticket(key, "organisation", one.public_id), one.public_id))
    chosen = sorted(
        (ticket, public_id, tier)
        for tier, tickets in tiers.items()
        for ticket, public_id in sorted(tickets)[: quota(len(tickets), plan.rates[tier])]
    )
    return tuple(
        Visit(at, public_id, tier, _team(plan, key, public_id))
        for at, (_, public_id, tier) in enumerate(chosen, start=1)
    )


def _team(plan: Plan, key: bytes, public_id: str) -> tuple[str, ...]:
    away = plan.avoid.get(public_id, ())
    free = [one for one in plan.inspectors if one not in away]
    return tuple(
        sorted(free, key=lambda one: _ticket(key, "inspector", public_id, one))[: plan.team]
    )


def _ticket(key: bytes, *names: str) -> bytes:
    return hmac.new(key, canonical_json(list(names)), hashlib.sha256).digest()
