"""Facts in words: labels, code lists, dates and sums as people read them, nothing personal."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from chengxin.catalogue.values import PARTY_FIELDS, Field, FieldType, Item
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.policy.values import Rulebook
from chengxin.publication.values import FieldValue, Mark
from chengxin.register import values as register

OPEN_ENDED = "2099-12-31"


def shown_fields(item: Item, facts: Mapping[str, str], book: Rulebook) -> tuple[FieldValue, ...]:
    """The open fields of a fact in the item's order, empty ones left out.

    Text fields pass a last guard: anything in them that is a valid ID number is masked.
    """
    return tuple(_shown(item, facts, book))


def _shown(item: Item, facts: Mapping[str, str], book: Rulebook) -> Iterator[FieldValue]:
    for field in item.fields:
        text = facts.get(field.name, "")
        # The party block describes the subject, which the page itself names; repeating codes here
        # would undo the masking of sole traders.
        hidden = field.personal or not field.public or field.ignored or field.name in PARTY_FIELDS
        if hidden or not text:
            continue
        zh, en = _words(field, text, book)
        wide = field.type is FieldType.LONG_TEXT
        # The label names the unit the source sends; what is shown is yuan.
        label = field.label.replace(f"({field.source_unit})", "")
        yield FieldValue(field.name, label, field.label_en, zh, en, wide)


def _words(field: Field, text: str, book: Rulebook) -> tuple[str, str]:
    if field.type is FieldType.DATE:
        return _date(text)
    if field.type is FieldType.AMOUNT:
        sum_of_money = f"{Decimal(text):,.2f}".removesuffix(".00")
        return f"{sum_of_money} 元", f"CNY {sum_of_money}"
    if field.type in (FieldType.CODE, FieldType.CODES) and field.codelist:
        entries = book.codelists[field.codelist].by_code
        found = [entries.get(code) for code in text.split(";")]
        zh = "、".join(e.label if e else c for e, c in zip(found, text.split(";"), strict=True))
        en = ", ".join(e.label_en if e else c for e, c in zip(found, text.split(";"), strict=True))
        return zh, en
    safe = hide_id_numbers(text)
    return safe, safe


def _date(text: str) -> tuple[str, str]:
    if text == OPEN_ENDED:
        return "长期", "no end"
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日", day.isoformat()


def in_words(mark: register.Mark, item: Item) -> Mark:
    """A mark of a record as it is told: the doubted field by its name, or the whole record."""
    named = next((one for one in item.fields if one.name == mark.field), None)
    labels = ("整条信息", "the whole record")
    if named:
        labels = (named.label.replace(f"({named.source_unit})", ""), named.label_en)
    return Mark(mark.kind, mark.case, mark.field, *labels, mark.since)
