"""What lists and measures may not be: without law, without end, without anyone to answer for
them, about persons, about basic needs, or by counting. Charter 1, 2, 7, 8.
"""  # noqa: D205

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from chengxin.policy.reading.layers import Entry, Merged
from chengxin.policy.reading.references import check_basis, in_codelist

TEXTS: Final = (
    "label", "label_en", "object", "object_en", "content", "content_en", "removal_terms",
    "removal_terms_en", "note",
)  # fmt: skip
TOUCHED: Final = ("label", "label_en", "object", "object_en", "content", "content_en")
PERSON: Final = "natural_person"
NO_END: Final = "9999-12-31"
Laws = Sequence[Mapping[str, Any]]


def check_consequences(merged: Merged) -> None:
    """Note what is wrong with each list and measure, and with who answers for it."""
    _functions(merged)
    for entry in merged.of("list").values():
        _both(merged, entry, "list")
        _list(merged, entry)
    for entry in merged.of("measure").values():
        _both(merged, entry, "measure")
        _measure(merged, entry)
    _overlaps(merged)


def _functions(merged: Merged) -> None:
    for entry in merged.of("function").values():
        for index, unit in enumerate(entry.data["units"]):
            if unit not in merged.of("unit"):
                merged.fault("UNKNOWN-UNIT", entry, "units", index, name=unit)
    for entry in merged.of("limits").values():
        check_basis(merged, entry, entry.data["counting_basis"], "counting_basis")
        for index, one in enumerate(entry.data["protected"]):
            check_basis(merged, entry, one["basis"], "protected", index, "basis")


def _both(merged: Merged, entry: Entry, kind: str) -> None:
    data, label = entry.data, entry.data["label"]
    if PERSON in data["subject_kinds"]:
        merged.fault("REACHES-PERSON", entry, "subject_kinds", name=label)
    _law(merged, entry, kind)
    if not data.get("until", NO_END) > data["since"]:
        merged.fault("NO-TIME", entry, "until", name=label)
    for key, text in _texts(data, TEXTS):
        if _counts(merged, text):
            merged.fault("COUNTS", entry, key, text=text)


def _law(merged: Merged, entry: Entry, kind: str) -> None:
    """It rests on a law of sufficient rank that was in force when it began; its end is told."""
    data, bases = entry.data, entry.data.get("basis", ())
    found: list[Mapping[str, Any]] = []
    for index, basis in enumerate(bases):
        law = check_basis(merged, entry, basis, "basis", index)
        if law is None:
            return  # said already
        found.append(law)
        if "until" not in law or "replaced_by" in law:
            continue
        facts = {"title": law["title"], "until": law["until"], "name": data["label"]}
        if law["until"] <= data["since"]:
            merged.fault("RESTS-ON-REPEALED", entry, "basis", index, **facts)
        elif data.get("until", NO_END) > law["until"]:
            merged.notice("ENDS-WITH-LAW", entry, "basis", index, **facts)
    if not _enough(merged, entry, found):
        cause = "LIST-NO-LAW" if kind == "list" else "MEASURE-NO-LAW"
        merged.fault(cause, entry, "basis", name=data["label"])
    elif not any(law["since"] <= data["since"] for law in found):
        titles = "、".join(law["title"] for law in found)
        merged.fault("LAW-NOT-IN-FORCE", entry, "basis", title=titles, day=data["since"])


def _enough(merged: Merged, entry: Entry, laws: Laws) -> bool:
    local = not entry.file.startswith("national/")
    for gate in merged.of("gate").values():
        levels = gate.data["levels"]["local_item" if local else "list"]
        return any(law["level"] in levels and "framework" not in law for law in laws)
    return bool(laws)


def _list(merged: Merged, entry: Entry) -> None:
    data, label = entry.data, entry.data["label"]
    items = (("item", data["item"]), *(("evidence", one) for one in data.get("evidence", ())))
    for key, item in items:
        if item not in merged.items.items:
            merged.fault("UNKNOWN-ITEM", entry, key, name=item)
    if "item_code" in data:
        in_codelist(merged, entry, "breach_list", data["item_code"], "item_code")
    for key in ("statement_period", "term", "early_removal"):
        _parameter(merged, entry, key)
    if data["nature"] == "adverse" and "term" not in data:
        merged.fault("NO-END", entry, "code", name=label)
    if data["made_by"] != "decision":
        return
    if not _units(merged, data.get("decided_by", "")):
        merged.fault("LIST-NOBODY", entry, "decided_by", name=label)
    if "statement_period" not in data or not data.get("evidence"):
        merged.fault("NO-NOTICE", entry, "made_by", name=label)


def _measure(merged: Merged, entry: Entry) -> None:
    data, label = entry.data, entry.data["label"]
    in_codelist(merged, entry, "measure_kind", data["kind"], "kind")
    _parameter(merged, entry, "waiting_period")
    lists = merged.of("list")
    for index, code in enumerate(data["lists"]):
        if code not in lists:
            merged.fault("UNKNOWN-LIST", entry, "lists", index, name=code)
            continue
        wanted = "adverse" if data["nature"] == "constraint" else "honour"
        if lists[code].data["nature"] != wanted:
            merged.fault("WRONG-LIST", entry, "lists", index, name=label, other=code)
    if "ends" not in data:
        merged.fault("NO-END", entry, "code", name=label)
    if data["nature"] == "constraint" and "waiting_period" not in data:
        merged.fault("NO-NOTICE", entry, "code", name=label)
    if not _units(merged, data.get("executed_by", "")):
        merged.fault("MEASURE-NOBODY", entry, "executed_by", name=label)
    for key, what in _protected(merged, data):
        merged.fault("PROTECTED-OBJECT", entry, key, name=label, what=what[0], what_en=what[1])


def _parameter(merged: Merged, entry: Entry, key: str) -> None:
    name = entry.data.get(key)
    if name is not None and name not in merged.of("parameter"):
        merged.fault("UNKNOWN-PARAMETER", entry, key, name=name)


def _units(merged: Merged, name: str) -> Sequence[str]:
    found = merged.of("function").get(name)
    return found.data["units"] if found is not None else ()


def _texts(data: Mapping[str, Any], keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        if key in data:
            yield key, re.sub(r"\s", "", data[key]).lower()


def _counts(merged: Merged, text: str) -> bool:
    patterns = (one for entry in merged.of("limits").values() for one in entry.data["counting"])
    return any(re.search(one, text) for one in patterns)


def _protected(merged: Merged, data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each text that touches basic welfare, schooling or medical care; one finding per need."""
    for entry in merged.of("limits").values():
        for one in entry.data["protected"]:
            words = [re.sub(r"\s", "", word) for word in (*one["words"], *one["words_en"])]
            for key, text in _texts(data, TOUCHED):
                if any(word in text for word in words):
                    yield key, (one["label"], one["label_en"])
                    break


def _overlaps(merged: Merged) -> None:
    """Two of the same at the same time: one could not say which applies."""
    lists = [
        ((one.data["item"], one.data.get("item_code", "")), one)
        for one in merged.of("list").values()
    ]
    measures = [
        ((one.data["kind"], one.data["object"], one.data.get("executed_by", ""), code), one)
        for one in merged.of("measure").values()
        for code in one.data["lists"]
    ]
    for group in (lists, measures):
        for (key, left), (other, right) in combinations(group, 2):
            if key == other and left is not right and _meet(left.data, right.data):
                facts = {"name": right.data["label"], "other": left.data["label"]}
                merged.fault("OVERLAP", right, "since", **facts)


def _meet(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    start = max(left["since"], right["since"])
    return bool(start < min(left.get("until", NO_END), right.get("until", NO_END)))
