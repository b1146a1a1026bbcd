"""From a raw item to a compiled one: no basis, no item; no prohibited content, ever.

Law: the catalogue principle of 国办发〔2020〕49号; the prohibited content of
`rulebook/national/prohibited.yaml`, each with its own source.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from chengxin.catalogue.errors import item_fault
from chengxin.catalogue.field_rules import field_faults
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
    """The item 目录事项 of a raw one that has no faults."""
    data = raw.data
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
        until=_until(data),
        fields=tuple(_field(one) for one in data["fields"]),
        natural_key=tuple(data["natural_key"]),
        status=data.get("status", "confirmed"),
        person_disclosure=Disclosure(data.get("person_disclosure", Disclosure.BY_CONSENT)),
        parameters=data.get("parameters", {}),
    )


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


def _basis(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    cited = raw.data.get("basis", ())
    if not cited:
        yield item_fault("NO-BASIS", raw.where(), item=raw.data["label"])
        return
    laws = [book.laws[one["law"]] for one in cited]
    where, label = raw.where("basis"), raw.data["label"]
    if all(law.level == "standard" for law in laws):
        yield item_fault("WEAK-BASIS", where, item=label)
    since, until = date.fromisoformat(raw.data["since"]), _until(raw.data)
    if not any(law.in_force(since) for law in laws):
        yield item_fault("BASIS-NOT-IN-FORCE", where, item=label, day=since)
    for law in laws:
        if law.until is not None and (until is None or until > law.until):
            yield item_fault("REPEALED", where, item=label, title=law.title, until=law.until)


def _purpose(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    del book
    if not raw.data.get("purpose") or not raw.data.get("purpose_en"):
        yield item_fault("NO-PURPOSE", raw.where(), item=raw.data["label"])


def _openness(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    del book
    if raw.data.get("person_disclosure") == Disclosure.PUBLIC:
        yield item_fault("PERSON-PUBLIC", raw.where("person_disclosure"))


def _names(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    for key, name in raw.data.get("parameters", {}).items():
        if name not in book.parameters:
            yield item_fault("UNKNOWN-PARAMETER", raw.where("parameters", key), name=name)
    classes = book.codelists.get(CLASSES)
    if classes is None or raw.data["class_code"] not in classes.by_code:
        yield item_fault("UNKNOWN-CLASS", raw.where("class_code"), name=raw.data["class_code"])


_CHECKS: tuple[Callable[[RawItem, Rulebook], Iterator[RulebookFault]], ...] = (
    _basis,
    _purpose,
    _openness,
    _names,
    prohibited_faults,
    field_faults,
)
