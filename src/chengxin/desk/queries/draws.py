"""Draws as the officers of their unit see them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook
from chengxin.subjects.queries import names_of
from chengxin.supervision import queries
from chengxin.supervision.values import Wanted

SHOWN = 100


def draws_of(by: Actor) -> list[tuple[Any, str]]:
    """The draws an officer may see, with the state of each. Raises: `NotPermitted`."""
    verbs = ("supervision.commit", "supervision.draw")
    if not any(by.may(verb) for verb in verbs):
        by.require(verbs[0])
    mine = [one for one in queries.draws() if any(by.may(verb, one.unit) for verb in verbs)]
    return [(one, queries.outcome(one)) for one in mine[:SHOWN]]


def named_visits(found: Any) -> list[dict[str, Any]]:
    """The visits of a draw that was carried out, each with the name of the organisation."""
    visits = list(found.end.visits)
    names = names_of([one["public_id"] for one in visits])
    return [one | {"name": names.get(one["public_id"], one["public_id"])} for one in visits]


def wanted_from(given: Mapping[str, Any], unit: str, on: date, book: Rulebook) -> Wanted:
    """What a filled-in form asks for; `population` says it in words for the public.

    A draw by a plan is from whom the plan says.
    """
    chosen = queries.plan(given["plan"]) if given.get("plan") else None
    item = chosen.item if chosen else given["item"]
    division = chosen.division if chosen else given["division"]
    label = catalogue.item(book, item).label
    where = f"，行政区划 {division}" if division else ""
    named = book.units[unit].short_name if unit in book.units else unit
    return Wanted(
        unit=unit,
        matter=given["matter"],
        population=f"{named}报送过“{label}”信息的在业单位{where}",
        candidates=queries.candidates(item=item, book=book, on=on, unit=unit, division=division),
        inspectors=given["inspectors"],
    )
