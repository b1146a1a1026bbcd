"""`{% load desk %}`: codes of batches, rows, faults, units and verbs in words."""

import json
from typing import Any

from django import template
from django.utils.translation import get_language

from chengxin.casework.rules.wordings import SIGNS
from chengxin.catalogue import queries as catalogue
from chengxin.desk.case_words import CASE_ACTS, CASE_VERBS
from chengxin.desk.draw_words import DRAWS
from chengxin.desk.grade_words import GRADE_ACTS, GRADE_VERBS, GRADES, PLANS
from chengxin.desk.link_words import CASES, MERGES
from chengxin.desk.list_words import (
    EFFECTS,
    ENTRIES,
    ENTRY_ACTS,
    LIST_ACTS,
    LIST_VERBS,
    MEASURE_ACTS,
    MEASURES,
)
from chengxin.desk.values import (
    ACTS,
    BATCH_STATES,
    CHANNEL_EVENTS,
    CHANNEL_KINDS,
    CHANNEL_STATES,
    DELIVERY_STATES,
    EVENTS,
    ROW_STATES,
    SCOPES,
    SEVERITIES,
    TIDIED,
    TIDIED_CODE,
    VERBS,
    Word,
)
from chengxin.policy.queries import current_rulebook
from chengxin.publication.values import REASONS
from chengxin.subjects import rules as subjects

register = template.Library()

VOCABULARIES = {
    "batch": BATCH_STATES,
    "row": ROW_STATES,
    "event": EVENTS,
    "case": CASES,
    "merge": MERGES,
    "draw": DRAWS,
    "scope": SCOPES,
    "grade": GRADES,
    "plan": PLANS,
    "verb": {**VERBS, **LIST_VERBS, **GRADE_VERBS, **CASE_VERBS},
    "act": {**ACTS, **LIST_ACTS, **GRADE_ACTS, **CASE_ACTS},
    "entry": ENTRIES,
    "entry_act": ENTRY_ACTS,
    "measure": MEASURES,
    "measure_act": MEASURE_ACTS,
    "effect": EFFECTS,
    "channel": CHANNEL_STATES,
    "channel_kind": CHANNEL_KINDS,
    "channel_event": CHANNEL_EVENTS,
    "delivery": DELIVERY_STATES,
}


def _chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")


@register.filter
def word(code: str, vocabulary: str) -> Word:
    """The code in words; a code without words stands for itself."""
    return VOCABULARIES[vocabulary].get(str(code), Word(str(code), str(code)))


@register.filter
def weight(fault: Any) -> Word:
    """How much a fault, or a group of them, weighs; what was rewritten says so."""
    return TIDIED if fault.code == TIDIED_CODE else SEVERITIES[str(fault.severity)]


@register.filter
def sentence(thing: Any) -> str:
    """The sentence of a fault or question in the page's language."""
    name = "message_zh" if _chinese() else "message_en"
    return str(thing[name] if isinstance(thing, dict) else getattr(thing, name))


@register.filter
def evidence_text(piece: Any) -> str:
    """What a piece of evidence says, in the page's language."""
    zh, en = subjects.evidence_text(piece)
    return zh if _chinese() else en


@register.filter
def unit_name(code: str) -> str:
    """The unit's name; the bare code when the rulebook no longer lists it."""
    unit = current_rulebook().units.get(code)
    if unit is None:
        return code
    return (unit.short_name or unit.name) if _chinese() else unit.name_en


@register.filter
def verb_name(code: str) -> str:
    """What a power lets one do, in words."""
    words = word(code, "verb")
    return words.label if _chinese() else words.label_en


@register.filter
def item_name(code: str) -> str:
    """The label of a catalogue item."""
    item = catalogue.items(current_rulebook()).get(code)
    if item is None:
        return code
    return item.label if _chinese() else item.label_en


@register.filter
def field_name(name: str, item_code: str) -> str:
    """The label of an item's field."""
    item = catalogue.items(current_rulebook()).get(item_code)
    field = next((one for one in item.fields if one.name == name), None) if item else None
    if field is None:
        return name
    return field.label if _chinese() else field.label_en


@register.filter
def why(reason: str) -> str:
    """Why a fact shows or does not, in words."""
    zh, en = REASONS.get(reason, (reason, reason))
    return zh if _chinese() else en


@register.filter
def at(mapping: Any, key: str) -> Any:
    """`mapping|at:key`; an empty text when it is not there."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def as_json(thing: Any) -> str:
    """A proposal as the value of a form control."""
    return json.dumps(thing or {}, ensure_ascii=False)


@register.filter
def harm_sign(sign: str) -> str:
    """Why a case is pressing, in a word."""
    words = SIGNS[sign]
    return words.label if _chinese() else words.label_en
