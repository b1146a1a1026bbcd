"""What one file says about another: laws, articles, code lists, years."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.faults import fault
from chengxin.policy.reading.layers import Entry, Merged

SATURDAY = 5
SCENARIO_KEYS = frozenset(
    {
        "item",
        "subject_kind",
        "disclosure",
        "adverse",
        "recorded_on",
        "delivered_on",
        "revoked_on",
        "ended_on",
        "set_aside_on",
        "posted_on",
        "day",
        "decided_on",
        "list",
        "measure",
        "notified_on",
        "told_on",
        "proposed_by",
        "decided_by",
        "hearing_asked",
        "heard",
        "removed_on",
        "missing",
        "model",
        "business",
        "records",
    }
)


def check_references(merged: Merged) -> None:
    """Note every reference that leads nowhere, or to a law not in force."""
    for entry in merged.of("law").values():
        _follower(merged, entry)
    for entry in merged.of("parameter").values():
        _parameter(merged, entry)
    for entry in merged.of("codelist").values():
        _codelist(merged, entry)
    for kind in ("prohibition", "calendar"):
        for entry in merged.of(kind).values():
            check_basis(merged, entry, entry.data["basis"], "basis")
    for entry in merged.of("prohibition").values():
        _patterns(merged, entry)
    _gate_and_items(merged)
    for document in merged.scenarios:
        _scenario(merged, Entry(document.data, document))
    for entry in merged.of("unit").values():
        in_codelist(merged, entry, "region", entry.data["division"], "division")
    _calendar(merged)
    if not merged.of("site"):
        merged.faults.append(_missing("网站标识", "site identity", "<city>/site.yaml"))


def _gate_and_items(merged: Merged) -> None:
    for entry in merged.of("gate").values():
        for index, one in enumerate(entry.data["grounds"]):
            check_basis(merged, entry, one["basis"], "grounds", index)
    for code, item in merged.items.items.items():
        entry = merged.of("item")[code]
        for index, basis in enumerate(item.data.get("basis", ())):
            check_basis(merged, entry, basis, "basis", index)


def _follower(merged: Merged, entry: Entry) -> None:
    """The law said to follow another one is there."""
    name = entry.data.get("replaced_by")
    if name is not None and name not in merged.of("law"):
        merged.fault("UNKNOWN-LAW", entry, "replaced_by", law=name)


def check_basis(
    merged: Merged, entry: Entry, basis: Mapping[str, str], *path: str | int
) -> Mapping[str, Any] | None:
    """The law a basis names; None, with a fault, if law or article is not listed."""
    law = merged.of("law").get(basis["law"])
    if law is None:
        merged.fault("UNKNOWN-LAW", entry, *path, law=basis["law"])
        return None
    listed = {one["article"] for one in law.data.get("articles", ())}
    if basis["article"] and basis["article"] not in listed:
        merged.fault(
            "UNKNOWN-ARTICLE", entry, *path, title=law.data["title"], article=basis["article"]
        )
    return law.data


def _parameter(merged: Merged, entry: Entry) -> None:
    values = entry.data["values"]
    days = [value["since"] for value in values]
    if days != sorted(set(days), reverse=True):
        merged.fault("ORDER", entry, "values")
    for index, value in enumerate(values):
        here = ("values", index, "basis")
        law = check_basis(merged, entry, value["basis"], *here)
        if law is None:
            continue
        if law["since"] > value["since"] and not value.get("retroactive"):
            merged.fault("LAW-NOT-IN-FORCE", entry, *here, title=law["title"], day=value["since"])
        end = value.get("until") or (values[index - 1]["since"] if index else None)
        ends = "until" in law and "replaced_by" not in law
        if ends and (end is None or end > law["until"]):
            merged.notice("LAW-REPEALED", entry, *here, title=law["title"], until=law["until"])
        _parameter_codes(merged, entry, index, value["value"])
        _parameter_keys(merged, entry, index, value)


def _parameter_codes(merged: Merged, entry: Entry, index: int, value: Any) -> None:
    here = ("values", index, "value")
    table = value if isinstance(value, dict) else {"": value}
    for key, one in table.items():
        if "codelist" in entry.data:
            in_codelist(merged, entry, entry.data["codelist"], one, *here, key)


def _parameter_keys(merged: Merged, entry: Entry, index: int, value: Mapping[str, Any]) -> None:
    """The keys of a mapping are codes of the list `keys` names, or written under `extra_keys`."""
    if not isinstance(value["value"], dict):
        return
    extra = entry.data.get("extra_keys", ())
    for key in value["value"]:
        if key in extra:
            continue
        if "keys" in entry.data:
            in_codelist(merged, entry, entry.data["keys"], key, "values", index, "value", key)
        else:
            merged.fault("UNKNOWN-KEY", entry, "values", index, "value", key, key=key)
    for key in value.get("unconfirmed", ()):
        if key not in value["value"]:
            merged.fault("UNKNOWN-KEY", entry, "values", index, "unconfirmed", key=key)


def _patterns(merged: Merged, entry: Entry) -> None:
    for index, text in enumerate(entry.data.get("patterns", ())):
        try:
            re.compile(text)
        except re.error as error:
            merged.fault("PATTERN", entry, "patterns", index, text=text, problem=str(error))


def _scenario(merged: Merged, entry: Entry) -> None:
    """A worked case speaks of an item that is there, and gives only what an item or act has."""
    given = entry.data["given"]
    item = merged.items.items.get(given.get("item", ""))
    if "item" in given and item is None:
        merged.fault("UNKNOWN-ITEM", entry, "given", "item", name=given["item"])
    named = {"list": "UNKNOWN-LIST", "measure": "UNKNOWN-MEASURE", "model": "UNKNOWN-MODEL"}
    for kind, cause in named.items():
        if kind in given and given[kind] not in merged.of(kind):
            merged.fault(cause, entry, "given", kind, name=given[kind])
    fields = {one["name"] for one in item.data["fields"]} if item else {"penalty_kind", "severity"}
    for key in given:
        if key not in SCENARIO_KEYS | fields:
            merged.fault("UNKNOWN-KEY", entry, "given", key, key=key)


def _codelist(merged: Merged, entry: Entry) -> None:
    for index, basis in enumerate(entry.data.get("basis", ())):
        check_basis(merged, entry, basis, "basis", index)
    seen: set[str] = set()
    target = entry.data.get("crosswalk_to")
    for index, one in enumerate(entry.data["entries"]):
        if one["code"] in seen:
            merged.fault("DUPLICATE-KEY", entry, "entries", index, key=one["code"])
        seen.add(one["code"])
        for place, basis in enumerate(one.get("basis", ())):
            check_basis(merged, entry, basis, "entries", index, "basis", place)
        for code in one.get("maps_to", ()):
            in_codelist(merged, entry, target or "?", code, "entries", index, "maps_to")


def in_codelist(merged: Merged, entry: Entry, name: str, code: Any, *path: str | int) -> None:
    """Note a code that is not in the code list of that name."""
    codelist = merged.of("codelist").get(name)
    if codelist is None:
        merged.fault("UNKNOWN-CODELIST", entry, *path, name=name)
    elif code not in {one["code"] for one in codelist.data["entries"]}:
        merged.fault("UNKNOWN-CODE", entry, *path, code=code, name=name)


def _calendar(merged: Merged) -> None:
    years = {int(name): entry for name, entry in merged.of("calendar").items()}
    if not years:
        merged.faults.append(_missing("工作日历", "working-day calendar", "national/calendar"))
        return
    for year in range(min(years), max(years)):
        if year not in years:
            merged.fault("CALENDAR-GAP", years[min(years)], year=year)
    for year, entry in years.items():
        for key, index, day, zh, en in _odd_days(entry, year):
            merged.fault("CALENDAR", entry, key, index, day=day, problem_zh=zh, problem_en=en)


def _odd_days(entry: Entry, year: int) -> Iterator[tuple[str, int, str, str, str]]:
    for key in ("off", "working"):
        for index, text in enumerate(entry.data[key]):
            day = date.fromisoformat(text)
            weekend = day.weekday() >= SATURDAY
            if day.year != year:
                yield key, index, text, f"不在{year}年内", f"is not in {year}"
            elif key == "off" and weekend:
                yield key, index, text, "是周末，本来就放假", "is a weekend day and off anyway"
            elif key == "working" and not weekend:
                yield key, index, text, "不是周末，本来就上班", "is a weekday and worked anyway"


def _missing(zh: str, en: str, file: str) -> RulebookFault:
    return fault("MISSING-PART", file, 1, what=zh, what_en=en, file=file)
