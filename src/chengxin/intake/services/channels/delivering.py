"""One file that a channel brought: kept, handed on to `submit`, and what came of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.intake.channels.models import Channel, Delivery, DeliveryState
from chengxin.intake.channels.refusals import UnknownDelivery
from chengxin.intake.models import Batch, BatchState
from chengxin.intake.queries import originals
from chengxin.intake.refusals import AlreadySubmitted, QuestionsOpen, ReasonMissing
from chengxin.intake.services.submitting import submit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.kernel.errors import CreditError
from chengxin.policy.values import Rulebook

# What is wrong with this house or its rulebook, and not with the file: the file waits.
OUR_TROUBLE = 500
NOT_THE_FILES_FAULT = ("INTAKE-UNKNOWN-UNIT", "CATALOGUE-UNKNOWN-ITEM", "KERNEL-NOT-PERMITTED")


def channel_actor(channel: Channel) -> Actor:
    """The channel itself, acting for its unit with one power: to submit."""
    login = f"channel:{channel.code}"
    return Actor(login, channel.label, channel.unit, {"intake.submit": Scope.OWN_UNIT})


def received(
    channel: Channel,
    *,
    number: UUID,
    filename: str,
    sha256: str,
    size_bytes: int,
    facts: Mapping[str, Any] | None = None,
) -> Delivery:
    """Note that a file is in the store of originals; the same number twice is one delivery."""
    found, fresh = Delivery.objects.get_or_create(
        id=number,
        defaults={
            "channel": channel,
            "state": DeliveryState.RECEIVED,
            "filename": filename[-255:],
            "sha256": sha256,
            "size_bytes": size_bytes,
            "received_at": now(),
            "facts": dict(facts or {}),
        },
    )
    if not fresh and not is_in(found):
        found.facts = dict(facts or {})
        found.save(update_fields=["facts"])
    return found


def is_in(delivery: Delivery) -> bool:
    """Whether what a delivery holds is in a batch that was not returned."""
    if delivery.state not in {DeliveryState.SUBMITTED, DeliveryState.KNOWN}:
        return False
    batches = Batch.objects.filter(number=delivery.batch)
    return batches.exclude(state=BatchState.RETURNED).exists()


def hand_on(channel: Channel, delivery: Delivery, *, on: date, book: Rulebook) -> Delivery:
    """Submit a delivery in the name of the channel; doubts and refusals are kept with it.

    May be done again after a kill at any point: a batch made by the first try is found again.
    Raises: what is wrong with this house and not with the file.
    """
    by = channel_actor(channel)
    given = channel.declaration
    try:
        batch = submit(
            source=originals().path(delivery.sha256),
            filename=delivery.filename,
            item=channel.item,
            unit=channel.unit,
            mapping=given["mapping"],
            sheet=given["sheet"],
            channel=by.login,
            by=by,
            on=on,
            book=book,
        )
    except AlreadySubmitted as error:
        earlier = Batch.objects.get(number=error.facts["number"])
        ours = earlier.submitted_by == by.login and earlier.submitted_at >= delivery.received_at
        state = DeliveryState.SUBMITTED if ours else DeliveryState.KNOWN
        return settle(channel, delivery, state, by=by, batch=earlier.number)
    except QuestionsOpen as error:
        return settle(channel, delivery, DeliveryState.QUESTION, by=by, problem=error)
    except CreditError as error:
        if error.status >= OUR_TROUBLE or error.code in NOT_THE_FILES_FAULT:
            raise
        return settle(channel, delivery, DeliveryState.REFUSED, by=by, problem=error)
    return settle(channel, delivery, DeliveryState.SUBMITTED, by=by, batch=batch.number)


@transaction.atomic
def settle(
    channel: Channel,
    delivery: Delivery,
    state: DeliveryState,
    *,
    by: Actor,
    batch: str = "",
    problem: CreditError | None = None,
) -> Delivery:
    """Write what became of a delivery; a table is read on only from what is safely in.

    Raises: nothing of its own; called inside the verbs of this package.
    """
    delivery.state, delivery.batch = state, batch
    delivery.problem = problem.as_json() if problem is not None else None
    delivery.settled_by, delivery.settled_at = by.login, now()
    delivery.save(update_fields=["state", "batch", "problem", "settled_by", "settled_at"])
    if "position" in delivery.facts and state in {DeliveryState.SUBMITTED, DeliveryState.KNOWN}:
        channel.position = delivery.facts["position"]
        channel.save(update_fields=["position"])
    audit.note(
        by=by,
        verb="intake.deliver",
        target=f"delivery:{delivery.id}",
        unit=channel.unit,
        facts={
            "channel": channel.code,
            "state": str(state),
            "batch": batch,
            "file_sha256": delivery.sha256,
            "problem": problem.code if problem is not None else "",
        },
    )
    return delivery


def answered(channel: Channel, delivery: Delivery) -> Delivery:
    """A delivery in doubt that a clerk has submitted meanwhile counts as submitted."""
    batch = (
        Batch.objects.filter(unit=channel.unit, item=channel.item, file_sha256=delivery.sha256)
        .exclude(state=BatchState.RETURNED)
        .first()
    )
    if batch is None:
        return delivery
    who = Actor(batch.submitted_by, batch.submitted_by, channel.unit, {})
    return settle(channel, delivery, DeliveryState.SUBMITTED, by=who, batch=batch.number)


@transaction.atomic
def dismiss_delivery(*, number: UUID, reason: str, by: Actor, on: date) -> Delivery:
    """A clerk lets a delivery in doubt drop 作罢; a table will be read again from where it was.

    Raises: `UnknownDelivery`, `NotPermitted`, `ReasonMissing`.
    """
    delivery = (
        Delivery.objects.select_for_update()
        .select_related("channel")
        .filter(id=number, state=DeliveryState.QUESTION)
        .first()
    )
    if delivery is None:
        raise UnknownDelivery(asked=str(number))
    channel = delivery.channel
    by.require("intake.submit", unit=channel.unit)
    if not reason.strip():
        raise ReasonMissing
    delivery.facts = {**delivery.facts, "dismissed": reason.strip(), "on": on.isoformat()}
    delivery.save(update_fields=["facts"])
    return settle(channel, delivery, DeliveryState.DISMISSED, by=by)
