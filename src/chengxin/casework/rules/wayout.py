"""The way out of an adverse record 修复指引: which papers, from which day, when each effect ends.

Counted with the same functions that decide what shows (`publication.rules`): the day that is
promised is the day that happens. Law: parameters of the item, `repair.route`, `repair.documents`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from chengxin.casework.errors import NotAdverse, RepairElsewhere, RepairTooEarly
from chengxin.casework.rules.clocks import due
from chengxin.casework.values import Bound, Effect, WayOut
from chengxin.catalogue.values import Disclosure, Item
from chengxin.policy.values import Rulebook
from chengxin.publication.rules import showing
from chengxin.publication.values import Case, Showing

ROUTE, DOCUMENTS, PROMISED = "repair.route", "repair.documents", "repair.promised_deadline"
BY_TIME: Final = "term"
NOT_OURS: Final = frozenset({"court", BY_TIME})
HIDDEN_FOR_GOOD: Final = frozenset({"sealed"})
_WORDS: Final = {
    "display": ("社会公示", "Shown to the public"),
    "use": ("共享和使用", "Shared and used by authorities"),
    "list": ("名单", "List entry"),
}


def way_out(
    case: Case, item: Item, on: date, book: Rulebook, *, measures: Sequence[Bound] = ()
) -> WayOut:
    """The way out of a record as it stands on day `on`; `measures` are those that bind.

    A natural person's record is never displayed, but it is used, and its use ends like any other.
    """
    route = book.on(on, ROUTE)
    code = str(route.value.get(item.code, BY_TIME))
    used = _use(case, item, on, book)
    shown = showing(_told(case, on), item, book)
    over = used.since is None or (used.until is not None and used.until <= on)
    documents = str(book.on(on, DOCUMENTS).value[code]).split(";")
    earliest = None if code in NOT_OURS else _earliest(used)
    ask_on = None if earliest is None else max(earliest, on)
    confirmed = used.confirmed and route.confirmed
    return WayOut(
        route=code,
        earliest=None if over else earliest,
        automatic=on if over else used.until,
        ask_on=None if over else ask_on,
        result_by=None if over or ask_on is None else due(PROMISED, ask_on, book).value,
        effects=() if over else tuple(_effects(shown, used, item, book, case, earliest, measures)),
        documents=tuple(one for one in documents if one != "none"),
        severity=used.severity,
        basis=tuple(dict.fromkeys([*(str(one) for one in used.basis), str(route.basis)])),
        confirmed=confirmed,
        barrier=_barrier(used, over=over, code=code, earliest=earliest, on=on),
    )


def may_ask(found: WayOut, on: date, book: Rulebook) -> None:
    """Whether a repair may be asked for, and granted, on day `on`.

    Raises: `NotAdverse`, `RepairElsewhere`, `RepairTooEarly`.
    """
    if found.barrier == "over":
        raise NotAdverse
    if found.barrier == "elsewhere":
        entry = book.codelist("repair_route").entry(found.route)
        raise RepairElsewhere(route=entry.label, route_en=entry.label_en, until=found.automatic)
    if found.earliest is not None and on < found.earliest:
        raise RepairTooEarly(earliest=found.earliest, basis="；".join(found.basis))


def _told(case: Case, on: date) -> Case:
    """As if told today where it was not: the plan is for the day it starts to matter."""
    return case if case.delivered_on is not None else replace(case, delivered_on=on)


def _use(case: Case, item: Item, on: date, book: Rulebook) -> Showing:
    """From when to when the record may be used, whoever it is about and whatever hides it now."""
    unhidden = case.hidden_by if case.hidden_by in HIDDEN_FOR_GOOD else ""
    kind = "legal_person" if case.subject_kind == "natural_person" else case.subject_kind
    bare = replace(
        _told(case, on),
        subject_kind=kind,
        disclosure=Disclosure.PUBLIC,
        under_check=False,
        linked=True,
        hidden_by=unhidden,
    )
    return showing(bare, item, book)


def _earliest(used: Showing) -> date | None:
    """First day a repair may be granted; not after the day it ends by itself."""
    if used.since is None or used.earliest_end is None:
        return None
    return used.earliest_end if used.until is None else min(used.earliest_end, used.until)


def _effects(
    shown: Showing,
    used: Showing,
    item: Item,
    book: Rulebook,
    case: Case,
    earliest: date | None,
    measures: Sequence[Bound],
) -> list[Effect]:
    found = []
    if shown.since is not None or shown.reason == "shielded":
        found.append(Effect("display", *_WORDS["display"], used.until, earliest))
    found.append(Effect("use", *_WORDS["use"], used.until, earliest))
    listed = book.consequences.list_of(item.code, case.facts.get("list_code", ""))
    if listed is not None:
        found.append(Effect("list", listed.label, listed.label_en, used.until, earliest))
    for one in measures:
        ends = [day for day in (used.until, one.until) if day is not None]
        until = min(ends, default=None)
        early = earliest if until is None or earliest is None else min(earliest, until)
        found.append(Effect("measure", one.label, one.label_en, until, early))
    return found


def _barrier(used: Showing, *, over: bool, code: str, earliest: date | None, on: date) -> str:
    if over:
        return "over"
    if code in NOT_OURS or earliest is None:
        return "elsewhere"
    if on < earliest:
        return "early"
    return "" if used.since is not None else "over"
