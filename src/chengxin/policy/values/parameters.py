"""Policy parameters 政策参数: values with their day of force and their basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chengxin.law.values import Answer, Basis
from chengxin.policy.errors import ParameterNotInForce


@dataclass(frozen=True)
class DatedValue:
    """A value from `since` (to the day before `until`, or to the next value's `since`)."""

    since: date
    value: Any
    basis: Basis
    until: date | None = None
    status: str = "confirmed"
    unconfirmed: frozenset[str] = frozenset()  # keys of a mapping value still to be verified
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """One parameter; `values` newest first. `selected_by` names the date that picks.

    `keys` names the code list whose codes are the keys of its mapping values.
    """

    name: str
    label: str
    label_en: str
    unit: str
    selected_by: str
    values: Sequence[DatedValue]
    narrowing: str = "fixed"
    counted_from: str = ""
    transition: str = ""
    keys: str = ""

    def in_force(self, day: date) -> DatedValue:
        """The value that `day` selects. Raises: `ParameterNotInForce`."""
        for value in self.values:
            if value.since <= day:
                if value.until is not None and value.until <= day:
                    break
                return value
        first = min((value.since for value in self.values), default=None)
        raise ParameterNotInForce(name=self.name, label=self.label, day=day, first=first)

    def on(self, day: date) -> Answer[Any]:
        """The value with its basis; unconfirmed if any part of it is."""
        found = self.in_force(day)
        status = "unconfirmed" if found.unconfirmed else found.status
        return Answer(found.value, found.basis, status)

    def on_key(self, day: date, key: str) -> Answer[Any]:
        """One entry of a mapping value, with the status of that entry.

        Raises: `ParameterNotInForce`; `KeyError` if the mapping has no such key.
        """
        found = self.in_force(day)
        table: Mapping[str, Any] = found.value
        status = "unconfirmed" if key in found.unconfirmed else found.status
        return Answer(table[key], found.basis, status)
