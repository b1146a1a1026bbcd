"""The machine answer about an organisation: the one spelling of what the public is served."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from chengxin.catalogue import queries as catalogue
from chengxin.policy.values import Rulebook
from chengxin.publication.values import PublicFact
from chengxin.subjects.values import SubjectView

NOTE_ZH: Final = "本接口只提供依法公示的信息；没有记录只说明未归集到，不代表任何评价。"
NOTE_EN: Final = (
    "Only what the law publishes is here. An empty file means nothing was received; it is no "
    "judgement of anyone."
)
CLASSES: Final = "information_class"


def file_of(
    subject: SubjectView, facts: Sequence[PublicFact], *, on: date, book: Rulebook
) -> dict[str, Any]:
    """The public file of an organisation for a day, as the API serves it, in plain values."""
    return {
        "organisation": organisation_of(subject),
        "on": on.isoformat(),
        "rulebook_edition": book.edition,
        "facts": [fact_of(one, book) for one in facts],
        "note_zh": NOTE_ZH,
        "note_en": NOTE_EN,
    }


def organisation_of(subject: SubjectView) -> dict[str, Any]:
    """What names and describes an organisation; a sole trader's code is masked already."""
    since = subject.registered_on
    return {
        "public_id": subject.public_id,
        "name": subject.name,
        "code": subject.code,
        "kind": subject.kind,
        "status": subject.status,
        "division": subject.division,
        "industry": subject.industry,
        "address": subject.address,
        "registered_on": since.isoformat() if since else None,
        "former_names": list(subject.former_names),
        "other_codes": list(subject.other_codes),
        "merged_ids": list(subject.merged_ids),
    }


def fact_of(fact: PublicFact, book: Rulebook) -> dict[str, Any]:
    """A fact with its class and its passport."""
    kind = catalogue.item(book, fact.item).class_code
    entry = book.codelist(CLASSES).entry(kind)
    return {
        "id": str(fact.record),
        "item": fact.item,
        "class_code": kind,
        "class_label": entry.label,
        "class_label_en": entry.label_en,
        "fields": fields_of(fact),
        "passport": fact.passport.as_json(),
    }


def fields_of(fact: PublicFact) -> list[dict[str, str]]:
    """The shown fields, in words."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "label_en": one.label_en,
            "value": one.value,
            "value_en": one.value_en,
        }
        for one in fact.fields
    ]
