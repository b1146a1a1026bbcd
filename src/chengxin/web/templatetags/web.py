"""`{% load web %}`: facts and organisations in words, for the public pages."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from chengxin.policy.queries import current_rulebook
from chengxin.publication.values import Passport, PublicFact
from chengxin.web.templatetags.ui import chinese, said
from chengxin.web.values import FactGroup

register = template.Library()

Words = Mapping[str, Promise | str]

KINDS: Final[Words] = {
    "legal_person": gettext_lazy("法人"),
    "unincorporated": gettext_lazy("非法人组织"),
    "sole_trader": gettext_lazy("个体工商户"),
}
STATUSES: Final[Words] = {
    "active": gettext_lazy("存续"),
    "deregistered": gettext_lazy("注销"),
    "revoked": gettext_lazy("吊销"),
    "moved_out": gettext_lazy("迁出"),
}
# The page shows sums in yuan, so the labels of the sending form (万元) would mislead.
LABELS: Final[Words] = {
    "document_number": gettext_lazy("文书号"),
    "document_title": gettext_lazy("文书名称"),
    "fine_yuan": gettext_lazy("罚款"),
    "confiscated_yuan": gettext_lazy("没收金额"),
    "decided_on": gettext_lazy("决定日期"),
    "penalty_kind": gettext_lazy("处罚种类"),
}


@register.filter
def kind_label(kind: str) -> str:
    """Kind of subject 主体类型 in words."""
    return str(KINDS.get(kind, kind))


@register.filter
def status_label(status: str) -> str:
    """State of registration 登记状态 in words; words that came as words are left alone."""
    return str(STATUSES.get(status, status))


@register.filter
def unit_called(code: str) -> str:
    """The name of a unit; the bare code when the rulebook no longer lists it."""
    unit = current_rulebook().units.get(code)
    if unit is None:
        return code
    return unit.name if chinese() else unit.name_en


@register.filter
def division_label(code: str) -> str:
    """Name of the district or county."""
    return _entry("region", code)


@register.filter
def industry_label(code: str) -> str:
    """Name of the industry's section, by the first letter of its code."""
    return _entry("industry", code[:1])


def _entry(codelist: str, code: str) -> str:
    found = current_rulebook().codelists[codelist].by_code.get(code)
    return said(found) if found else code


@register.filter
def column_labels(group: FactGroup) -> list[str]:
    """Headings of an item's table."""
    return [str(LABELS.get(name) or said(group.item.field(name))) for name in group.columns]


@register.filter
def fact_title(fact: PublicFact) -> str:
    """What a list calls a fact: what was permitted, or what was breached."""
    return fact.value("document_title") or fact.value("breach_kind") or fact.passport.item_label


@register.filter
def bearer(fact: PublicFact, names: Mapping[UUID, tuple[str, str]]) -> tuple[str, str]:
    """Public identifier and name of the organisation a fact is about."""
    return names.get(fact.subject, ("", "")) if fact.subject else ("", "")


@register.filter
def remedy(passport: Passport) -> str:
    """What to do if the fact is wrong, in the page's language; else the site's own words."""
    text = passport.remedy_zh if chinese() else passport.remedy_en
    return text or said(current_rulebook().site.remedy, "objection")


@register.filter
def months(number: int) -> str:
    """A term in words: 三年 is 36 个月, 0 is not shown at all."""
    if number == 0:
        return gettext("原则上不公示")
    return ngettext("%(number)d 个月", "%(number)d 个月", number) % {"number": number}
