"""`{% load search %}`: why a result is one, in words."""

from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chengxin.subjects.values import SubjectHit

register = template.Library()

REASONS: Final[Mapping[str, Promise | str]] = {
    "code": gettext_lazy("代码相符"),
    "words": gettext_lazy("几个词都有"),
    "traditional": gettext_lazy("繁体字"),
    "pinyin": gettext_lazy("拼音"),
    "initials": gettext_lazy("拼音首字母"),
    "near_code": gettext_lazy("代码可能写错一位"),
    "form": gettext_lazy("组织形式写法不同"),
    "short": gettext_lazy("可能是简称"),
    "sound": gettext_lazy("同音字"),
    "slip": gettext_lazy("可能写错一字"),
    "nearest": gettext_lazy("名称相近"),
}


@register.filter
def why(hit: SubjectHit) -> str:
    """Why it was found, unless the name itself shows it."""
    return str(REASONS.get(hit.reason, ""))
