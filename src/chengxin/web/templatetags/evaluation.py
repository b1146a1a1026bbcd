"""`{% load evaluation %}`: the reasons of a grade in words."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.safestring import SafeString

from chengxin.web.templatetags.ui import chinese, day

register = template.Library()


@register.filter
def signed(points: int) -> str:
    """Points with their sign: +2, -6."""
    return f"{points:+d}"


@register.filter
def iso_day(text: str) -> str | SafeString:
    """A day that was stored as text, as people read it."""
    return day(date.fromisoformat(text))


@register.filter
def reason(record: Mapping[str, str]) -> str:
    """Why a record counted, in the page's language."""
    return record["reason_zh"] if chinese() else record["reason_en"]
