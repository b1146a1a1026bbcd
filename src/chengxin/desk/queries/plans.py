"""Plans of inspection as the officers of their unit see them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chengxin.kernel.actor import Actor
from chengxin.subjects.queries import names_of
from chengxin.supervision import queries
from chengxin.supervision.values import Inspected

SHOWN = 100
VERBS = ("supervision.plan", "supervision.approve_plan", "supervision.commit", "supervision.draw")


def plans_of(by: Actor) -> list[tuple[Any, str]]:
    """The plans an officer may see, with the state of each. Raises: `NotPermitted`."""
    if not any(by.may(verb) for verb in VERBS):
        by.require(VERBS[0])
    mine = [one for one in queries.plans() if any(by.may(verb, one.unit) for verb in VERBS)]
    return [(one, plan_state(one)) for one in mine[:SHOWN]]


def plan_state(found: Any) -> str:
    """`drafted`, `approved` or `declined`."""
    if not hasattr(found, "decision"):
        return "drafted"
    return "approved" if found.decision.approved else "declined"


def plans_waiting(by: Actor) -> int:
    """How many plans wait for this officer's decision."""
    if not by.may("supervision.approve_plan"):
        return 0
    rows = queries.plans(approved=False)
    return sum(
        by.may("supervision.approve_plan", one.unit) and one.drafted_by != by.login for one in rows
    )


def plans_to_draw(by: Actor, on: date) -> list[tuple[str, str]]:
    """The approved plans of the officer's unit and of this year: number and name."""
    rows = queries.plans(approved=True).filter(unit=by.unit, year=on.year)
    return [(one.number, f"{one.title}（{one.number}）") for one in rows]


def begun_from(number: str, offered: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What a form for a draw begins with when it is opened from a plan."""
    if number not in dict(offered):
        return {}
    found = queries.plan(number)
    return {
        "plan": number,
        "matter": found.title,
        "item": found.item,
        "division": found.division,
    }


def named_progress(found: Any, *, on: date) -> dict[str, Any]:
    """How far a plan has come, each organisation with its name."""
    made = queries.progress(found, on=on)
    return {
        "tiers": [
            {"tier": tier, "there": there, "drawn": drawn, "done": done, "rate": found.rates[tier]}
            for tier, there, drawn, done in made.tiers
        ],
        "drawn": made.drawn,
        "done": made.done,
        "share": made.done * 100 // made.drawn if made.drawn else 0,
        "visits": named(made.visits),
    }


def named(visits: Sequence[Inspected]) -> list[Mapping[str, Any]]:
    """Visits with the names of the organisations."""
    names = names_of([one.public_id for one in visits])
    return [vars(one) | {"name": names.get(one.public_id, one.public_id)} for one in visits]
