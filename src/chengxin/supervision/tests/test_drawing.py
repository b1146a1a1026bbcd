"""The draw follows from plan, secret and chance alone, and from nothing else."""

import json
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chengxin.supervision.rules.drawing import commitment_of, drawn, plain_chance, quota
from chengxin.supervision.rules.proving import examine, proof
from chengxin.supervision.tests.samples import CHANCE, SEED, a_plan, listed
from chengxin.supervision.values import Candidate, Plan


def told(plan, seed=SEED, chance=CHANCE):
    visits = drawn(plan, seed, chance)
    commitment = commitment_of(plan, seed)
    document = proof(plan, seed=seed, chance=chance, visits=visits, commitment=commitment)
    return json.loads(json.dumps(document))


def failed(document, **wishes):
    return [one.name for one in examine(document, **wishes) if not one.passed]


def test_a_draw_is_the_same_in_ten_years():
    plan = a_plan(candidates=listed(standard=40), rates={"standard": 5})
    assert commitment_of(plan, SEED) == (
        "6189e86a92b7a50b66627e83ecf80f6c8eb6dcc8ac58731fbecc7c1c04ad8696"
    )
    assert [(one.public_id, one.inspectors) for one in drawn(plan, SEED, CHANCE)] == [
        ("st00020", ("A03", "A02")),
        ("st00033", ("A02", "A03")),
    ]


def test_each_tier_gives_its_share_rounded_up():
    visits = drawn(a_plan(), SEED, CHANCE)
    assert Counter(one.tier for one in visits) == {"standard": 10, "key": 7}
    assert [quota(1, 1), quota(0, 5), quota(101, 1), quota(7, 100)] == [1, 0, 2, 7]


def test_who_must_stay_away_does():
    plan = a_plan(avoid={one.public_id: ("A01", "A02") for one in a_plan().candidates})
    assert {one.inspectors for one in drawn(plan, SEED, CHANCE)} <= {("A03", "A04"), ("A04", "A03")}


def test_nobody_is_drawn_more_often_than_another():
    plan = a_plan(candidates=listed(standard=20), rates={"standard": 5})
    rounds = 600
    hits = Counter(drawn(plan, SEED, str(at))[0].public_id for at in range(rounds))
    expected = rounds / 20
    chi = sum((hits[one.public_id] - expected) ** 2 / expected for one in plan.candidates)
    assert chi < 36.2  # the 99 % point of chi-square with 19 degrees of freedom


def test_inspectors_are_drawn_evenly_too():
    plan = a_plan(candidates=listed(key=400), rates={"key": 100})
    teams = Counter(one.inspectors for one in drawn(plan, SEED, CHANCE))
    each = Counter(who for team, n in teams.items() for who in (team * n))
    assert max(each.values()) - min(each.values()) < 70


def test_chance_is_what_everybody_would_copy():
    assert plain_chance(" ０３，11、14 - 21＋a5 ") == "03 11 14 21 A5"


def test_a_true_proof_passes_and_says_why():
    document = told(a_plan())
    assert failed(document, commitment=document["commitment"].upper()) == []
    assert all(one.zh and one.en for one in examine(document))
    assert Plan.from_json(document["plan"]) == a_plan()


def test_whoever_changes_anything_is_found():
    plan = a_plan()
    true = told(plan)
    other_list = replace(plan, candidates=(*plan.candidates[1:], Candidate("zz99999", "standard")))
    forged = told(other_list) | {"commitment": true["commitment"]}
    assert failed(forged) == ["commitment"]
    assert failed(told(other_list), commitment=true["commitment"]) == ["published"]
    assert failed(true | {"visits": true["visits"][1:]}) == ["draw"]
    assert failed(true | {"chance": "03 11 14 21 28 30 06"}) == ["draw"]
    assert "commitment" in failed(true | {"seed": "00" * 32})


@given(st.binary(min_size=32, max_size=32), st.text("0123456789", min_size=4, max_size=9))
def test_any_seed_and_any_chance_give_a_proof_that_passes(seed, chance):
    assert failed(told(a_plan(candidates=listed(standard=30, key=2)), seed, chance)) == []
