"""From a raw item to a compiled one: no basis, no item; no prohibited content, ever.

Law: the catalogue principle of 国办发〔2020〕49号; the prohibited content of
`rulebook/national/prohibited.yaml`, each with its own source.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from chengxin.catalogue.errors import item_fault
from chengxin.catalogue.field_rules import field_faults
from chengxin.catalogue.lawfulness import (
    basis_faults,
    end_faults,
    end_of_basis,
    grounded,
    list_faults,
    party_faults,
    person_faults,
)
from chengxin.catalogue.prohibited import prohibited_faults
from chengxin.catalogue.values import (
    Condition,
    Disclosure,
    Field,
    FieldType,
    Item,
    SubjectKind,
)
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import RawItem, Rulebook

CLASSES = "information_class"


def item_faults(raw: RawItem, book: Rulebook) -> list[RulebookFault]:
    """Everything that keeps a raw item from compiling."""
    found: list[RulebookFault] = []
    for check in _CHECKS:
        found += check(raw, book)
    return sorted(found)


def compile_raw(raw: RawItem, book: Rulebook) -> Item:
    """The item 目录事项 of a raw one that has no faults; it ends with its basis at the latest."""
    data = raw.data
    repealed_on, repealed = end_of_basis(raw, book) or (None, None)
    ends = [day for day in (_until(data), repealed_on) if day is not None]
    return Item(
        code=raw.code,
        label=data["label"],
        label_en=data["label_en"],
        class_code=data["class_code"],
        subject_kinds=tuple(SubjectKind(kind) for kind in data["subject_kinds"]),
        disclosure=Disclosure(data["disclosure"]),
        adverse=data["adverse"],
        basis=tuple(book.basis(one["law"], one["article"]) for one in data["basis"]),
        purpose=data["purpose"],
        purpose_en=data["purpose_en"],
        since=date.fromisoformat(data["since"]),
        until=min(ends, default=None),
        fields=tuple(_field(one) for one in data["fields"]),
        natural_key=tuple(data["natural_key"]),
        status=data.get("status", "confirmed"),
        person_disclosure=Disclosure(data.get("person_disclosure", Disclosure.BY_CONSENT)),
        parameters=data.get("parameters", {}),
        ends=tuple(data.get("ends", ())),
        repealed_on=repealed_on,
        repealed=repealed,
    )


def item_notices(raw: RawItem, book: Rulebook) -> list[RulebookFault]:
    """That an item stops by itself on the day its basis does; no fault."""
    found = end_of_basis(raw, book)
    if found is None:
        return []
    day, basis = found
    where, label = raw.where("basis"), raw.data["label"]
    return [item_fault("REPEALED", where, item=label, title=basis.law_title, until=day)]


def _field(data: Mapping[str, Any]) -> Field:
    plain = {key: value for key, value in data.items() if key not in {"status", *_CONVERTED}}
    converted = {key: convert(data[key]) for key, convert in _CONVERTED.items() if key in data}
    return Field(**plain, **converted)


def _condition(data: Mapping[str, Any]) -> Condition:
    return Condition(data["field"], tuple(data.get("is_in", ())))


_CONVERTED: Mapping[str, Callable[[Any], Any]] = {
    "type": FieldType,
    "required_when": _condition,
    "blank_when": _condition,
    "synonyms": tuple,
    "profiles": lambda data: {name: tuple(headers) for name, headers in data.items()},
}


def _until(data: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(data["until"]) if "until" in data else None


def _purpose(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    if not raw.data.get("purpose") or not raw.data.get("purpose_en"):
        yield grounded("NO-PURPOSE", raw, book, item=raw.data["label"])


def _names(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    for key, name in raw.data.get("parameters", {}).items():
        if name not in book.parameters:
            yield item_fault("UNKNOWN-PARAMETER", raw.where("parameters", key), name=name)
    classes = book.codelists.get(CLASSES)
    if classes is None or raw.data["class_code"] not in classes.by_code:
        yield item_fault("UNKNOWN-CLASS", raw.where("class_code"), name=raw.data["class_code"])


def _ends(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """The days that end publication are dates of the item."""
    del book
    types = {one["name"]: one.get("type") for one in raw.data["fields"]}
    for name in raw.data.get("ends", ()):
        if name not in types:
            yield item_fault("UNKNOWN-FIELD", raw.where("ends"), field="ends", name=name)
        elif types[name] != FieldType.DATE:
            yield item_fault("NOT-A-DATE", raw.where("ends"), field="ends", name=name)


_CHECKS: tuple[Callable[[RawItem, Rulebook], Iterator[RulebookFault]], ...] = (
    basis_faults,
    _purpose,
    person_faults,
    party_faults,
    list_faults,
    end_faults,
    _names,
    _ends,
    prohibited_faults,
    field_faults,
)
