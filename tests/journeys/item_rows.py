"""A row for any catalogue item, made from its definition: what a careful clerk would write."""

import io
from collections.abc import Mapping

import openpyxl

from chengxin.catalogue.values import Field, FieldType, Item, SubjectKind
from chengxin.policy.values import Rulebook

ORGANISATION = {"subject_name": "连云港新丝路物流有限公司", "uscc": "91320700MA1X0T0X8T"}
TRADER = {"subject_name": "海州区测试海鲜楼", "uscc": "92320722MA1X1T1XX2"}
PERSON = {"subject_name": "李小样", "id_type": "身份证", "id_number": "11010519491231002X"}
WRITTEN = {
    "authority": "连云港市市场监督管理局",
    "source": "连云港市市场监督管理局",
    "authority_uscc": "11320700014380016G",
    "source_uscc": "11320700014380016G",
    "decided_on": "2026-11-12",
    "served_on": "2026-11-13",
    "document_number": "连测〔2026〕7号",
    "list_until": "2028-11-12",
    "removed_on": "",
    "cancelled_on": "",
    "settled_on": "",
    "lifted_on": "",
    "superseded_on": "",
}
BY_TYPE = {
    FieldType.DATE: "2026-11-14",
    FieldType.AMOUNT: "3.5",
    FieldType.INTEGER: "2025",
    FieldType.TEXT: "测试内容",
    FieldType.LONG_TEXT: "经核查，情况属实，特此记录。",
}
EARLIER = {"established_on", "filed_on", "signed_on", "valid_from"}


def row_of(item: Item, book: Rulebook) -> dict[str, str]:
    """Field → text as sent; every field that may be filled is, but those of other kinds."""
    kind = item.subject_kinds[0]
    party = {"natural_person": PERSON, "sole_trader": TRADER}.get(kind.value, ORGANISATION)
    row = {field.name: _text(field, book) for field in item.fields if not field.ignored}
    for name in ("registration_number", "org_code", "tax_number", "institution_number"):
        row.pop(name, None)
    for name in ("social_org_number", "representative_id_type", "representative_id_number"):
        row.pop(name, None)
    if kind is not SubjectKind.NATURAL_PERSON:
        row.pop("id_type", None)
        row.pop("id_number", None)
    row |= {**WRITTEN, **party} | {"subject_kind": _label("subject_kind", kind.value, item, book)}
    return {name: text for name, text in row.items() if name in {f.name for f in item.fields}}


def _text(field: Field, book: Rulebook) -> str:
    if field.codelist:
        return book.codelists[field.codelist].entries[-1 if field.name == "severity" else 0].label
    if field.name in EARLIER:
        return "2026-11-01"
    if field.name == "valid_until":
        return "2029-11-12"
    return BY_TYPE.get(field.type, "")


def _label(name: str, code: str, item: Item, book: Rulebook) -> str:
    return book.codelists[item.field(name).codelist or ""].by_code[code].label


def workbook(headers: list[str], rows: list[list[str]], title: str = "") -> bytes:
    """An xlsx; with a title above the header when there is one."""
    book = openpyxl.Workbook()
    for line in ([[title]] if title else []) + [headers, *rows]:
        book.active.append(line)
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def clean(item: Item, row: Mapping[str, str]) -> bytes:
    """The table as the catalogue names it."""
    return workbook([item.field(name).label for name in row], [list(row.values())])


def messy(item: Item, row: Mapping[str, str]) -> bytes:
    """As departments send it: a title, other names for columns, dates and codes their own way."""
    headers = [item.field(name).headers[-1] for name in row]
    texts = {
        name: f"  {text.replace('2026-11-', '2026年11月')}日 "
        if item.field(name).type is FieldType.DATE and text.startswith("2026-11-")
        else text
        for name, text in row.items()
    }
    if "uscc" in texts:
        texts["uscc"] = " ".join((texts["uscc"][:8], texts["uscc"][8:])).lower()
    second = texts | {"document_number": "连测〔2026〕8号", "decided_on": "2099年1月1日"}
    return workbook(headers, [list(texts.values()), list(second.values())], f"{item.label}信息表")
