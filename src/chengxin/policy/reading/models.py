"""Models of evaluation as files write them: checked, each fault with its sentence; then built."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Protocol

from chengxin.law.values import CONFIRMED, Basis
from chengxin.policy.reading.conditions import FactTypes, check_condition, condition_of
from chengxin.policy.reading.layers import Entry, Merged
from chengxin.policy.reading.references import in_codelist
from chengxin.policy.reading.terms import check_rests_on
from chengxin.policy.values.models import (
    Clause,
    Effect,
    Expiry,
    Factor,
    Grade,
    Model,
    ModelKind,
    ModelSubject,
)

Data = Mapping[str, Any]
PERSON: Final = "natural_person"
TIER: Final = "supervision_tier"


class Sources(Protocol):
    """Turns a written basis into one with its title, and knows when its law ends."""

    def basis(self, data: Data) -> Basis:
        """The basis of `{law, article}`."""

    def end_of(self, data: Data) -> date | None:
        """The day its law ends, if it does."""


def check_models(merged: Merged) -> None:
    """Note every fault of every model."""
    types = FactTypes(merged)
    for entry in merged.of("model").values():
        check_rests_on(merged, entry)
        _persons(merged, entry)
        _names(merged, entry)
        _grades(merged, entry)
        for path, one in _factors(entry.data):
            _factor(merged, types, entry, path, one)
        for index, clause in enumerate(entry.data.get("covers", ())):
            _clause(merged, types, entry, ("covers", index), clause)


def _persons(merged: Merged, entry: Entry) -> None:
    """No model reaches a natural person 自然人: neither as its subject nor by an item."""
    kinds = entry.data["subject_kinds"]
    for index, kind in enumerate(kinds):
        if kind not in {one.value for one in ModelSubject}:
            merged.fault("GRADES-PERSONS", entry, "subject_kinds", index, label=entry.data["label"])
    for path, code in _items(entry.data):
        raw = merged.items.items.get(code)
        if raw is None:
            merged.fault("UNKNOWN-ITEM", entry, *path, name=code)
            continue
        if set(raw.data["subject_kinds"]) == {PERSON}:
            merged.fault("GRADES-PERSONS", entry, *path, label=entry.data["label"])
        if entry.data["disclosure"] == "public" and raw.data["disclosure"] != "public":
            merged.notice("TELLS-SECRET", entry, *path, item=raw.data["label"])


def _items(data: Data) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for path, one in _factors(data):
        yield (*path, "item"), one["item"]
    for index, clause in enumerate(data.get("covers", ())):
        if "item" in clause:
            yield ("covers", index, "item"), clause["item"]


def _factors(data: Data) -> Iterator[tuple[tuple[str | int, ...], Data]]:
    for key in ("factors", "cases"):
        for index, one in enumerate(data.get(key, ())):
            yield (key, index), one


def _names(merged: Merged, entry: Entry) -> None:
    if entry.data["decided_by"] not in merged.of("unit"):
        merged.fault("NOBODY-DECIDES", entry, "decided_by", unit=entry.data["decided_by"])
    seen: set[str] = set()
    for path, one in (*_factors(entry.data), *_listed(entry.data, "grades")):
        if one["code"] in seen:
            merged.fault("DUPLICATE-KEY", entry, *path, key=one["code"])
        seen.add(one["code"])
    replaced = entry.data.get("replaces", "")
    other = merged.of("model").get(replaced)
    if replaced and other is None:
        merged.fault("UNKNOWN-MODEL", entry, "replaces", name=replaced)
    if other is not None and other.data.get("until", "9999-12-31") > entry.data["since"]:
        merged.fault(
            "MODEL-OVERLAP", entry, "since", other=other.data["label"], day=entry.data["since"]
        )
    for index, grade in enumerate(entry.data["grades"]):
        for number, effect in enumerate(grade.get("effects", ())):
            path = ("grades", index, "effects", number)
            check_rests_on(merged, entry, effect, path)
            if effect["code"] == TIER:
                _tier(merged, entry, effect, path)


def _tier(merged: Merged, entry: Entry, effect: Data, path: tuple[str | int, ...]) -> None:
    """A tier 监管分级 is one of the list, and of an open model: draws make tiers public."""
    in_codelist(merged, entry, TIER, effect.get("value", ""), *path, "value")
    if entry.data["disclosure"] != "public":
        merged.fault("TIER-TELLS", entry, *path, label=entry.data["label"])


def _listed(data: Data, key: str) -> list[tuple[tuple[str | int, ...], Data]]:
    return [((key, index), one) for index, one in enumerate(data[key])]


def _grades(merged: Merged, entry: Entry) -> None:
    """Bands run from the ceiling down to the floor; having no record never gives a bad grade."""
    data = entry.data
    known = {one["code"]: one for one in data["grades"]}
    for path, one in _factors(data):
        if "grade" in one and one["grade"] not in known:
            merged.fault("UNKNOWN-GRADE", entry, *path, "grade", grade=one["grade"])
    if data["kind"] == ModelKind.POINTS:
        bands = [one.get("at_least") for one in data["grades"]]
        between = data["floor"] <= data["start"] <= data["ceiling"]
        fall = None not in bands and bands == sorted(set(bands), reverse=True)
        if not fall or bands[-1] != data["floor"] or not between:
            merged.fault("BANDS", entry, "grades", floor=data["floor"])
            return
    first = _without_record(data)
    if first and first not in known:
        merged.fault("UNKNOWN-GRADE", entry, "otherwise", grade=first)
    elif first and known[first]["adverse"]:
        merged.fault("WORSE-FOR-NO-RECORD", entry, "grades", grade=known[first]["label"])


def _without_record(data: Data) -> str:
    if data["kind"] != ModelKind.POINTS:
        return str(data.get("otherwise", ""))
    fitting = (one["code"] for one in data["grades"] if one["at_least"] <= data["start"])
    return str(next(fitting, ""))


def _factor(
    merged: Merged, types: FactTypes, entry: Entry, path: tuple[str | int, ...], one: Data
) -> None:
    check_rests_on(merged, entry, one, path)
    if "times" in one:
        merged.fault("COUNTING", entry, *path, "times", label=one["label"])
    if _against(entry.data, one) and "expires" not in one:
        merged.fault("MODEL-NO-END", entry, *path, label=one["label"])
    name = one.get("expires", {}).get("field")
    known = types.of(f"{one['item']}.{name}") if name else None
    if name and (known is None or known.kind != "date"):
        merged.fault("UNKNOWN-FACT", entry, *path, "expires", name=name, known="date")
    _clause(merged, types, entry, path, one)


def _against(data: Data, one: Data) -> bool:
    if "points" in one:
        return bool(one["points"] < 0)
    return any(grade["adverse"] for grade in data["grades"] if grade["code"] == one.get("grade"))


def _clause(
    merged: Merged, types: FactTypes, entry: Entry, path: tuple[str | int, ...], one: Data
) -> None:
    if "when" in one:
        items = frozenset({one["item"]} if "item" in one else ())
        check_condition(merged, types, entry, one["when"], (*path, "when"), items)


def build_models(merged: Merged, sources: Sources) -> dict[str, Model]:
    """The models of entries that have no faults."""
    types = FactTypes(merged)
    return {name: _model(one.data, types, sources) for name, one in merged.of("model").items()}


def _open(data: Data, types: FactTypes) -> bool:
    """Whether the public may see it: its reasons would tell what it rests on."""
    items = (types.item(code) for _, code in _items(data))
    open_items = all(one is not None and one["disclosure"] == "public" for one in items)
    return data["disclosure"] == "public" and open_items


def _model(data: Data, types: FactTypes, sources: Sources) -> Model:
    ends = [date.fromisoformat(data["until"])] if "until" in data else []
    ends += [day for one in data["basis"] if (day := sources.end_of(one)) is not None]
    return Model(
        code=data["code"],
        label=data["label"],
        label_en=data["label_en"],
        kind=ModelKind(data["kind"]),
        subject_kinds=tuple(ModelSubject(one) for one in data["subject_kinds"]),
        decided_by=data["decided_by"],
        public=_open(data, types),
        since=date.fromisoformat(data["since"]),
        until=min(ends, default=None),
        basis=tuple(sources.basis(one) for one in data["basis"]),
        grades=tuple(_grade(one, sources) for one in data["grades"]),
        factors=tuple(_made(one, types, sources) for _, one in _factors(data)),
        covers=tuple(_clause_of(one, types) for one in data.get("covers", ())),
        start=data.get("start", 0),
        floor=data.get("floor", 0),
        ceiling=data.get("ceiling", 0),
        otherwise=_without_record(data),
        status=data.get("status", CONFIRMED),
        note=data.get("note", ""),
        note_en=data.get("note_en", ""),
        data=data,
    )


def _grade(data: Data, sources: Sources) -> Grade:
    effects = tuple(
        Effect(
            one["code"],
            one["label"],
            one["label_en"],
            sources.basis(one["basis"]),
            one.get("value", ""),
            one.get("unit", ""),
            one.get("status", CONFIRMED),
        )
        for one in data.get("effects", ())
    )
    labels = (data["label"], data["label_en"])
    return Grade(data["code"], *labels, data["adverse"], data.get("at_least"), effects)


def _made(data: Data, types: FactTypes, sources: Sources) -> Factor:
    expires = data.get("expires")
    return Factor(
        data["code"],
        data["label"],
        data["label_en"],
        _clause_of(data, types),
        sources.basis(data["basis"]),
        data.get("points", 0),
        data.get("grade", ""),
        Expiry(expires.get("months"), expires.get("field", "")) if expires else None,
        data.get("cap"),
        data.get("status", CONFIRMED),
    )


def _clause_of(data: Data, types: FactTypes) -> Clause:
    when = condition_of(data["when"], types) if "when" in data else None
    return Clause(data.get("item", ""), when)
