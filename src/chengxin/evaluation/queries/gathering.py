"""What a model reads of the register: organisations, and the records that may be used."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.evaluation.values import Business, Fact
from chengxin.looks.services import computing
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Model
from chengxin.publication import queries as publication
from chengxin.register import queries as register
from chengxin.register.queries.reaching import states_about
from chengxin.register.values import RecordState
from chengxin.subjects.queries import mains, members
from chengxin.subjects.queries.listing import Listed, listed

AT_ONCE: Final = 5_000
AUTHORITY: Final = "authority"


@dataclass
class Gathered:
    """The organisations by id, and the facts of each that has any."""

    businesses: dict[str, Business] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)


@computing()
def gather(
    model: Model, *, on: date, known: datetime, book: Rulebook, fields: Sequence[str]
) -> Gathered:
    """All that a model reads of the whole register, as it stood on `on`, as known at `known`."""
    found = Gathered({str(one.id): _business(one) for one in listed(known=known)})
    after: UUID | None = None
    while ids := register.held_of(model.items, after=after, limit=AT_ONCE):
        after = ids[-1]
        _add(found, register.states_of(ids, on=on, known=known), known, book, fields)
    return found


@computing()
def gather_one(
    model: Model, subject: UUID, *, on: date, known: datetime, book: Rulebook, fields: Sequence[str]
) -> Gathered:
    """The same for one organisation, with all that was merged into it; empty for a person."""
    found = Gathered({str(one.id): _business(one) for one in listed(known=known, only=subject)})
    if found.businesses:
        states = register.records_of(subject, on=on, known=known, items=model.items)
        _add(found, states, known, book, fields)
    return found


@computing()
def gather_some(
    items: Sequence[str],
    subjects: Collection[UUID],
    *,
    on: date,
    known: datetime,
    book: Rulebook,
    fields: Sequence[str],
) -> Gathered:
    """All records of some items about some organisations, with all that was merged into them.

    In a few queries however many; who is a person, or shows under another, is absent.
    """
    some = listed(known=known, among=subjects)
    found = Gathered({str(one.id): _business(one) for one in some})
    bodies = members([UUID(one) for one in found.businesses], known=known)
    states = states_about(bodies, items=items, on=on, known=known)
    _add(found, states, known, book, fields)
    return found


def for_model(
    gathered: Gathered, model: Model, fields: Sequence[str], some: Collection[str]
) -> Gathered:
    """What one model reads of what was gathered for several, about some of the organisations."""
    businesses = {one: it for one, it in gathered.businesses.items() if one in some}
    items, asked = set(model.items), set(fields)
    facts = {
        one: [
            replace(fact, fields={name: fact.fields[name] for name in fact.fields if name in asked})
            for fact in gathered.facts[one]
            if fact.item in items
        ]
        for one in businesses
        if one in gathered.facts
    }
    return Gathered(businesses, facts)


def _business(one: Listed) -> Business:
    since = one.registered_on.isoformat() if one.registered_on else ""
    return Business(str(one.id), one.kind, one.division, one.industry[:1], since)


def _add(
    found: Gathered,
    states: Sequence[RecordState],
    known: datetime,
    book: Rulebook,
    fields: Sequence[str],
) -> None:
    windows = publication.in_use(states, book)
    leads = mains({one.subject for one in states if one.subject}, known=known)
    for one in states:
        window = windows.get(one.id)
        if window is None or window.since is None or one.subject is None:
            continue
        fact = _fact(one, window.since, window.until, fields)
        found.facts.setdefault(str(leads[one.subject]), []).append(fact)


def _fact(one: RecordState, since: date, until: date | None, fields: Sequence[str]) -> Fact:
    asked: Mapping[str, str] = {name: one.facts[name] for name in fields if name in one.facts}
    return Fact(
        record=str(one.id),
        item=one.item,
        unit=one.unit,
        decided_on=one.decided_on,
        since=since,
        until=until,
        fields=asked,
        document_number=one.document_number,
        authority=one.facts.get(AUTHORITY, ""),
    )


def in_use(gathered: Gathered, on: date) -> Iterator[tuple[str, Fact]]:
    """Every fact that may be used on a day, with whose it is."""
    for subject, facts in gathered.facts.items():
        for fact in facts:
            if fact.in_use(on) and subject in gathered.businesses:
                yield subject, fact
