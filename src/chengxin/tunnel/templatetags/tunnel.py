"""Both languages in one file, numbers as people read them: for the report page alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

DIRECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "worse": ("变差", "worse"),
    "better": ("变好", "better"),
    "same": ("不变", "same"),
    "began": ("新有等级", "newly graded"),
    "ceased": ("不再有等级", "no longer graded"),
}
NO_GRADE: Final = {"zh": "无等级", "en": "none"}


@register.simple_tag
def say(zh: str, en: str) -> SafeString:
    """A text in both languages; the page shows the one chosen."""
    return format_html(
        '<span class="zh">{}</span><span class="en" lang="en">{}</span>', zh, en or zh
    )


@register.simple_tag
def svgsay(zh: str, en: str) -> SafeString:
    """The same inside a picture."""
    return format_html('<tspan class="zh">{}</tspan><tspan class="en" lang="en">{}</tspan>', zh, en)


@register.simple_tag
def grade(words: Mapping[str, Mapping[str, str]], code: str) -> SafeString:
    """The name of a grade inside a picture."""
    found = words.get(code, NO_GRADE)
    return svgsay(found["zh"], found["en"])


@register.simple_tag
def gradesay(words: Mapping[str, Mapping[str, str]], code: str | None) -> SafeString:
    """The name of a grade; without one, that there is none."""
    found = words.get(code or "", NO_GRADE)
    return say(found["zh"], found["en"])


@register.simple_tag
def direction(word: str) -> SafeString:
    """Where a move leads."""
    return say(*DIRECTIONS[word])


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}"


@register.filter
def plain(number: float) -> str:
    """A number as a picture needs it, whatever the page's language."""
    return f"{number:g}"


@register.filter
def share(line: Mapping[str, Any]) -> str:
    """The share a line of the budget found, in per cent."""
    return f"{100 * line['found'] / line['of']:.2f}%"


@register.filter
def short(edition: str) -> str:
    """The first twelve characters of an edition."""
    return edition[:12]


@register.filter
def clock(moment: str) -> str:
    """A moment to the minute."""
    return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M}"
