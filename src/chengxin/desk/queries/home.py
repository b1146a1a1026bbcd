"""What waits for an officer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from chengxin.desk.rules import on_time_since
from chengxin.desk.values import OnTime
from chengxin.intake import queries as intake
from chengxin.kernel.actor import Actor
from chengxin.looks.services import computing
from chengxin.policy.errors import BeyondCalendar, ParameterNotInForce
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register

WAITING_SHOWN, LATEST_SHOWN = 8, 5


@dataclass(frozen=True)
class Home:
    """The numbers and the short lists of the home page.

    `faulty` counts rows to mend in all batches the officer may read, the returned ones too.
    """

    by_state: Mapping[str, int]
    faulty: int
    returned: Iterable[object]
    waiting: Iterable[object]
    latest: Iterable[object]
    own_waiting: int
    awaiting_match: int
    on_time: OnTime | None


@computing()
def home(*, by: Actor, on: date, book: Rulebook) -> Home | None:
    """The home page of an officer who works with batches; None for one who does not."""
    if not by.may("intake.read"):
        return None
    batches = intake.batches(by=by)
    waiting = batches.filter(state="submitted")
    others = waiting.exclude(submitted_by=by.login) if by.may("intake.release") else waiting.none()
    return Home(
        by_state=dict(batches.order_by().values_list("state").annotate(n=Count("id"))),
        faulty=batches.aggregate(n=_rows("faulty"))["n"],
        returned=batches.filter(state="returned", submitted_by=by.login)[:WAITING_SHOWN],
        waiting=others.annotate(passed=_rows("clean"), faulty=_rows("faulty")).order_by(
            "submitted_at"
        )[:WAITING_SHOWN],
        latest=with_counts(batches)[:LATEST_SHOWN],
        own_waiting=waiting.filter(submitted_by=by.login).count(),
        awaiting_match=awaiting_count(by),
        on_time=on_time(on, book) if by.may("intake.submit") else None,
    )


def awaiting_count(by: Actor) -> int:
    """How many rows wait for this officer to settle whose they are."""
    if not by.may("intake.decide_match"):
        return 0
    return intake.awaiting_match(by=by).exclude(batch__submitted_by=by.login).count()


def cases_waiting(by: Actor) -> int:
    """How many cases and differing rows wait for this officer's decision."""
    waiting = 0
    if by.may("register.decide_case"):
        waiting += register.cases(by=by).filter(state="open").exclude(opened_by=by.login).count()
    if by.may("intake.accept_difference"):
        waiting += intake.differing(by=by).exclude(batch__submitted_by=by.login).count()
    return waiting


def with_counts(batches: QuerySet[Any]) -> QuerySet[Any]:
    """Batches with the numbers of their rows that need someone."""
    counted: QuerySet[Any] = batches.annotate(
        faulty=_rows("faulty"), awaiting=_rows("awaiting_match")
    )
    return counted


def _rows(state: str) -> Count:
    return Count("rows", filter=Q(rows__state=state))


def on_time(on: date, book: Rulebook) -> OnTime | None:
    """The reporting deadline 双公示报送期限 seen from a day; None where the rulebook cannot say."""
    try:
        rule = book.on(on, "publication.reporting_deadline")
        since = on_time_since(on, int(rule.value), book.calendar)
    except (BeyondCalendar, ParameterNotInForce):
        return None
    return OnTime(since, int(rule.value), rule.basis)
