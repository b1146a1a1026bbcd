"""The question of publication as DuckDB SQL: what `showing` says, of every record at once.

One item of one edition compiles to a few expressions over a table of records. The law is in them
as numbers and days, so two editions whose expressions are the same text show the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from chengxin.catalogue.values import Item
from chengxin.policy.rules import quoted
from chengxin.policy.rules.condition_sql import literal
from chengxin.policy.values import DatedValue, Parameter, Rulebook
from chengxin.publication.rules.showing import LIST_CODE
from chengxin.publication.rules.terms import (
    AFTER_VALIDITY,
    OPEN_ENDED_YEAR,
    SEVERITIES,
    SEVERITY,
    has_severity,
)

RECORD_COLUMNS: Final = (
    "adverse", "linked", "under_check", "decided_on", "recorded_on", "told_on", "revoked_on",
    "ended_on",
)  # fmt: skip
"""What the table of records holds of each besides a text column `f_<name>` for every field."""

PENALTY_KIND: Final = "penalty_kind"
VALID_UNTIL: Final = "valid_until"
BY_KIND: Final = "severity.by_penalty_kind"
NOTHING: Final = "NULL::DATE"


@dataclass(frozen=True)
class Window:
    """Expressions for one item of one edition: as the fields of `Showing`, and what they read.

    `since` is NULL where the record does not show; whatever its class, which is asked beside.
    """

    since: str
    until: str
    reason: str
    earliest_end: str
    confirmed: str
    fields: frozenset[str]


def window_of(code: str, item: Item | None, book: Rulebook) -> Window:
    """The expressions of an item; one the edition does not know shows nothing."""
    if item is None:
        return Window(NOTHING, NOTHING, literal("no_rule"), NOTHING, "true", frozenset())
    return _Compiler(code, item, book).window()


class _Compiler:
    """Writes the expressions of one item, noting the fields they read."""

    def __init__(self, code: str, item: Item, book: Rulebook) -> None:
        self.code, self.item, self.book = code, item, book
        self.asked: set[str] = set()

    def window(self) -> Window:
        adverse = self._adverse()
        plain = self._open()
        reason = (
            "CASE WHEN NOT linked THEN 'unlinked' WHEN under_check THEN 'under_check'"
            f" WHEN adverse THEN {adverse.reason} ELSE {plain.reason} END"
        )
        shows = f"({reason}) = 'shown'"
        until = f"CASE WHEN adverse THEN {adverse.until} ELSE {plain.until} END"
        gone = self._gone()
        if gone:
            until = f"least({until}, {gone})"
        since = "CASE WHEN adverse THEN greatest(recorded_on, told_on) ELSE recorded_on END"
        return Window(
            f"CASE WHEN {shows} THEN {since} END",
            f"CASE WHEN {shows} THEN {until} END",
            reason,
            f"CASE WHEN {shows} AND adverse THEN {adverse.earliest_end} END",
            f"CASE WHEN adverse THEN {adverse.confirmed} ELSE {plain.confirmed} END",
            frozenset(self.asked),
        )

    def _field(self, name: str) -> str:
        self.asked.add(name)
        return f"nullif({quoted(f'f_{name}')}, '')"

    def _ends(self) -> str:
        stated = [f"try_cast({self._field(name)} AS DATE)" for name in self.item.ends]
        return ", ".join(["revoked_on", "ended_on", *stated])

    def _adverse(self) -> Window:
        if "maximum_term" not in self.item.parameters:
            return Window(NOTHING, NOTHING, literal("no_rule"), NOTHING, "true", frozenset())
        severity, sure = None, "true"
        reasons = []
        if has_severity(self.item, self.book):
            severity, sure = self._severity()
            reasons.append(f"WHEN {severity} IS NULL THEN 'no_rule'")
        longest, longest_sure = self._months("maximum_term", severity)
        reasons.append(f"WHEN {longest} IS NULL THEN 'no_rule'")
        earliest, shortest_sure = NOTHING, "true"
        if "minimum_term" in self.item.parameters:
            shortest, shortest_sure = self._months("minimum_term", severity)
            reasons.append(f"WHEN {shortest} IS NULL THEN 'no_rule'")
            earliest = _later("decided_on", shortest)
        reasons.append(f"WHEN {longest} = 0 THEN 'minor'")
        reasons.append("WHEN told_on IS NULL THEN 'not_notified'")
        return Window(
            NOTHING,
            f"least({_later('decided_on', longest)}, {self._ends()})",
            f"CASE {' '.join(reasons)} ELSE 'shown' END",
            earliest,
            f"({sure} AND {longest_sure} AND {shortest_sure})",
            frozenset(),
        )

    def _open(self) -> Window:
        name = self.item.parameters.get("term")
        if name is None:
            until = f"least({self._ends()})"
            return Window(NOTHING, until, literal("shown"), NOTHING, "true", frozenset())
        parameter = self.book.parameter(name)
        term = _dated(parameter, lambda one: str(int(one.value)))
        start = "decided_on"
        if parameter.unit == AFTER_VALIDITY:
            last = f"try_cast({self._field(VALID_UNTIL)} AS DATE)"
            start = f"(CASE WHEN year({last}) < {OPEN_ENDED_YEAR} THEN {last} + 1 END)"
        return Window(
            NOTHING,
            f"least({_later(start, term)}, {self._ends()})",
            f"CASE WHEN {term} IS NULL THEN 'no_rule' ELSE 'shown' END",
            NOTHING,
            _dated(parameter, _sure),
            frozenset(),
        )

    def _severity(self) -> tuple[str, str]:
        """The severity as stated, else the gravest of the kinds of penalty."""
        stated = self._field(SEVERITY)
        kinds = f"string_split(coalesce({self._field(PENALTY_KIND)}, ''), ';')"
        parameter = self.book.parameter(BY_KIND)
        found = _dated(parameter, lambda one: _gravest(one.value, kinds))
        sure = f"({stated} IS NOT NULL OR {_dated(parameter, _sure)})"
        return f"coalesce({stated}, {found})", sure

    def _months(self, role: str, severity: str | None) -> tuple[str, str]:
        parameter = self.book.parameter(self.item.parameters[role])
        return _dated(parameter, lambda one: self._term(parameter, one.value, severity)), _dated(
            parameter, _sure
        )

    def _term(self, parameter: Parameter, value: Any, severity: str | None) -> str:
        if not isinstance(value, Mapping):
            return str(int(value))
        codes = self.book.codelist(parameter.keys).by_code
        shortest = min(term for code, term in value.items() if code in codes)
        stated = severity or "''"
        if parameter.keys != SEVERITY:
            fields = [one.name for one in self.item.fields if one.codelist == parameter.keys]
            stated = f"coalesce({', '.join([*map(self._field, fields), literal('')])})"
        cases = " ".join(f"WHEN {literal(code)} THEN {int(term)}" for code, term in value.items())
        return f"CASE {stated} {cases} ELSE {shortest} END"

    def _gone(self) -> str:
        """The day the law of the item, or of the list a record is an entry of, is gone."""
        ends = [_day(self.item.repealed_on)] if self.item.repealed_on else []
        listed = list(self._lists())
        if any(until for _, until in listed):
            code = f"coalesce({self._field(LIST_CODE)}, '')"
            cases = " ".join(
                f"WHEN {f'{code} = {literal(own)}' if own else 'true'} THEN {_day(until)}"
                for own, until in listed
            )
            ends.append(f"CASE {cases} END")
        return ", ".join(ends)

    def _lists(self) -> Iterator[tuple[str, date | None]]:
        for one in self.book.consequences.lists.values():
            if one.item == self.code:
                yield one.item_code, one.until


def _dated(parameter: Parameter, spell: Any) -> str:
    """What `spell` makes of the value a decision's day selects; NULL where none is in force."""
    cases = []
    for one in parameter.values:
        value = spell(one)
        if one.until is not None:
            value = f"CASE WHEN decided_on < {_day(one.until)} THEN {value} END"
        cases.append(f"WHEN decided_on >= {_day(one.since)} THEN {value}")
    return f"(CASE {' '.join(cases)} END)"


def _sure(value: DatedValue) -> str:
    known = value.status == "confirmed" and not value.unconfirmed
    return "true" if known and value.basis.status == "confirmed" else "false"


def _gravest(table: Mapping[str, str], kinds: str) -> str:
    cases = []
    for severity in reversed(SEVERITIES):
        own = [literal(kind) for kind, of in table.items() if of == severity]
        if own:
            cases.append(f"WHEN list_has_any({kinds}, [{', '.join(own)}]) THEN {literal(severity)}")
    return f"CASE {' '.join(cases)} ELSE {literal(table['other'])} END"


def _later(start: str, months: str) -> str:
    return f"({start} + to_months(({months})::INTEGER))::DATE"


def _day(day: date | None) -> str:
    return f"DATE '{day.isoformat()}'" if day is not None else NOTHING
