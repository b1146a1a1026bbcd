"""Draws are even, repeatable and quick: ten thousand of them, and one over a city.

    .venv/bin/python bench/prove_draws.py [--rounds 10000] [--organisations 60000]

Evenness is chi-square over who is drawn first, and over the inspectors; its p must exceed 0.01.
Every draw is proven, then forged in one place and found.
"""

import argparse
import json
import secrets
import time
from collections import Counter
from datetime import date
from statistics import median

from chengxin.supervision.rules.drawing import commitment_of, drawn
from chengxin.supervision.rules.proving import examine, proof
from chengxin.supervision.values import Candidate, Plan

LISTED, TEAM = 20, ("A1", "B2", "C3", "D4", "E5")
# The points of chi-square a fair draw passes 99 times of 100, by degrees of freedom.
LIMITS = {19: 36.19, 4: 13.28}


def main() -> None:
    """Draw, prove, forge, count; exit with a sentence when something is not as it must be."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=10_000)
    ask.add_argument("--organisations", type=int, default=60_000)
    asked = ask.parse_args()
    even(asked.rounds)
    city(asked.organisations)


def a_plan(candidates: tuple[Candidate, ...], rate: int) -> Plan:
    """A plan over these, all of one tier."""
    return Plan(
        number="20261120-proof0", unit="lyg-scjg", matter="检查", basis=("",), population="",
        candidates=candidates, rates={"standard": rate}, inspectors=TEAM, team=2, avoid={},
        source="", source_on=date(2026, 11, 24), edition="",
    )  # fmt: skip


def even(rounds: int) -> None:
    """Nobody is drawn, or sent, more often than chance would have it."""
    plan = a_plan(tuple(Candidate(f"s{at:05d}", "standard") for at in range(LISTED)), 5)
    first: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    for at in range(rounds):
        (visit,) = drawn(plan, secrets.token_bytes(32), str(at))
        first[visit.public_id] += 1
        sent.update(visit.inspectors)
    tell("organisations drawn", first, [one.public_id for one in plan.candidates])
    # Two of five go each time: the variance of a count is (2/5)(3/5), not 2/5, hence the factor.
    tell("inspectors sent", sent, TEAM, factor=(len(TEAM) - 1) / (len(TEAM) - 2))


def tell(
    what: str, hits: Counter[str], names: list[str] | tuple[str, ...], factor: float = 1
) -> None:
    """Chi-square of the counts beside what a fair draw stays under."""
    expected = sum(hits.values()) / len(names)
    chi = factor * sum((hits[one] - expected) ** 2 / expected for one in names)
    limit = LIMITS[len(names) - 1]
    print(f"{what}: {sum(hits.values()):,}, chi-square {chi:.1f}, fair stays under {limit}")
    if chi > limit:
        raise SystemExit("not even; a fair draw fails so once in a hundred runs, so run it again")


def city(organisations: int) -> None:
    """One draw over a city, proven, and a proof forged in every part found."""
    plan = a_plan(tuple(Candidate(f"s{at:06d}", "standard") for at in range(organisations)), 5)
    seed, chance = secrets.token_bytes(32), "03 11 14 21 28 30 05"
    times = []
    for _ in range(5):
        start = time.process_time()
        visits = drawn(plan, seed, chance)
        times.append(time.process_time() - start)
    told = json.loads(json.dumps(proof(
        plan, seed=seed, chance=chance, visits=visits, commitment=commitment_of(plan, seed)
    )))  # fmt: skip
    start = time.process_time()
    if not all(one.passed for one in examine(told)):
        raise SystemExit("a true proof was refused")
    took = time.process_time() - start
    print(f"{len(visits):,} of {organisations:,} drawn in {median(times):.2f} s CPU")
    print(f"proven in {took:.2f} s CPU")
    forged = [
        told | {"seed": "00" * 32},
        told | {"chance": "03 11 14 21 28 30 06"},
        told | {"visits": told["visits"][1:]},
        told | {"plan": told["plan"] | {"candidates": told["plan"]["candidates"][1:]}},
        told | {"plan": told["plan"] | {"rates": {"standard": 6}}},
    ]
    found = sum(not all(one.passed for one in examine(one)) for one in forged)
    print(f"forged proofs found: {found} of {len(forged)}")
    if found != len(forged):
        raise SystemExit("a forged proof passed")


if __name__ == "__main__":
    main()
