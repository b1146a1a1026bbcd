"""A replay in words."""

from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils.translation import get_language

from chengxin.desk.templatetags.desk import evidence_text
from chengxin.replay.values import Rule

register = template.Library()

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "months": ("{}个月", "{} months"),
    "months_after_valid_until": ("有效期届满后{}个月", "{} months after its validity"),
    "severity": ("{}", "{}"),
}
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "minor": ("轻微", "minor"),
    "ordinary": ("一般", "ordinary"),
    "serious": ("严重", "serious"),
    "appeared": ("新出现", "Appeared"),
    "gone": ("不再有", "Gone"),
    "changed": ("有变化", "Changed"),
    "draft": ("拟定", "draft"),
    "proposed": ("拟采取", "proposed"),
    "notified": ("已告知", "told"),
    "decided": ("已决定，尚未送达", "decided, not served"),
    "in_effect": ("生效", "in effect"),
    "imposed": ("已决定实施", "imposed"),
    "acknowledged": ("已签收", "acknowledged"),
    "fed_back": ("已反馈", "reported back"),
    "declined": ("不予实施", "declined"),
    "lifted": ("已解除", "lifted"),
    "dropped": ("不予列入", "dropped"),
    "removed": ("已移出", "removed"),
    "revoked": ("已撤销", "revoked"),
    "expired": ("已到期", "expired"),
    "repealed": ("依据已废止", "law repealed"),
}
TONES: Final[Mapping[str, str]] = {"appeared": "green", "gone": "red", "changed": "amber"}


def _chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


@register.filter
def in_words(code: str) -> str:
    """A state or a kind of change in the page's language."""
    zh, en = WORDS.get(str(code), (str(code), str(code)))
    return zh if _chinese() else en


@register.filter
def tone(code: str) -> str:
    """The colour of a kind of change."""
    return TONES.get(str(code), "")


@register.filter
def value_of(rule: Rule) -> str:
    """The value of a rule with its unit."""
    zh, en = UNITS.get(rule.unit, ("{} " + rule.unit, "{} " + rule.unit))
    return (zh if _chinese() else en).format(in_words(rule.value))


@register.filter
def evidence(pieces: Any) -> str:
    """What a link rested on, in a sentence."""
    return ("；" if _chinese() else "; ").join(evidence_text(one) for one in pieces) or "—"
