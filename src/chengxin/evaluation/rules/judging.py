"""A model applied to one organisation: its grade, and the tree of reasons down to the records."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache

from chengxin.evaluation.values import KINDS, Branch, Business, Fact, Leaf, Outcome
from chengxin.kernel.dates import add_months
from chengxin.policy.rules import compile_condition
from chengxin.policy.rules.conditions import read_day
from chengxin.policy.values.conditions import Verdict
from chengxin.policy.values.models import Clause, Expiry, Factor, Model, ModelKind

Check = Callable[[Business, Fact | None, date], Verdict]


def judge(model: Model, business: Business, facts: Iterable[Fact], on: date) -> Outcome | None:
    """The grade of an organisation on day `on`, with its reasons; None if it has none.

    It has none if it is of another kind, if the model does not cover it, or if the authority
    published none. Records not in use that day, or expired by the factor, do not count.
    """
    if KINDS.get(business.kind) not in model.subject_kinds:
        return None
    usable = [fact for fact in facts if fact.in_use(on)]
    if not covered(model, business, usable, on):
        return None
    if model.kind is ModelKind.POINTS:
        return _by_points(model, business, usable, on)
    for factor in model.factors:
        leaves = _leaves(factor, business, usable, on)
        if leaves:
            return Outcome(factor.grade, None, (_branch(factor, leaves),))
    return Outcome(model.otherwise, None) if model.otherwise else None


def covered(model: Model, business: Business, facts: Sequence[Fact], on: date) -> bool:
    """Whether a model is about this organisation at all."""
    if not model.covers:
        return True
    for clause in model.covers:
        check = _check(clause)
        asked = [fact for fact in facts if fact.item == clause.item] if clause.item else [None]
        if any(check(business, fact, on).holds for fact in asked):
            return True
    return False


def _by_points(model: Model, business: Business, facts: Sequence[Fact], on: date) -> Outcome:
    branches = tuple(
        _branch(factor, leaves)
        for factor in model.factors
        if (leaves := _leaves(factor, business, facts, on))
    )
    total = model.start + sum(branch.points for branch in branches)
    points = max(model.floor, min(model.ceiling, total))
    grade = next(one for one in model.grades if one.at_least is not None and one.at_least <= points)
    return Outcome(grade.code, points, branches)


def _branch(factor: Factor, leaves: tuple[Leaf, ...]) -> Branch:
    raw = factor.points * len(leaves)
    points = raw if factor.cap is None else max(-factor.cap, min(factor.cap, raw))
    return Branch(
        factor.code,
        factor.label,
        factor.label_en,
        str(factor.basis),
        factor.confirmed,
        points,
        raw,
        leaves,
    )


def _leaves(
    factor: Factor, business: Business, facts: Sequence[Fact], on: date
) -> tuple[Leaf, ...]:
    check = _check(factor.clause)
    found = []
    for fact in facts:
        if fact.item != factor.clause.item:
            continue
        counts, expires_on = counting(factor.expires, fact, on)
        if not counts:
            continue
        verdict = check(business, fact, on)
        if verdict.holds:
            found.append(_leaf(fact, expires_on, verdict))
    return tuple(sorted(found, key=lambda leaf: (leaf.decided_on, leaf.record)))


def counting(expires: Expiry | None, fact: Fact, on: date) -> tuple[bool, date | None]:
    """Whether a record counts on a day, and the first day it no longer does (None: no such day).

    Months are calendar months from the day of the decision; a day in a field is the last one on
    which it counts, and a record without it does not count.
    """
    if expires is None:
        return fact.decided_on <= on, fact.until
    if expires.months is not None:
        end = add_months(fact.decided_on, expires.months)
    else:
        last = read_day(fact.fields.get(expires.field))
        if last is None:
            return False, None
        end = date.fromordinal(last.toordinal() + 1)
    ends = [day for day in (end, fact.until) if day is not None]
    return fact.decided_on <= on < end, min(ends)


def meets(clause: Clause, business: Business, fact: Fact, on: date) -> bool:
    """Whether a record meets the condition of a clause about its item."""
    return _check(clause)(business, fact, on).holds


def _leaf(fact: Fact, expires_on: date | None, verdict: Verdict) -> Leaf:
    return Leaf(
        fact.record,
        fact.item,
        fact.decided_on,
        expires_on,
        fact.document_number,
        fact.authority,
        verdict.zh,
        verdict.en,
    )


@lru_cache(maxsize=512)
def _check(clause: Clause) -> Check:
    if clause.when is None:
        return lambda _business, _fact, _on: Verdict(True, "", "")
    ask = compile_condition(clause.when)
    return lambda business, fact, on: ask(
        business.facts() | (fact.named() if fact is not None else {}), on
    )
