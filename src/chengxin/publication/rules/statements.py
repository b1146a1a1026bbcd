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
    "ended_on", "hidden_by",
)  # fmt: skip
"""What the table of records holds of each besides a text column `f_<name>` for every field."""

PENALTY_KIND: Final = "penalty_kind"
VALID_UNTIL: Final = "valid_until"
BY_KIND: Final = "severity.by_penalty_kind"
NOTHING: Final = "NULL::DATE"
NO_TEXT: Final = "NULL::VARCHAR"
NO_MONTHS: Final = "NULL::INTEGER"


@dataclass(frozen=True)
class Window:
    """Expressions for one item of one edition; each may name the columns that come before it.

    `severity` first, then `longest` and `shortest` in months, then `reason`, then `until`,
    `earliest_end` and `confirmed`, which hold where the reason is that it is shown. `fields` are
    what they read. Whatever the class of the record: that is asked beside.
    """

    severity: str
    longest: str
    shortest: str
    reason: str
    until: str
    earliest_end: str
    confirmed: str
    fields: frozenset[str]


def window_of(code: str, item: Item | None, book: Rulebook) -> Window:
    """The expressions of an item; one the edition does not know shows nothing."""
    if item is None:
        none = (NO_TEXT, NO_MONTHS, NO_MONTHS, literal("no_rule"), NOTHING, NOTHING, "true")
        return Window(*none, frozenset())
    return _Compiler(code, item, book).window()


def dated_sql(made: Mapping[str, Window], source: str, suffix: str = "") -> str:
    """Every record of `source` with `since`, `until`, `reason`, `earliest_end` and `confirmed`.

    The columns get `suffix`. The same expression of several items stands there once.
    """

    def of(part: str) -> str:
        return f"({_by_item(made, part)})"

    shows = "reason_ = 'shown'"
    since = "CASE WHEN adverse THEN greatest(recorded_on, told_on) ELSE recorded_on END"
    return (
        "SELECT * EXCLUDE (severity_, longest_, shortest_, reason_),"  # noqa: S608
        f" reason_ AS reason{suffix}, CASE WHEN {shows} THEN {since} END AS since{suffix},"
        f" CASE WHEN {shows} THEN {of('until')}::DATE END AS until{suffix},"
        f" CASE WHEN {shows} THEN {of('earliest_end')}::DATE END AS earliest_end{suffix},"
        f" {of('confirmed')}::BOOLEAN AS confirmed{suffix}"
        f" FROM (SELECT *, {of('reason')}::VARCHAR AS reason_"
        f" FROM (SELECT *, {of('longest')}::INTEGER AS longest_,"
        f" {of('shortest')}::INTEGER AS shortest_"
        f" FROM (SELECT *, {of('severity')}::VARCHAR AS severity_ FROM {source})))"
    )


def _by_item(made: Mapping[str, Window], part: str) -> str:
    same: dict[str, list[str]] = {}
    for code in sorted(made):
        same.setdefault(getattr(made[code], part), []).append(literal(code))
    if not same:
        return "NULL"
    # What most items say needs no asking which item it is.
    usual = max(same, key=lambda text: len(same[text]))
    rest = " ".join(
        f"WHEN item IN ({', '.join(codes)}) THEN {text}"
        for text, codes in same.items()
        if text != usual
    )
    return f"CASE {rest} ELSE {usual} END" if rest else usual


class _Compiler:
    """Writes the expressions of one item, noting the fields they read."""

    def __init__(self, code: str, item: Item, book: Rulebook) -> None:
        self.code, self.item, self.book = code, item, book
        self.asked: set[str] = set()

    def window(self) -> Window:
        severity, severity_sure = NO_TEXT, "true"
        if "maximum_term" in self.item.parameters and has_severity(self.item, self.book):
            severity, severity_sure = self._severity()
        longest, longest_sure = self._months("maximum_term")
        shortest, shortest_sure = self._months("minimum_term")
        term, until, plain_sure = self._open()
        sure = f"{severity_sure} AND {longest_sure} AND {shortest_sure}"
        return Window(
            severity,
            longest,
            shortest,
            self._reason(term, by_severity=severity != NO_TEXT),
            self._until(until),
            f"CASE WHEN adverse THEN {_later('decided_on', 'shortest_')} END",
            f"CASE WHEN adverse THEN {sure} ELSE {plain_sure} END",
            frozenset(self.asked),
        )

    def _reason(self, term: str, *, by_severity: bool) -> str:
        lacks = ["severity_ IS NULL"] if by_severity else []
        lacks.append("longest_ IS NULL")
        if "minimum_term" in self.item.parameters:
            lacks.append("shortest_ IS NULL")
        ruled = f"WHEN NOT adverse AND {term} IS NULL THEN 'no_rule' " if term else ""
        return (
            "CASE WHEN NOT linked THEN 'unlinked' WHEN under_check THEN 'under_check'"
            " WHEN hidden_by <> '' THEN hidden_by"
            f" {ruled}WHEN NOT adverse THEN 'shown'"
            f" WHEN {' OR '.join(lacks)} THEN 'no_rule' WHEN longest_ = 0 THEN 'minor'"
            " WHEN told_on IS NULL THEN 'not_notified' ELSE 'shown' END"
        )

    def _until(self, plain: str) -> str:
        stated = [f"try_cast({self._field(name)} AS DATE)" for name in self.item.ends]
        gone = self._gone()
        ends = ["revoked_on", "ended_on", *stated, *([gone] if gone else [])]
        own = f"CASE WHEN adverse THEN {_later('decided_on', 'longest_')} ELSE {plain} END"
        return f"least({', '.join([own, *ends])})"

    def _field(self, name: str) -> str:
        self.asked.add(name)
        return f"nullif({quoted(f'f_{name}')}, '')"

    def _open(self) -> tuple[str, str, str]:
        """Of what is not adverse: the term in months, the end it gives, whether it is sure."""
        name = self.item.parameters.get("term")
        if name is None:
            return "", NOTHING, "true"
        parameter = self.book.parameter(name)
        term = _dated(parameter, lambda one: str(int(one.value)))
        start = "decided_on"
        if parameter.unit == AFTER_VALIDITY:
            last = f"try_cast({self._field(VALID_UNTIL)} AS DATE)"
            start = f"(CASE WHEN year({last}) < {OPEN_ENDED_YEAR} THEN {last} + 1 END)"
        return term, _later(start, term), _dated(parameter, _sure)

    def _severity(self) -> tuple[str, str]:
        """The severity as stated, else the gravest of the kinds of penalty."""
        stated = self._field(SEVERITY)
        kinds = f"string_split(coalesce({self._field(PENALTY_KIND)}, ''), ';')"
        parameter = self.book.parameter(BY_KIND)
        found = _dated(parameter, lambda one: _gravest(one.value, kinds))
        sure = f"({stated} IS NOT NULL OR {_dated(parameter, _sure)})"
        return f"coalesce({stated}, {found})", sure

    def _months(self, role: str) -> tuple[str, str]:
        name = self.item.parameters.get(role)
        if name is None:
            return NO_MONTHS, "true"
        parameter = self.book.parameter(name)
        term = _dated(parameter, lambda one: self._term(parameter, one.value))
        return term, _dated(parameter, _sure)

    def _term(self, parameter: Parameter, value: Any) -> str:
        if not isinstance(value, Mapping):
            return str(int(value))
        codes = self.book.codelist(parameter.keys).by_code
        shortest = min(term for code, term in value.items() if code in codes)
        stated = "severity_"
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
