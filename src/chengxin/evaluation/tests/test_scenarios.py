"""The rulebook's scenarios about evaluations, word for word; every factor is told by one."""

from datetime import date

import pytest

from chengxin.evaluation.rules import judge
from chengxin.evaluation.tests.samples import BOOK
from chengxin.evaluation.values import Business, Fact

TOLD = [one for one in BOOK.scenarios if one.when["verb"] == "evaluation.judge"]


def fact_of(number, written):
    rest = dict(written)
    decided_on = date.fromisoformat(rest.pop("decided_on"))
    since = date.fromisoformat(rest.pop("since", decided_on.isoformat()))
    until = rest.pop("until", None)
    until = date.fromisoformat(until) if until else None
    item, unit = rest.pop("item"), rest.pop("unit")
    return Fact(f"r{number}", item, unit, decided_on, since, until, rest)


def asked(scenario):
    model = BOOK.models[scenario.given["model"]]
    business = Business("s", **scenario.given["business"])
    facts = [fact_of(number, one) for number, one in enumerate(scenario.given["records"])]
    return judge(model, business, facts, date.fromisoformat(scenario.when["day"]))


@pytest.mark.parametrize("scenario", TOLD, ids=lambda one: one.code)
def test_the_grade_is_as_the_scenario_says(scenario):
    found = asked(scenario)

    said = {"grade": "", "points": None, "factors": []}
    if found is not None:
        factors = [one.factor for one in found.branches]
        said = {"grade": found.grade, "points": found.points, "factors": factors}
    assert {name: said[name] for name in scenario.then} == dict(scenario.then)


def test_every_factor_of_every_model_is_told():
    told = {
        (one.given["model"], branch.factor)
        for one in TOLD
        if (found := asked(one)) is not None
        for branch in found.branches
    }

    assert len(TOLD) >= 25
    assert {
        (model.code, factor.code) for model in BOOK.models.values() for factor in model.factors
    } == told
