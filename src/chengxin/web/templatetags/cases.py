"""`{% load cases %}`: routes, papers and fields of a case in words."""

from collections.abc import Mapping

from django import template

from chengxin.policy.queries import current_rulebook
from chengxin.publication.values import FieldValue
from chengxin.web.templatetags.ui import said

register = template.Library()


@register.filter
def route_label(code: str) -> str:
    """A way out in words."""
    return said(current_rulebook().codelist("repair_route").entry(code))


@register.filter
def document_label(code: str) -> str:
    """A paper in words."""
    return said(current_rulebook().codelist("repair_document").entry(code))


@register.filter
def field_value(values: Mapping[str, FieldValue], name: str) -> str:
    """What a field says now; "" for the whole record."""
    return said(values[name], "value") if name in values else ""
