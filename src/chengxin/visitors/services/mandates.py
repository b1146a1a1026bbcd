"""Giving a mandate 授权, stepping into one, ending it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.subjects.queries import family
from chengxin.visitors.errors import MandateScope, NoMandate
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.queries.mandates import standing
from chengxin.visitors.rules import check_period
from chengxin.visitors.services.arriving import grant
from chengxin.visitors.values import AGENT_ROLES, Capacity, Identity, Terms

LONGEST = "visitors.longest_mandate"


@transaction.atomic
def authorise(
    *,
    subject: UUID,
    agent: Identity,
    terms: Terms,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Mandate:
    """The legal representative lets an agent 经办人 act for the organisation.

    For some days, to read only or for all matters; an agent cannot pass it on.
    Raises: `NotPermitted`, `MandateScope`, `MandatePeriod`.
    """
    by.require_for("visitors.authorise", subject)
    if terms.role not in AGENT_ROLES:
        raise MandateScope(role=terms.role)
    longest = book.on(on, LONGEST)
    check_period(terms.since, terms.until, on=on, longest_months=int(longest.value))
    row = grant(
        subject=subject,
        identity=agent,
        capacity=Capacity.AGENT,
        role=terms.role,
        days=(terms.since, terms.until),
        by=by.login,
        document=terms.document.strip()[:200],
    )
    audit.note(
        by=by,
        verb="visitors.authorise",
        target=f"subject:{subject}",
        basis=str(longest.basis),
        facts={
            "mandate": str(row.id),
            "role": terms.role,
            "since": terms.since,
            "until": terms.until,
        },
    )
    return row


@transaction.atomic
def end_mandate(*, mandate_id: UUID, reason: str, by: Actor) -> Mandate:
    """Withdraw a mandate 收回授权; it holds no more from the next click on.

    By the organisation's representative. Ended once already, it stays as it ended.
    Raises: `NoMandate`, `NotPermitted`.
    """
    row = Mandate.objects.select_for_update().filter(id=mandate_id).first()
    if row is None or by.subject is None or row.subject_id not in family(by.subject):
        raise NoMandate
    by.require_for("visitors.end_mandate", by.subject)
    if row.ended_at is None:
        row.ended_at, row.ended_by, row.end_reason = now(), by.login, reason.strip()[:200]
        row.save(update_fields=["ended_at", "ended_by", "end_reason"])
        audit.note(
            by=by,
            verb="visitors.end_mandate",
            target=f"subject:{row.subject_id}",
            facts={"mandate": str(row.id)},
        )
    return row


@transaction.atomic
def step_in(*, visitor_id: UUID, mandate_id: UUID, on: date, book: Rulebook) -> Actor:
    """Begin to act under a mandate; the log says who came in for whom.

    Raises: `NoMandate`.
    """
    actor, held = standing(visitor_id, mandate_id, on=on, roles=book.roles)
    visitor = Visitor.objects.get(id=visitor_id)
    audit.note(
        by=actor,
        verb="visitors.step_in",
        target=f"subject:{actor.subject}",
        facts={"mandate": str(held.id), "capacity": held.capacity, "visitor": visitor.code},
    )
    return actor


@transaction.atomic
def leave_counter(*, mandate_id: UUID, by: Actor) -> None:
    """End a session at the counter 结束窗口代办, so that the next person does not find it open."""
    row = Mandate.objects.select_for_update().filter(id=mandate_id, ended_at=None).first()
    if row is None or not row.clerk or not by.login.endswith(f"@{row.clerk}"):
        return
    row.ended_at, row.ended_by, row.end_reason = now(), by.login, "离开窗口"
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit.note(by=by, verb="visitors.leave_counter", target=f"subject:{row.subject_id}")
