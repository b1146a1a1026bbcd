"""Conditions as files write them, typed by the catalogue: read, or refused with file and line.

A condition is `all: [...]`, `any: [...]`, or one test `{fact: penalty.severity, is: serious}`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from chengxin.policy.reading.layers import Entry, Merged
from chengxin.policy.rules.conditions import AMOUNT, INTEGER, read_day
from chengxin.policy.values import conditions as tree
from chengxin.policy.values.conditions import FITTING, FactKind, Op

Data = Mapping[str, Any]
Path = tuple[str | int, ...]

SUBJECT: Final = "subject"
HISTORICAL: Final = "historical_severity"
"""The province's level of 2013: kept as a label, it drives nothing."""
KINDS: Final[Mapping[str, FactKind]] = {
    "code": FactKind.CODE,
    "codes": FactKind.CODES,
    "date": FactKind.DATE,
    "amount": FactKind.AMOUNT,
    "integer": FactKind.INTEGER,
    "boolean": FactKind.BOOLEAN,
}
OF_SUBJECTS: Final[Mapping[str, tuple[str, str, FactKind, str]]] = {
    "division": ("所在区划", "Division", FactKind.CODE, "region"),
    "sector": ("行业门类", "Sector", FactKind.CODE, "industry"),
    "registered_on": ("登记日期", "Registered on", FactKind.DATE, ""),
}
"""What a condition may ask of the organisation itself: name → labels, kind, code list."""
UNIT: Final = "unit"


@dataclass(frozen=True)
class FactType:
    """What a fact is: its kind, its labels, the codes it may have (code → labels)."""

    kind: FactKind
    label: str
    label_en: str
    codelist: str = ""
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    personal: bool = False


class FactTypes:
    """Every fact a condition may ask about, by its full name."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        self._known: dict[str, FactType | None] = {}

    def of(self, name: str) -> FactType | None:
        """The fact of that name, or None if there is none."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def fields_of(self, item: str) -> Mapping[str, Data]:
        """The fields of an item by name; empty if there is no such item."""
        raw = self._merged.items.items.get(item)
        return {one["name"]: one for one in raw.data["fields"]} if raw else {}

    def item(self, code: str) -> Data | None:
        """What the catalogue says of an item, or None."""
        raw = self._merged.items.items.get(code)
        return raw.data if raw else None

    def _find(self, name: str) -> FactType | None:
        item, dot, part = name.partition(".")
        if item == SUBJECT:
            found = OF_SUBJECTS.get(part)
            return self._typed(*found) if found else None
        data = self.item(item)
        if data is None:
            return None
        if not dot:
            return FactType(FactKind.RECORD, data["label"], data["label_en"])
        if part == UNIT:
            units = self._merged.of("unit").items()
            codes = {code: (one.data["name"], one.data["name_en"]) for code, one in units}
            return FactType(FactKind.CODE, "来源单位", "Source unit", "units", codes)
        return self._field(self.fields_of(item).get(part))

    def _field(self, data: Data | None) -> FactType | None:
        if data is None:
            return None
        kind = KINDS.get(data["type"], FactKind.TEXT)
        personal = bool(data.get("personal"))
        named = data.get("codelist", "") if kind in (FactKind.CODE, FactKind.CODES) else ""
        return self._typed(data["label"], data["label_en"], kind, named, personal=personal)

    def _typed(
        self, label: str, label_en: str, kind: FactKind, codelist: str, *, personal: bool = False
    ) -> FactType:
        entry = self._merged.of("codelist").get(codelist)
        entries = entry.data["entries"] if entry else ()
        codes = {one["code"]: (one["label"], one["label_en"]) for one in entries}
        return FactType(kind, label, label_en, codelist, codes, personal)


def condition_of(data: Data, types: FactTypes) -> tree.Condition:
    """The condition a file writes; it has been checked before."""
    for word, made in (("all", tree.All), ("any", tree.Any)):
        if word in data:
            return made(tuple(condition_of(one, types) for one in data[word]))
    op, value = _op_of(data)
    values = tuple(_text(one) for one in (value if isinstance(value, list) else [value]))
    known = types.of(data["fact"])
    if known is None:
        raise KeyError(data["fact"])
    named = [known.codes.get(one, (one, one)) for one in values]
    return tree.Test(
        data["fact"],
        op,
        values,
        known.kind,
        known.label,
        known.label_en,
        "、".join(zh for zh, _ in named),
        ", ".join(en for _, en in named),
    )


def check_condition(
    merged: Merged, types: FactTypes, entry: Entry, data: Data, path: Path, items: frozenset[str]
) -> None:
    """Note what is wrong with a condition at `path` of an entry.

    `items` are those it may ask about: a condition on the records of one item asks nothing of
    another's. `subject` is always among them.
    """
    if not _well_formed(data):
        merged.fault("CONDITION", entry, *path, tests="、".join(Op))
        return
    for word in ("all", "any"):
        if word in data:
            for index, one in enumerate(data[word]):
                check_condition(merged, types, entry, one, (*path, word, index), items)
            return
    name = data["fact"]
    known = types.of(name)
    if known is None or name.partition(".")[0] not in items | {SUBJECT}:
        merged.fault("UNKNOWN-FACT", entry, *path, name=name, known=_near(name, types, items))
        return
    if name.rpartition(".")[2] == HISTORICAL:
        merged.fault("DRIVES-NOTHING", entry, *path, name=name)
    if known.personal:
        merged.fault("PERSONAL-FACT", entry, *path, name=name)
    for cause, facts in _value_faults(data, known):
        merged.fault(cause, entry, *path, **{"name": name, **facts})


def _well_formed(data: Any) -> bool:
    """Whether it is `all`, `any` or one test, of the kind of value that the test takes."""
    if not isinstance(data, Mapping):
        return False
    for word in ("all", "any"):
        if word in data:
            return len(data) == 1 and isinstance(data[word], list) and bool(data[word])
    tests = [key for key in data if key != "fact"]
    if not isinstance(data.get("fact"), str) or len(tests) != 1 or tests[0] not in set(Op):
        return False
    value = data[tests[0]]
    wanted = {Op.IN: list, Op.HELD: bool, Op.WITHIN_MONTHS: int}.get(Op(tests[0]))
    if wanted is None:
        return isinstance(value, str | int)
    return isinstance(value, wanted) and (wanted is not list or bool(value))


def _near(name: str, types: FactTypes, items: frozenset[str]) -> str:
    item = name.partition(".")[0]
    if item == SUBJECT:
        return "、".join(f"{SUBJECT}.{one}" for one in OF_SUBJECTS)
    fields = types.fields_of(item) if item in items else {}
    return "、".join(fields) or "、".join(sorted(items))


def _value_faults(data: Data, known: FactType) -> Iterator[tuple[str, dict[str, Any]]]:
    op, value = _op_of(data)
    if known.kind not in FITTING[op]:
        yield "WRONG-TEST", {"test": op.value, "kind": known.kind.value}
        return
    values = value if isinstance(value, list) else [value]
    for one in map(_text, values):
        if op is Op.HELD or op is Op.WITHIN_MONTHS:
            continue
        if known.codes and one not in known.codes:
            yield "UNKNOWN-CODE", {"code": one, "name": known.codelist}
        elif not _readable(one, known.kind):
            yield "WRONG-VALUE", {"value": one, "kind": known.kind.value}


def _readable(text: str, kind: FactKind) -> bool:
    match kind:
        case FactKind.DATE:
            return read_day(text) is not None
        case FactKind.AMOUNT:
            return AMOUNT.fullmatch(text) is not None
        case FactKind.INTEGER:
            return INTEGER.fullmatch(text) is not None
        case FactKind.BOOLEAN:
            return text in {"true", "false"}
    return True


def _op_of(data: Data) -> tuple[Op, Any]:
    ((op, value),) = ((Op(key), one) for key, one in data.items() if key != "fact")
    return op, value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
