"""`{% load quality %}`: shares, reminders and counts in words."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chengxin.catalogue import queries as catalogue
from chengxin.desk.count_forms import chinese
from chengxin.desk.values import Word
from chengxin.oversight.rules.telling import WHY_NONE, excluded
from chengxin.oversight.values import Behind, Due, Figure, Measure
from chengxin.policy.queries import current_rulebook

register = template.Library()

DUE_KINDS = {
    "faulty": Word("有误待改", "Rows to mend", "red"),
    "awaiting_match": Word("待认定主体", "Subject in doubt", "amber"),
    "release": Word("待审核", "Waiting for release", "blue"),
    "count_form": Word("月度产生数报表", "Monthly count", "amber"),
}
DOORS = {
    "faulty": ("desk-batch", "?rows=faulty"),
    "awaiting_match": ("desk-batch", "?rows=awaiting_match"),
    "release": ("desk-batch", ""),
}


def _in(words: Word) -> str:
    return words.label if chinese() else words.label_en


@register.filter
def share(figure: Figure) -> str:
    """`98.50 %`, or a dash where nothing was divided."""
    return "—" if figure.percent is None else f"{figure.percent:.2f}%"


@register.filter
def why_none(figure: Figure) -> str:
    """Why there is no share, in words; "" where there is one."""
    zh, en = WHY_NONE.get(figure.why_none, ("", ""))
    return zh if chinese() else en


@register.filter
def left_out(measure: Measure) -> str:
    """What a measure leaves out."""
    zh, en = excluded(measure)
    return zh if chinese() else en


@register.filter
def formula(measure: Measure) -> str:
    """The formula in words."""
    return measure.formula_zh if chinese() else measure.formula_en


@register.filter
def count_name(code: str) -> str:
    """What a count counts."""
    entry = current_rulebook().codelist("quality_count").by_code.get(code)
    named = ASIDE.get(code)
    if entry is not None:
        return entry.label if chinese() else entry.label_en
    return _in(named) if named else code


ASIDE = {
    "faulty": Word("有误行数", "rows at fault"),
    "waiting": Word("待认定主体", "rows whose subject is in doubt"),
    "differs": Word("与已有信息不同", "rows that differ from what is held"),
    "returned": Word("已退回行数", "rows of returned batches"),
    "corrected": Word("更正", "records corrected"),
    "revoked": Word("撤销", "records revoked"),
    "untimed": Word("无法计算期限", "records whose deadline cannot be counted"),
    "found": Word("别处发现仍未报送", "found elsewhere and still not reported"),
}
SHOWN_BEHIND = frozenset({"faulty", "waiting", "differs", "untimed"})


@register.filter
def asides(aside: dict[str, int]) -> list[tuple[str, int, bool]]:
    """Counts beside the measures: (code, how many, whether there is a page behind)."""
    return [(code, aside[code], code in SHOWN_BEHIND) for code in ASIDE if aside.get(code)]


@register.filter
def due_kind(due: Due) -> Word:
    """What falls due, as a badge."""
    return DUE_KINDS[due.kind]


@register.filter
def due_url(due: Due) -> str:
    """Where it is dealt with."""
    if due.kind == "count_form":
        return reverse("desk-count", args=[due.unit, due.item, due.about])
    name, query = DOORS[due.kind]
    return reverse(name, args=[due.about]) + query


@register.filter
def days_left(due: Due) -> SafeString:
    """How many working days are left, in words; overdue in a colour and in words."""
    days = due.days_left
    if due.kind == "release":
        return format_html('<span class="cx-badge">{}</span>', _("等待审核"))
    if days < 0:
        text = _("已超期 %(n)s 个工作日") % {"n": -days}
        return format_html('<span class="cx-badge cx-badge--red">{}</span>', text)
    if days == 0:
        return format_html('<span class="cx-badge cx-badge--amber">{}</span>', _("今天到期"))
    text = _("还剩 %(n)s 个工作日") % {"n": days}
    return format_html('<span class="cx-badge cx-badge--amber">{}</span>', text)


@register.filter
def behind_url(one: Behind) -> str:
    """The address of a thing behind a count; "" where it must not be opened from here."""
    if one.link is None:
        return ""
    name, arguments = one.link
    return reverse(name, args=arguments) + one.query


@register.filter
def labelled(name: str, item_code: str) -> str:
    """The label of an item's field."""
    item = catalogue.items(current_rulebook()).get(item_code)
    field = next((one for one in item.fields if one.name == name), None) if item else None
    if field is None:
        return name
    return field.label if chinese() else field.label_en


@register.filter
def entry_name(code: str, codelist: str) -> str:
    """The label of a code."""
    entry: Any = current_rulebook().codelist(codelist).by_code.get(code)
    if entry is None:
        return code
    return str(entry.label if chinese() else entry.label_en)


@register.filter
def division_name(code: str) -> str:
    """The label of a division 行政区划."""
    return entry_name(code, "region")
