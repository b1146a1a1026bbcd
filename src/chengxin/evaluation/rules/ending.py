"""When a grade ends by itself 到期, and when an evaluation may turn out otherwise. Pure."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from chengxin.evaluation.rules.judging import counting, meets
from chengxin.evaluation.values import Business, Fact, Outcome
from chengxin.kernel.dates import add_months
from chengxin.policy.rules.conditions import read_day
from chengxin.policy.values.conditions import Op, Test, every_test
from chengxin.policy.values.models import Clause, Model


def ends_on(model: Model, outcome: Outcome, on: date) -> date | None:
    """First day an adverse grade no longer stands; None for a grade that is not adverse.

    The first reason for it that no longer counts ends it: from that day it would be too harsh.
    An adverse grade for which no such day is known ends on `on` itself (charter 8).
    """
    if not model.grade(outcome.grade).adverse:
        return None
    against = [leaf for one in outcome.branches if one.raw <= 0 for leaf in one.leaves]
    days = [leaf.expires_on for leaf in against if leaf.expires_on is not None]
    return min([*days, *([model.until] if model.until else [])], default=on)


def next_turn(model: Model, business: Business, facts: Iterable[Fact], on: date) -> date | None:
    """The next day after `on` on which the calendar alone may change the outcome; None if never.

    A record begins or ends, a factor expires, a condition about “the last months” turns, the
    model begins or ends. A day too many costs a look; one too few would keep somebody waiting.
    """
    found = [*_of_subject(model, business), model.since, model.until]
    for fact in facts:
        if fact.item in model.items:
            found += [fact.since, fact.until, fact.decided_on]
            found += _of_fact(model, business, fact, on)
    return min((day for day in found if day is not None and day > on), default=None)


def _of_fact(model: Model, business: Business, fact: Fact, on: date) -> Iterator[date | None]:
    lately = any(True for _ in _lately(model))
    for factor in model.factors:
        if factor.clause.item != fact.item:
            continue
        if lately or meets(factor.clause, business, fact, on):
            yield counting(factor.expires, fact, on)[1]
    named = fact.named()
    for test in _lately(model):
        if test.item == fact.item:
            decided = test.fact == f"{fact.item}.decided_on"
            yield from _turns(
                test, fact.decided_on.isoformat() if decided else named.get(test.fact)
            )


def _of_subject(model: Model, business: Business) -> Iterator[date | None]:
    own = business.facts()
    for test in _lately(model):
        if test.item == "subject":
            yield from _turns(test, own.get(test.fact))


def _turns(test: Test, text: str | None) -> Iterator[date | None]:
    day = read_day(text)
    if day is None:
        return
    yield day
    with suppress(ValueError):  # behind the last day there is
        yield add_months(day, int(test.value[0]))


def _lately(model: Model) -> Iterator[Test]:
    """The tests whose answer depends on the day it is."""
    for clause in _clauses(model):
        if clause.when is not None:
            yield from (one for one in every_test(clause.when) if one.op is Op.WITHIN_MONTHS)


def _clauses(model: Model) -> Iterator[Clause]:
    yield from model.covers
    yield from (one.clause for one in model.factors)
