"""Folding a record's events and links into how it stood; what of it may change, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.catalogue.values import PARTY_FIELDS, Field, Item
from chengxin.law.values import Answer
from chengxin.policy.errors import BeyondCalendar
from chengxin.policy.values import Rulebook
from chengxin.register.values import Mark

RECORDED, CORRECTED, REVOKED, ENDED = "recorded", "corrected", "revoked", "publication_ended"
CHECK_OPENED, CHECK_CLOSED = "check_opened", "check_closed"
MARKED, UNMARKED = "marked", "unmarked"
SHIELDED, SHIELD_ENDED, SEALED, RESUMED = "shielded", "shield_ended", "sealed", "resumed"
# Their `facts` say something about a case, nothing of the record.
BESIDE = frozenset({MARKED, UNMARKED, CHECK_OPENED, CHECK_CLOSED, SHIELDED, SHIELD_ENDED, SEALED})


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
    revoked_at: datetime | None = None
    publication_ended_on: date | None = None
    under_check_since: date | None = None
    reason: str = ""
    marks: dict[str, Mark] = field(default_factory=dict)
    shielded: bool = False
    sealed: bool = False

    @property
    def hidden_by(self) -> str:
        """Why it is neither shown nor used, whatever its term: what is for good comes first."""
        if self.sealed:
            return SEALED
        return SHIELDED if self.shielded else ""


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
            standing.revoked_at = event.known_at
        elif event.kind == ENDED:
            standing.publication_ended_on, standing.reason = event.effective_on, event.reason
        elif event.kind == CHECK_OPENED:
            standing.under_check_since = event.effective_on
        elif event.kind == CHECK_CLOSED:
            standing.under_check_since = None
        elif event.kind == RESUMED:
            standing.publication_ended_on = None
        else:
            _beside(standing, event)
    return standing if standing.facts is not None else None


def _beside(standing: Standing, event: Event) -> None:
    """What stands beside a record 标注, or hides it for a time 屏蔽 or for good 封存."""
    case = event.facts.get("case", "")
    if event.kind == MARKED:
        kind, of = event.facts.get("mark", ""), event.facts.get("field", "")
        standing.marks[case] = Mark(kind, case, of, event.effective_on)
    elif event.kind == UNMARKED:
        standing.marks.pop(case, None)
    elif event.kind in (SHIELDED, SHIELD_ENDED):
        standing.shielded = event.kind == SHIELDED
    elif event.kind == SEALED:
        standing.sealed = True


@dataclass(frozen=True)
class Link:
    """Whose a record is 关联: `subject` None is nobody's. `by` settled it, or released it."""

    subject: UUID | None
    kind: str
    known_at: datetime
    by: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def linked(first: Link, later: Iterable[Link], known: datetime) -> Link:
    """Whose a record was as known at moment `known`; `later` come in the order they were known."""
    found = first
    for link in later:
        if link.known_at <= known:
            found = link
    return found


def check_deadline(on: date, book: Rulebook) -> tuple[date | None, Answer[Any]]:
    """The day by which a check of a link opened on `on` is decided 核查期限, and its basis.

    None while the working-day calendar does not reach that far: a right is not refused because
    next year's holidays are not out. Law: parameter `objection.link_check_deadline`.
    """
    rule = book.on(on, "objection.link_check_deadline")
    try:
        return book.calendar.add_working_days(on, int(rule.value)), rule
    except BeyondCalendar:
        return None, rule


def withdrawal_due(set_aside_on: date, book: Rulebook) -> tuple[date | None, Answer[Any]]:
    """The last day to withdraw a decision set aside on `set_aside_on` 撤回公示期限, and its basis.

    Law: parameter `publication.withdrawal_deadline`. None beyond the calendar.
    """
    rule = book.on(set_aside_on, "publication.withdrawal_deadline")
    try:
        return book.calendar.add_working_days(set_aside_on, int(rule.value)), rule
    except BeyondCalendar:
        return None, rule


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
