"""Which sentence of which parameter decided how long a record shows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from chengxin.catalogue.values import Item
from chengxin.policy.errors import ParameterNotInForce
from chengxin.policy.values import Rulebook
from chengxin.replay.values import Rule

TERMS: Final = ("maximum_term", "minimum_term", "term")
SEVERITY: Final = "severity"
BY_PENALTY: Final = "severity.by_penalty_kind"


def sentences(
    item: Item, *, decided_on: date, severity: str, stated: bool, book: Rulebook
) -> tuple[Rule, ...]:
    """The values of the item's own terms that the day of the decision selected.

    Where the severity was not stated by the authority, the table that gave it comes first. A term
    no rule of that day had is left out: then the reason itself says that there was none.
    """
    return tuple(_sentences(item, decided_on, severity, book, stated=stated))


def _sentences(
    item: Item, day: date, severity: str, book: Rulebook, *, stated: bool
) -> Iterator[Rule]:
    named = [(role, item.parameters[role]) for role in TERMS if role in item.parameters]
    if severity and not stated:
        named.insert(0, (SEVERITY, BY_PENALTY))
    for role, name in named:
        parameter = book.parameter(name)
        try:
            found = parameter.in_force(day)
        except ParameterNotInForce:
            continue
        answer = parameter.on(day)
        chosen = severity if role == SEVERITY else _value(found.value, parameter.keys, severity)
        yield Rule(
            role=role,
            parameter=name,
            label=parameter.label,
            label_en=parameter.label_en,
            unit=parameter.unit,
            selected_by=day,
            value=chosen,
            since=found.since,
            basis=str(found.basis),
            confirmed=answer.confirmed,
        )


def _value(value: Any, keys: str, severity: str) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    if keys == SEVERITY and severity in value:
        return str(value[severity])
    return "、".join(f"{code} {one}" for code, one in sorted(value.items()))
