"""What had happened to many records by a moment: events, links, checks of links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from chengxin.register.models import CaseState, LinkCase, RecordEvent, RecordLink


@dataclass(frozen=True)
class Check:
    """A check of a link 关联核查 as it stood: nothing of how it ended before that was known."""

    number: str
    state: str
    suspends: bool
    opened_at: datetime
    due_on: date | None
    basis: str
    edition: str
    decided_at: datetime | None = None
    reason: str = ""


@dataclass
class LifeKnown:
    """All that was known of one record's life; `links` are those after the first."""

    events: list[RecordEvent] = field(default_factory=list)
    links: list[RecordLink] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


def lives(records: Sequence[UUID], *, known: datetime) -> dict[UUID, LifeKnown]:
    """The lives of many records as known at a moment, each in the order known; nothing sealed."""
    found = {one: LifeKnown() for one in records}
    events = RecordEvent.objects.filter(record__in=found, known_at__lte=known).defer("sealed")
    for event in events.order_by("known_at", "id"):
        found[event.record_id].events.append(event)
    links = RecordLink.objects.filter(record__in=found, known_at__lte=known)
    for link in links.order_by("known_at", "id"):
        found[link.record_id].links.append(link)
    cases = LinkCase.objects.filter(record__in=found, opened_at__lte=known).defer("sealed")
    for case in cases.order_by("opened_at", "id"):
        found[case.record_id].checks.append(_check(case, known))
    return found


def _check(case: LinkCase, known: datetime) -> Check:
    decided = case.decided_at is not None and case.decided_at <= known
    return Check(
        number=case.number,
        state=case.state if decided else CaseState.OPEN.value,
        suspends=case.suspends,
        opened_at=case.opened_at,
        due_on=case.due_on,
        basis=case.basis,
        edition=case.edition,
        decided_at=case.decided_at if decided else None,
        reason=case.reason if decided else "",
    )
