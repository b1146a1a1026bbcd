"""Questions about channels: who may see which, how they stand, what they brought."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from chengxin.intake.channels.models import (
    Channel,
    ChannelEvent,
    ChannelState,
    Delivery,
    DeliveryState,
)
from chengxin.intake.channels.refusals import UnknownChannel, UnknownDelivery
from chengxin.intake.services.channels.declaring import DECLARE, digest_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI, now

READ = "intake.read"
LATE = timedelta(minutes=5)


def may_see(by: Actor) -> bool:
    """Whether any channel can be seen at all."""
    return by.may(READ) or by.may(DECLARE)


def channels(*, by: Actor) -> QuerySet[Channel]:
    """The channels an actor may see: its own unit's, or all; those with trouble first.

    Raises: `NotPermitted`.
    """
    if not by.may(DECLARE):
        by.require(READ, unit=by.unit)
    found = Channel.objects.annotate(
        questions=Count("deliveries", filter=Q(deliveries__state=DeliveryState.QUESTION)),
        last_delivery_at=Max("deliveries__received_at"),
    )
    if not (by.may(READ, unit="") or by.may(DECLARE, unit="")):
        found = found.filter(unit=by.unit)
    return found.order_by("state", "-failures", "code")


def channel(code: str, *, by: Actor) -> Channel:
    """One channel, if the actor may see it. Raises: `UnknownChannel`, `NotPermitted`."""
    found = channels(by=by).filter(code=code).first()
    if found is None:
        raise UnknownChannel(asked=code)
    return found


def events(found: Channel) -> QuerySet[ChannelEvent]:
    """The history of a channel, newest first."""
    return found.events.order_by("-id")


def deliveries(found: Channel) -> QuerySet[Delivery]:
    """What a channel brought, newest first."""
    return found.deliveries.order_by("-received_at", "id")


def questions(*, by: Actor) -> QuerySet[Delivery]:
    """Deliveries in doubt that wait for the actor's unit, oldest first. Raises: `NotPermitted`."""
    by.require(READ, unit=by.unit)
    found = Delivery.objects.filter(state=DeliveryState.QUESTION).select_related("channel")
    if not by.may(READ, unit=""):
        found = found.filter(channel__unit=by.unit)
    return found.order_by("received_at", "id")


def delivery(number: UUID, *, by: Actor) -> Delivery:
    """One delivery, if the actor may read what it holds.

    Raises: `UnknownDelivery`, `NotPermitted`.
    """
    found = Delivery.objects.select_related("channel").filter(id=number).first()
    if found is None:
        raise UnknownDelivery(asked=str(number))
    by.require(READ, unit=found.channel.unit)
    return found


def overdue(found: Channel) -> bool:
    """Whether a run that was due has not come: the worker may not be running."""
    due = found.next_run_at
    return found.state == ChannelState.ACTIVE and due is not None and due + LATE < now()


def status(found: Channel) -> dict[str, Any]:
    """How a channel stands, as the command line prints it; no secret is in it."""
    last = deliveries(found).first()
    return {
        "channel": found.code,
        "label": found.label,
        "unit": found.unit,
        "item": found.item,
        "kind": found.kind,
        "state": found.state,
        "state_label": ChannelState(found.state).label,
        "version": found.version,
        "digest": digest_of(found),
        "answers": found.answers,
        "declared_by": found.declared_by,
        "confirmed_by": found.confirmed_by,
        "schedule": found.declaration["schedule"],
        "read_up_to": found.position.get("value"),
        "failures": found.failures,
        "problem": found.problem,
        "last_run_at": _moment(found.last_run_at),
        "next_run_at": _moment(found.next_run_at),
        "overdue": overdue(found),
        "questions": found.deliveries.filter(state=DeliveryState.QUESTION).count(),
        "last_delivery": delivered(last) if last is not None else None,
    }


def delivered(found: Delivery) -> dict[str, Any]:
    """A delivery as the command line prints it."""
    return {
        "delivery": str(found.id),
        "state": found.state,
        "state_label": DeliveryState(found.state).label,
        "filename": found.filename,
        "file_sha256": found.sha256,
        "size_bytes": found.size_bytes,
        "rows": found.facts.get("rows"),
        "received_at": _moment(found.received_at),
        "batch": found.batch,
        "problem": found.problem,
    }


def _moment(at: Any) -> str | None:
    return at.astimezone(SHANGHAI).isoformat() if at is not None else None
