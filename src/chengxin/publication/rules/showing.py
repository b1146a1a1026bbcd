"""Whether a fact shows to the public. Pure: dates and the rulebook come in, an answer goes out."""

from dataclasses import replace
from datetime import date

from chengxin.catalogue.values import Disclosure, Item
from chengxin.kernel.dates import add_months
from chengxin.law.values import Basis
from chengxin.policy.errors import ParameterNotInForce
from chengxin.policy.values import Rulebook
from chengxin.publication.rules.terms import (
    has_severity,
    months,
    open_end,
    severity_of,
    stated_ends,
)
from chengxin.publication.values import Case, Showing

PERSON = "natural_person"
LIST_CODE = "list_code"


def showing(case: Case, item: Item, book: Rulebook) -> Showing:
    """From when to when a fact is public 公示期, or why it is not.

    Terms are counted in calendar months from the day of the decision 认定文书日期, with the term
    that day selects. An adverse fact starts on the later of the day it came in and the day its
    notice counted as delivered. When the law an item rests on is repealed, its facts leave.
    Law: the parameters the item names (`maximum_term`, `minimum_term`, `term`).
    """
    if case.subject_kind == PERSON:
        return _hidden("person", item.basis)
    if case.disclosure != Disclosure.PUBLIC:
        return _hidden("class", item.basis)
    if barrier := _barrier(case):
        return _hidden(barrier, item.basis)
    try:
        found = _adverse(case, item, book) if case.adverse else _open(case, item, book)
    except ParameterNotInForce:
        return _hidden("no_rule", item.basis)
    return _until_repealed(found, _gone_on(case, item, book))


def _barrier(case: Case) -> str:
    """What hides a fact whatever its term, as a code of `REASONS`; "" if nothing does."""
    if not case.linked:
        return "unlinked"
    return "under_check" if case.under_check else case.hidden_by


def _gone_on(case: Case, item: Item, book: Rulebook) -> date | None:
    """The day the law of the item, or of the list the fact is an entry of, is gone."""
    listed = book.consequences.list_of(item.code, case.facts.get(LIST_CODE, ""))
    return _earliest(item.repealed_on, listed.until if listed is not None else None)


def _open(case: Case, item: Item, book: Rulebook) -> Showing:
    """What is not adverse shows while it is valid, or for the term of its item."""
    answer = open_end(case, item, book)
    until, basis, sure = None, item.basis, True
    if answer is not None:
        until, rule = answer
        basis, sure = (*item.basis, rule.basis), rule.confirmed
    return Showing(
        since=case.recorded_on,
        until=_earliest(until, case.revoked_on, case.ended_on, *stated_ends(case, item)),
        reason="shown",
        basis=basis,
        confirmed=sure,
    )


def _adverse(case: Case, item: Item, book: Rulebook) -> Showing:
    severity, stated, sure = "", False, True
    severity_basis: tuple[Basis, ...] = ()
    if has_severity(item, book):
        severity, stated, severity_basis, sure = severity_of(case, book)
    longest = months("maximum_term", case, item, book, severity)
    shortest = months("minimum_term", case, item, book, severity)
    if longest is None:
        return _hidden("no_rule", item.basis, severity, stated=stated)
    basis = (*item.basis, longest.basis, *severity_basis)
    if not longest.value:
        return _hidden("minor", basis, severity, stated=stated)
    if case.delivered_on is None:
        return _hidden("not_notified", basis, severity, stated=stated)
    end = add_months(case.decided_on, longest.value)
    ends = [case.revoked_on, case.ended_on, *stated_ends(case, item)]
    return Showing(
        since=max(case.recorded_on, case.delivered_on),
        until=_earliest(end, *ends),
        reason="shown",
        basis=basis,
        severity=severity,
        severity_stated=stated,
        earliest_end=add_months(case.decided_on, shortest.value) if shortest else None,
        confirmed=sure and longest.confirmed and (shortest is None or shortest.confirmed),
    )


def _until_repealed(found: Showing, gone: date | None) -> Showing:
    """Nothing shows from the day the law it rests on is gone 依据废止."""
    if gone is None or found.since is None or (found.until is not None and found.until <= gone):
        return found
    return replace(found, until=gone, end_reason="repealed")


def _hidden(
    reason: str, basis: tuple[Basis, ...], severity: str = "", *, stated: bool = False
) -> Showing:
    return Showing(None, None, reason, basis, severity, stated)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
