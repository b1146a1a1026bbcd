"""The records that stood, each with its passport, the rule that decided, and whose it was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.policy.values import Rulebook
from chengxin.publication import queries as publication
from chengxin.publication.values import REASONS, PublicFact
from chengxin.register import queries as register
from chengxin.register.queries.lives import Check, LifeKnown, lives
from chengxin.register.values import RecordState
from chengxin.replay.rules import sentences
from chengxin.replay.rules.serving import fields_of
from chengxin.replay.values import Happened, LinkStood, RecordStood, named
from chengxin.subjects.queries import family


@dataclass(frozen=True)
class Kept:
    """What the register had about a body: its entries, states and lives."""

    bodies: frozenset[UUID]
    states: tuple[RecordState, ...]
    lives: Mapping[UUID, LifeKnown]
    known: datetime


def gather(subject: UUID, *, on: date, known: datetime) -> Kept:
    """Read the records of a body once, with all that had happened to them."""
    states = tuple(register.records_of(subject, on=on, known=known))
    found = lives([one.id for one in states], known=known)
    return Kept(family(subject, known=known), states, found, known)


def records(kept: Kept, *, on: date, book: Rulebook) -> tuple[RecordStood, ...]:
    """Every record as it stood, in the order the public file has them."""
    facts = publication.facts_in(kept.states, book, kept.known)
    return tuple(
        _stood(state, facts[state.id], kept.lives[state.id], on, book)
        for state in kept.states
        if state.id in facts
    )


def _stood(
    state: RecordState, fact: PublicFact, life: LifeKnown, on: date, book: Rulebook
) -> RecordStood:
    reason = _reason(state, fact, on)
    zh, en = REASONS[reason]
    return RecordStood(
        record=str(state.id),
        item=state.item,
        passport=fact.passport.as_json(),
        fields=tuple(fields_of(fact)),
        shown=fact.showing.on(on),
        reason=reason,
        reason_zh=zh,
        reason_en=en,
        rules=sentences(
            catalogue.item(book, state.item),
            decided_on=state.decided_on,
            severity=fact.showing.severity,
            stated=fact.showing.severity_stated,
            book=book,
        )
        if state.adverse or "term" in catalogue.item(book, state.item).parameters
        else (),
        link=_link(state, life),
        checks=tuple(_check(one) for one in life.checks),
    )


def _reason(state: RecordState, fact: PublicFact, on: date) -> str:
    """Why it showed or not; a decision set aside is called so, not merely ended."""
    reason = fact.showing.reason_on(on)
    revoked = state.revoked_on is not None and state.revoked_on <= on
    return "revoked" if reason == "ended" and revoked else reason


def _link(state: RecordState, life: LifeKnown) -> LinkStood:
    evidence: Mapping[str, Any] = state.link_evidence
    last = life.links[-1] if life.links else None
    return LinkStood(
        since=last.known_at if last else state.recorded_at,
        rule=str(evidence.get("rule", "")),
        version=str(evidence.get("version", "")),
        by=state.linked_by,
        reason=hide_id_numbers(str(evidence.get("reason", ""))),
        entry=str(state.subject),
        evidence=tuple(evidence.get("evidence", ())),
    )


def _check(one: Check) -> dict[str, Any]:
    return {
        "number": one.number,
        "state": one.state,
        "suspends": one.suspends,
        "opened_at": one.opened_at,
        "due_on": one.due_on,
        "basis": one.basis,
        "edition": one.edition,
        "decided_at": one.decided_at,
        "reason": hide_id_numbers(one.reason),
    }


def happened_to_records(kept: Kept, *, on: date, book: Rulebook) -> Iterator[Happened]:
    """Every event and every change of link of the records that stood."""
    for state in kept.states:
        item = catalogue.item(book, state.item)
        about = f"{item.label} {state.document_number}".strip()
        for event in kept.lives[state.id].events:
            yield Happened(
                event.known_at, event.effective_on, event.kind, *named(event.kind), about,
                str(state.id), event.login, event.unit, hide_id_numbers(event.reason),
                event.basis, event.edition, event.effective_on <= on,
            )  # fmt: skip
        for link in kept.lives[state.id].links:
            kind = "linked" if link.subject_id else "unlinked"
            yield Happened(
                link.known_at, state.decided_on, kind, *named(kind), about,
                str(state.id), link.login, link.unit, hide_id_numbers(link.reason),
                link.basis, link.edition, True,
            )  # fmt: skip
