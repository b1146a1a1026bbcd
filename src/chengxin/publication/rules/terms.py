"""How long a fact of an item may show: the item's own parameters, counted as they say."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.catalogue.values import Item
from chengxin.kernel.dates import add_months
from chengxin.law.values import Answer, Basis
from chengxin.policy.values import Rulebook
from chengxin.publication.values import Case

SEVERITY = "severity"
SEVERITIES = ("minor", "ordinary", "serious")
OPEN_ENDED_YEAR = 2099  # 2099-12-31 is how sources write "no end" (发改办财金〔2018〕424号)
AFTER_VALIDITY = "months_after_valid_until"


def severity_of(case: Case, book: Rulebook) -> tuple[str, bool, tuple[Basis, ...], bool]:
    """Severity of the act 失信程度: as the authority stated, else by the kinds of penalty.

    Several kinds in one decision: the gravest. Returns: severity, whether it was stated, the
    basis, whether the rule is confirmed. Law: parameter `severity.by_penalty_kind`.
    Raises: `ParameterNotInForce`.
    """
    if stated := case.facts.get(SEVERITY, ""):
        return stated, True, (), True
    answer = book.on(case.decided_on, "severity.by_penalty_kind")
    kinds = [kind for kind in case.facts.get("penalty_kind", "").split(";") if kind]
    table: Mapping[str, str] = answer.value
    found = [table[kind] for kind in kinds if kind in table] or [table["other"]]
    gravest = max(found, key=SEVERITIES.index)
    return gravest, False, (answer.basis,), answer.confirmed


def has_severity(item: Item, book: Rulebook) -> bool:
    """Whether the terms of an item depend on the severity of the act."""
    return book.parameter(item.parameters["maximum_term"]).keys == SEVERITY


def months(role: str, case: Case, item: Item, book: Rulebook, severity: str) -> Answer[int] | None:
    """The term an item has for this case, in months; None when the item names none for `role`.

    A value that differs by code takes the code the fact states; where it states none, the
    shortest, in favour of the subject. Raises: `ParameterNotInForce`.
    """
    name = item.parameters.get(role)
    if name is None:
        return None
    parameter = book.parameter(name)
    answer = parameter.on(case.decided_on)
    if not isinstance(answer.value, Mapping):
        return answer
    stated = severity if parameter.keys == SEVERITY else _stated(parameter.keys, case, item)
    table: Mapping[str, int] = answer.value
    codes = book.codelist(parameter.keys).by_code
    shortest = min(term for code, term in table.items() if code in codes)
    return answer.then(lambda _: table.get(stated, shortest))


def _stated(codelist: str, case: Case, item: Item) -> str:
    """What the fact says in the field of that code list."""
    fields = (field.name for field in item.fields if field.codelist == codelist)
    return next((case.facts[name] for name in fields if case.facts.get(name)), "")


def open_end(case: Case, item: Item, book: Rulebook) -> tuple[date | None, Answer[Any]] | None:
    """The first day a fact that is not adverse no longer shows (None: no end), and the rule.

    None when the item names no term. Raises: `ParameterNotInForce`.
    """
    name = item.parameters.get("term")
    if name is None:
        return None
    parameter = book.parameter(name)
    answer = parameter.on(case.decided_on)
    start = case.decided_on
    if parameter.unit == AFTER_VALIDITY:
        end = _validity_end(case)
        return (add_months(end, int(answer.value)) if end else None), answer
    return add_months(start, int(answer.value)), answer


def stated_ends(case: Case, item: Item) -> list[date]:
    """The days on which the fact itself says it ends: removed 移出, settled 缴清, withdrawn."""
    texts = (case.facts.get(name, "") for name in item.ends)
    return [date.fromisoformat(text) for text in texts if text]


def _validity_end(case: Case) -> date | None:
    """First day after a fact's validity; None when it has no end."""
    text = case.facts.get("valid_until", "")
    if not text:
        return None
    last = date.fromisoformat(text)
    return None if last.year >= OPEN_ENDED_YEAR else date.fromordinal(last.toordinal() + 1)
