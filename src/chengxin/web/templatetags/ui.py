"""`{% load ui %}`: icons, days, languages and the site's identity, for every door's templates."""

from calendar import month_name as MONTHS  # noqa: N812 – a table
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from chengxin.kernel.clock import SHANGHAI
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import Site
from chengxin.web.rules import split_at_match

register = template.Library()


def chinese() -> bool:
    """Whether the page is being written in Chinese, the source language."""
    return (get_language() or "zh-hans").startswith("zh")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite, for the eye only: the words beside it carry the meaning."""
    return format_html(
        '<svg class="cx-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.filter
def day(moment: date | datetime | None) -> str | SafeString:
    """A day as people read it: 2026年11月23日, 23 November 2026; a dash when there is none."""
    if moment is None:
        return "—"
    if isinstance(moment, datetime):
        moment = moment.astimezone(SHANGHAI).date()
    return _time(moment.isoformat(), _words(moment))


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """A moment to the minute, Beijing time."""
    if value is None:
        return "—"
    local = value.astimezone(SHANGHAI)
    return _time(local.isoformat(timespec="minutes"), f"{_words(local)} {local:%H:%M}")


def _words(day: date) -> str:
    if chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _time(exact: str, text: str) -> SafeString:
    return SafeString(f'<time datetime="{exact}">{text}</time>')  # digits and month names only


@register.filter
def number(value: int) -> str:
    """A count with its thousands apart, in either language: 19,874."""
    return f"{value:,}"


@register.filter
def said(thing: Any, name: str = "label") -> str:
    """The attribute or entry in the page's language: `unit|said:"name"` is `name` or `name_en`.

    Falls back to Chinese where no English was given.
    """
    text = str(_part(thing, name))
    return text if chinese() else str(_part(thing, f"{name}_en") or text)


def _part(thing: Any, name: str) -> Any:
    return thing.get(name, "") if isinstance(thing, Mapping) else getattr(thing, name, "")


@register.simple_tag
def definitions(rows: Iterable[tuple[Promise | str, str]]) -> SafeString:
    """A list of names and values, a line each."""
    lines = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    return format_html('<dl class="cx-dl cx-dl--one">{}</dl>', lines)


@register.filter
def hit(text: str, query: str) -> str | SafeString:
    """The text with the part that was searched for marked."""
    before, found, after = split_at_match(text, query)
    return format_html("{}<mark>{}</mark>{}", before, found, after) if found else text


@register.filter
def page_query(query: str) -> str:
    """`q=…&`, for the links of a pager."""
    return f"{urlencode({'q': query})}&"


@register.simple_tag(takes_context=True)
def in_language(context: dict[str, Any], language: str) -> str:
    """Address that shows this same page in another language."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request and request.method == "GET" else "/"
    return f"{reverse('web-language', args=[language])}?{urlencode({'next': here})}"


@register.simple_tag
def site_identity() -> Site:
    """Who the site is: names, tagline, contact; from the rulebook."""
    return current_rulebook().site


@register.simple_tag
def demonstration() -> bool:
    """Whether every organisation shown is invented; the page then says so at the top."""
    return str(settings.CHENGXIN_MODE) == "demonstration"
