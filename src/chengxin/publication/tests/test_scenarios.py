"""The rulebook's scenarios about publication, word for word as a lawyer wrote them."""

import json
import re
from dataclasses import fields
from datetime import date

import pytest

from chengxin.catalogue import queries as catalogue
from chengxin.policy.queries import current_rulebook
from chengxin.publication.rules import showing
from chengxin.publication.values import Case

BOOK = current_rulebook()
WINDOW = [one for one in BOOK.scenarios if one.when["verb"] == "publication.window"]


def dated(name, value):
    """Days are written as days in the files and told by their names."""
    is_day = name.endswith("_on") or name in {"since", "until", "earliest_end"}
    return date.fromisoformat(value) if is_day and value else value


@pytest.mark.parametrize("scenario", WINDOW, ids=lambda one: one.title)
def test_the_window_of_publication_is_as_the_scenario_says(scenario):
    given = {name: dated(name, value) for name, value in scenario.given.items()}
    item = catalogue.item(BOOK, given.pop("item"))
    known = {field.name for field in fields(Case)}
    facts = {name: str(value) for name, value in given.items() if name not in known}
    usual = {"subject_kind": "legal_person", "disclosure": item.disclosure, "adverse": item.adverse}
    usual["recorded_on"] = given.get("decided_on")
    case = Case(**(usual | {n: v for n, v in given.items() if n in known}), facts=facts)

    found = showing(case, item, BOOK)

    expected = {name: dated(name, value) for name, value in scenario.then.items()}
    assert {name: getattr(found, name) for name in expected} == expected


def terms_of(code):
    """The terms of publication an item names, longest and shortest."""
    written = json.dumps(dict(BOOK.raw_items[code].data), default=str)
    return set(re.findall(r"publication\.[a-z_]+_term", written))


def test_every_term_of_publication_is_told_by_a_scenario():
    named = set().union(*map(terms_of, BOOK.raw_items))
    told = set().union(*(terms_of(one.given["item"]) for one in WINDOW))
    assert len(named) >= 15
    assert named - told == set()
