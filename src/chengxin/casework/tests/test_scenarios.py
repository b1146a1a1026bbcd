"""The rulebook's scenarios about the way out, word for word as a lawyer wrote them."""

from dataclasses import fields
from datetime import date

import pytest

from chengxin.casework.rules import may_ask, way_out
from chengxin.casework.values import Bound
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook
from chengxin.publication.values import Case

BOOK = current_rulebook()
TOLD = [one for one in BOOK.scenarios if one.when["verb"] == "repair.way_out"]
KNOWN = {field.name for field in fields(Case)}


def plan(scenario):
    given = dict(scenario.given)
    item = catalogue.item(BOOK, given.pop("item"))
    code = given.pop("list", "")
    binding = [
        Bound(one.code, one.label, one.label_en, one.until)
        for one in BOOK.consequences.triggered_by(code)[:1]
    ]
    days = {n: date.fromisoformat(v) if v else None for n, v in given.items() if n.endswith("_on")}
    facts = {name: str(value) for name, value in given.items() if name not in KNOWN}
    known = {name: value for name, value in (given | days).items() if name in KNOWN}
    case = Case(**{"disclosure": item.disclosure, "adverse": True, "facts": facts, **known})
    on = date.fromisoformat(scenario.when["day"])
    return way_out(case, item, on, BOOK, measures=binding), on


@pytest.mark.parametrize("scenario", TOLD, ids=lambda one: one.code)
def test_the_way_out_is_as_the_scenario_says(scenario):
    found, on = plan(scenario)
    answer = {
        "route": found.route,
        "severity": found.severity,
        "earliest": found.earliest and found.earliest.isoformat(),
        "automatic": found.automatic and found.automatic.isoformat(),
        "result_by": found.result_by.isoformat() if found.result_by else "",
        "documents": ";".join(found.documents),
        "effects": ";".join(dict.fromkeys(one.kind for one in found.effects)) or "none",
    }
    try:
        may_ask(found, on, BOOK)
    except CreditError as refusal:
        answer["refused"] = refusal.code
    else:
        answer["state"] = "allowed"

    assert {name: answer.get(name) for name in scenario.then} == dict(scenario.then)


def test_every_route_is_told_by_a_scenario():
    routes = {entry.code for entry in BOOK.codelist("repair_route").entries}
    assert len(TOLD) >= 20
    assert {plan(one)[0].route for one in TOLD} == routes


def test_every_adverse_item_has_a_way_or_ends_by_time():
    adverse = {one.code for one in catalogue.items(BOOK).values() if one.adverse}
    routed = set(BOOK.on(date(2026, 11, 23), "repair.route").value)
    assert routed <= adverse
    assert adverse - routed == set()


def test_every_paper_a_route_asks_for_has_a_name():
    papers = {entry.code for entry in BOOK.codelist("repair_document").entries}
    asked = BOOK.on(date(2026, 11, 23), "repair.documents").value
    assert {code for text in asked.values() for code in text.split(";")} <= papers
