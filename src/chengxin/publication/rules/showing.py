"""Whether a fact shows to the public. Pure: dates and the rulebook come in, an answer goes out."""

from collections.abc import Mapping
from datetime import date

from chengxin.catalogue.values import Disclosure, Item
from chengxin.kernel.dates import add_months
from chengxin.law.values import Basis
from chengxin.policy.errors import ParameterNotInForce
from chengxin.policy.values import Rulebook
from chengxin.publication.values import Case, Showing

PERSON = "natural_person"
SEVERITIES = ("minor", "ordinary", "serious")
OPEN_ENDED_YEAR = 2099  # 2099-12-31 is how sources write "no end" (发改办财金〔2018〕424号)


def severity_of(case: Case, book: Rulebook) -> tuple[str, bool, tuple[Basis, ...], bool]:
    """Severity of the act 失信程度: as the authority stated, else by the kinds of penalty.

    Several kinds in one decision: the gravest. Returns: severity, whether it was stated, the
    basis, whether the rule is confirmed. Law: parameter `severity.by_penalty_kind`.
    Raises: `ParameterNotInForce`.
    """
    if stated := case.facts.get("severity", ""):
        return stated, True, (), True
    answer = book.on(case.decided_on, "severity.by_penalty_kind")
    kinds = [kind for kind in case.facts.get("penalty_kind", "").split(";") if kind]
    table: Mapping[str, str] = answer.value
    found = [table[kind] for kind in kinds if kind in table] or [table["other"]]
    gravest = max(found, key=SEVERITIES.index)
    return gravest, False, (answer.basis,), answer.confirmed


def showing(case: Case, item: Item, book: Rulebook) -> Showing:
    """From when to when a fact is public 公示期, or why it is not.

    Terms are counted in calendar months from the day of the decision 认定文书日期, with the term
    that day selects. An adverse fact starts on the later of the day it came in and the day its
    notice counted as delivered. Law: parameters `publication.minimum_term`,
    `publication.maximum_term`.
    """
    if case.subject_kind == PERSON:
        return _hidden("person", item.basis)
    if case.disclosure != Disclosure.PUBLIC:
        return _hidden("class", item.basis)
    if not case.linked:
        return _hidden("unlinked", item.basis)
    if case.under_check:
        return _hidden("under_check", item.basis)
    if case.adverse:
        return _adverse(case, item, book)
    return _permit(case, item, book)


def _permit(case: Case, item: Item, book: Rulebook) -> Showing:
    """What is not adverse shows while it is valid. Law: parameter `publication.permit_term`."""
    try:
        after = book.on(case.decided_on, "publication.permit_term")
    except ParameterNotInForce:
        return _hidden("no_rule", item.basis)
    end = _validity_end(case)
    until = add_months(end, int(after.value)) if end else None
    return Showing(
        since=case.recorded_on,
        until=_earliest(until, case.revoked_on, case.ended_on),
        reason="shown",
        basis=(*item.basis, after.basis),
        confirmed=after.confirmed,
    )


def _adverse(case: Case, item: Item, book: Rulebook) -> Showing:
    try:
        severity, stated, severity_basis, sure = severity_of(case, book)
        longest = book.on(case.decided_on, "publication.maximum_term")
        shortest = book.on(case.decided_on, "publication.minimum_term")
    except ParameterNotInForce:
        return _hidden("no_rule", item.basis)
    basis = (*item.basis, longest.basis, *severity_basis)
    months = _months(longest.value, severity)
    if not months:
        return _hidden("minor", basis, severity, stated=stated)
    if case.delivered_on is None:
        return _hidden("not_notified", basis, severity, stated=stated)
    return Showing(
        since=max(case.recorded_on, case.delivered_on),
        until=_earliest(add_months(case.decided_on, months), case.revoked_on, case.ended_on),
        reason="shown",
        basis=basis,
        severity=severity,
        severity_stated=stated,
        earliest_end=add_months(case.decided_on, _months(shortest.value, severity)),
        confirmed=sure and longest.confirmed and shortest.confirmed,
    )


def _months(terms: Mapping[str, int], severity: str) -> int:
    return int(terms[severity])


def _hidden(
    reason: str, basis: tuple[Basis, ...], severity: str = "", *, stated: bool = False
) -> Showing:
    return Showing(None, None, reason, basis, severity, stated)


def _validity_end(case: Case) -> date | None:
    """First day after a permit's validity; None when it has no end."""
    text = case.facts.get("valid_until", "")
    if not text:
        return None
    last = date.fromisoformat(text)
    return None if last.year >= OPEN_ENDED_YEAR else date.fromordinal(last.toordinal() + 1)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
