"""Folding a record's events into how it stood; and what of it a correction may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from chengxin.catalogue.values import PARTY_FIELDS, Field, Item

RECORDED, CORRECTED, REVOKED, ENDED = "recorded", "corrected", "revoked", "publication_ended"


@dataclass(frozen=True)
class Event:
    """An event as the fold needs it."""

    kind: str
    effective_on: date
    known_at: datetime
    facts: dict[str, str]
    reason: str = ""


@dataclass
class Standing:
    """What the events so far amount to; `facts` is None before the record exists."""

    facts: dict[str, str] | None = None
    corrected_at: datetime | None = None
    revoked_on: date | None = None
    publication_ended_on: date | None = None
    reason: str = ""


def fold(events: Iterable[Event], on: date, known: datetime) -> Standing | None:
    """How the record stood on day `on` 法律日 as known at moment `known` 知悉时刻.

    `events` come in the order they became known. An event counts if it was known by `known`
    and counts from a day not after `on`. None: the record did not exist or was not known.
    """
    standing = Standing()
    for event in events:
        if event.known_at > known or event.effective_on > on:
            continue
        if event.kind in (RECORDED, CORRECTED):
            standing.facts = event.facts
        if event.kind == CORRECTED:
            standing.corrected_at, standing.reason = event.known_at, event.reason
        elif event.kind == REVOKED:
            standing.revoked_on, standing.reason = event.effective_on, event.reason
        elif event.kind == ENDED:
            standing.publication_ended_on, standing.reason = event.effective_on, event.reason
    return standing if standing.facts is not None else None


def correctable(item: Item) -> tuple[Field, ...]:
    """The fields a correction may change.

    Neither the party nor the natural key: another party, document number or day of decision is
    another decision, to be revoked and sent anew. Personal fields are sealed and not shown here.
    """
    fixed = {*PARTY_FIELDS, *item.natural_key, "decided_on", "document_number"}
    return tuple(
        field
        for field in item.fields
        if field.name not in fixed and not field.personal and not field.ignored
    )
