"""What must hold between the fields 数据项 of an item before it compiles."""

from collections.abc import Iterator, Mapping
from typing import Any

from chengxin.catalogue.errors import item_fault
from chengxin.catalogue.values import RECEIVED_ON, FieldType
from chengxin.kernel.text import normalise_text
from chengxin.policy.errors import RulebookFault
from chengxin.policy.values import RawItem, Rulebook

Fields = Mapping[str, Mapping[str, Any]]

NEEDED = ("label", "label_en", "type")
CODED = {FieldType.CODE, FieldType.CODES}


def field_faults(raw: RawItem, book: Rulebook) -> Iterator[RulebookFault]:
    """Everything wrong with the fields of a raw item."""
    fields: dict[str, Mapping[str, Any]] = {}
    for one in raw.data["fields"]:
        if one["name"] in fields:
            yield _fault("DUPLICATE-FIELD", raw, one["name"])
        fields[one["name"]] = one
    for name, one in fields.items():
        missing = [key for key in NEEDED if key not in one]
        if missing:
            yield _fault("INCOMPLETE-FIELD", raw, name, missing="、".join(missing))
            continue
        yield from _one(raw, book, name, one)
        yield from _dates(raw, fields, name, one)
        for key in ("required_when", "blank_when"):
            if key in one:
                yield from _condition(raw, book, fields, name, key)
        yield from _named(raw, fields, name, one)
    for name in raw.data["natural_key"]:
        if name not in fields:
            yield item_fault(
                "UNKNOWN-FIELD", raw.where("natural_key"), field="natural_key", name=name
            )
    yield from _headers(raw, fields)


def _fault(cause: str, raw: RawItem, field: str, key: str = "", **facts: Any) -> RulebookFault:
    path = ("fields", field, key) if key else ("fields", field)
    return item_fault(cause, raw.where(*path), field=field, **facts)


def _one(
    raw: RawItem, book: Rulebook, name: str, one: Mapping[str, Any]
) -> Iterator[RulebookFault]:
    if one.get("personal") and one.get("public", True):
        yield _fault("PERSONAL-PUBLIC", raw, name)
    if one["type"] in CODED and "codelist" not in one:
        yield _fault("NO-CODELIST", raw, name)
    if one["type"] == FieldType.AMOUNT and "source_unit" not in one:
        yield _fault("NO-UNIT", raw, name)
    lists = [one["codelist"]] if "codelist" in one else []
    for code in (*lists, *one.get("profile_codelists", {}).values()):
        if code not in book.codelists:
            yield _fault("UNKNOWN-CODELIST", raw, name, "codelist", name=code)


def _dates(
    raw: RawItem, fields: Fields, name: str, one: Mapping[str, Any]
) -> Iterator[RulebookFault]:
    for key in ("not_before", "not_after"):
        other = one.get(key)
        if other is None or (key == "not_after" and other == RECEIVED_ON):
            continue
        if other not in fields:
            yield _fault("UNKNOWN-FIELD", raw, name, key, name=other)
        elif one["type"] != FieldType.DATE or fields[other].get("type") != FieldType.DATE:
            yield _fault("NOT-A-DATE", raw, name, key, name=other)


def _named(
    raw: RawItem, fields: Fields, name: str, one: Mapping[str, Any]
) -> Iterator[RulebookFault]:
    other = one.get("kind_from")
    if other is not None and other not in fields:
        yield _fault("UNKNOWN-FIELD", raw, name, "kind_from", name=other)


def _condition(
    raw: RawItem, book: Rulebook, fields: Fields, name: str, key: str
) -> Iterator[RulebookFault]:
    condition = fields[name][key]
    other = condition["field"]
    if other not in fields:
        yield _fault("UNKNOWN-FIELD", raw, name, key, name=other)
        return
    codelist = book.codelists.get(fields[other].get("codelist", ""))
    for code in condition.get("is_in", ()):
        if codelist is None or code not in codelist.by_code:
            yield _fault("UNKNOWN-CODE", raw, name, key, code=code, name=other)


def _headers(raw: RawItem, fields: Fields) -> Iterator[RulebookFault]:
    """A header may mean one field only: in any file, and again within each profile."""
    spaces: dict[str, dict[str, str]] = {}
    for name, one in fields.items():
        common = (one.get("label", ""), one.get("code", ""), *one.get("synonyms", ()))
        for space, headers in {"": common, **one.get("profiles", {})}.items():
            owners = spaces.setdefault(space, {})
            for text in headers:
                key = normalise_text(text).upper().replace(" ", "")
                first = owners.setdefault(key, name) if key else name
                if first != name:
                    where = "profiles" if space else "synonyms"
                    yield _fault("HEADER-CLASH", raw, name, where, text=text, first=first)
