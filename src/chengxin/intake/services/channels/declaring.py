"""Declaring a channel, and what becomes of it: each act by a person, in the history and the log."""

from datetime import date
from typing import Any

from django.db import transaction

from chengxin.access.queries import actor_named
from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.intake.channels.models import Channel, ChannelEvent, ChannelState
from chengxin.intake.channels.refusals import (
    BadDeclaration,
    ChannelNotThere,
    NotAnOfficerOfUnit,
    OwnDeclaration,
    UnknownChannel,
)
from chengxin.intake.refusals import ReasonMissing, UnknownUnit
from chengxin.intake.rules.declarations import Declaration
from chengxin.intake.rules.declarations import declaration as checked
from chengxin.intake.services.channels import places
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook

DECLARE, CONFIRM = "intake.declare_channel", "intake.confirm_channel"
PAUSE, CLOSE = "intake.pause_channel", "intake.close_channel"
RUN = "intake.run_channel"


@transaction.atomic
def declare_channel(*, declaration: Declaration, by: Actor, on: date, book: Rulebook) -> Channel:
    """Declare a channel 声明渠道, or a new version of one under the same code.

    A folder runs at once; a query waits until a second person has confirmed it, also when a
    running channel is declared anew.

    Raises: `NotPermitted`, `UnknownUnit`, `UnknownItem`, `NotAnOfficerOfUnit`, `BadDeclaration`,
    `ChannelNotThere` for one that was closed.
    """
    by.require(DECLARE, unit=declaration.unit)
    if declaration.unit not in book.units:
        raise UnknownUnit(unit=declaration.unit)
    item = catalogue.item(book, declaration.item)
    for field in set((declaration.mapping or {}).values()) - {None, ""}:
        if field not in {one.name for one in item.fields}:
            raise BadDeclaration(
                part="mapping",
                problem=f"目录事项没有数据项“{field}”",
                problem_en=f"the item has no field “{field}”",
            )
    if actor_named(declaration.answers, book.roles).unit != declaration.unit:
        raise NotAnOfficerOfUnit(login=declaration.answers, unit=declaration.unit)
    channel = Channel.objects.select_for_update().filter(code=declaration.code).first()
    if channel is None:
        channel = Channel(code=declaration.code, version=0)
    else:
        by.require(DECLARE, unit=channel.unit)
        if channel.state == ChannelState.CLOSED or channel.unit != declaration.unit:
            raise _not_there(channel)
    if not declaration.pulled:
        places.prepare(declaration.where["folder"])
    fresh = channel.version == 0
    _describe(channel, declaration, by)
    if fresh:
        channel.save(force_insert=True)
    else:
        channel.save(update_fields=_DESCRIBED)
    _happened(channel, "declared", by, on, facts={"digest": declaration.digest})
    return channel


_DESCRIBED = [
    "label", "unit", "item", "kind", "state", "declaration", "version", "answers", "declared_by",
    "confirmed_by", "columns", "position", "failures", "problem", "next_run_at",
]  # fmt: skip


def _describe(channel: Channel, declared: Declaration, by: Actor) -> None:
    earlier = channel.declaration or {}
    same_rows = all(
        earlier.get(part) == declared.as_json()[part] for part in ("where", "query", "cursor")
    )
    channel.label, channel.unit, channel.item = declared.label, declared.unit, declared.item
    channel.kind, channel.answers = declared.kind, declared.answers
    channel.declaration, channel.version = declared.as_json(), channel.version + 1
    channel.declared_by, channel.confirmed_by = by.login, ""
    channel.columns, channel.failures, channel.problem = [], 0, None
    # Another query is read from the start: what is already held is recognised, nothing is missed.
    channel.position = channel.position if same_rows else {}
    channel.state = ChannelState.PROPOSED if declared.pulled else ChannelState.ACTIVE
    channel.next_run_at = None if declared.pulled else now()


@transaction.atomic
def confirm_channel(*, code: str, digest: str, by: Actor, on: date) -> Channel:
    """A second person confirms the query as it stands 确认查询; from now on it runs.

    `digest` is that of the declaration that was looked at: if it has changed since, this refuses.
    Raises: `UnknownChannel`, `NotPermitted`, `OwnDeclaration`, `ChannelNotThere`.
    """
    channel = _locked(code)
    by.require(CONFIRM, unit=channel.unit)
    if channel.declared_by == by.login:
        raise OwnDeclaration(channel=code)
    if channel.state != ChannelState.PROPOSED or digest != digest_of(channel):
        raise _not_there(channel)
    channel.state, channel.confirmed_by, channel.next_run_at = ChannelState.ACTIVE, by.login, now()
    channel.save(update_fields=["state", "confirmed_by", "next_run_at"])
    _happened(channel, "confirmed", by, on, facts={"digest": digest})
    return channel


@transaction.atomic
def pause_channel(*, code: str, reason: str, by: Actor, on: date) -> Channel:
    """Stop a channel for the time being 暂停渠道.

    Raises: `UnknownChannel`, `NotPermitted`, `ReasonMissing`, `ChannelNotThere`.
    """
    channel = _locked(code)
    by.require(PAUSE, unit=channel.unit)
    return _moved(channel, {ChannelState.ACTIVE}, ChannelState.PAUSED, "paused", by, on, reason)


@transaction.atomic
def resume_channel(*, code: str, by: Actor, on: date) -> Channel:
    """Let a paused channel go on 恢复渠道. Raises: as `pause_channel`."""
    channel = _locked(code)
    by.require(PAUSE, unit=channel.unit)
    return _moved(channel, {ChannelState.PAUSED}, ChannelState.ACTIVE, "resumed", by, on, "—")


@transaction.atomic
def hasten_channel(*, code: str, by: Actor, on: date) -> Channel:
    """Have a channel run at the worker's next minute 尽快运行, whatever its schedule.

    Raises: `UnknownChannel`, `NotPermitted`, `ChannelNotThere`.
    """
    channel = _locked(code)
    by.require(RUN, unit=channel.unit)
    if channel.state != ChannelState.ACTIVE:
        raise _not_there(channel)
    channel.next_run_at = now()
    channel.save(update_fields=["next_run_at"])
    _happened(channel, "hastened", by, on)
    return channel


@transaction.atomic
def reread_channel(*, code: str, reason: str, by: Actor, on: date) -> Channel:
    """Read a source again from its start 重新读取; what is held already is recognised.

    Raises: `UnknownChannel`, `NotPermitted`, `ReasonMissing`, `ChannelNotThere`.
    """
    channel = _locked(code)
    by.require(PAUSE, unit=channel.unit)
    if channel.state != ChannelState.ACTIVE or not declared(channel).pulled:
        raise _not_there(channel)
    if not reason.strip():
        raise ReasonMissing
    channel.position, channel.next_run_at = {}, now()
    channel.save(update_fields=["position", "next_run_at"])
    _happened(channel, "reread", by, on, reason=reason.strip())
    return channel


@transaction.atomic
def close_channel(*, code: str, reason: str, by: Actor, on: date) -> Channel:
    """End a channel for good 关闭渠道; its history and its deliveries stay.

    Raises: `UnknownChannel`, `NotPermitted`, `ReasonMissing`, `ChannelNotThere`.
    """
    channel = _locked(code)
    by.require(CLOSE, unit=channel.unit)
    open_states = {ChannelState.PROPOSED, ChannelState.ACTIVE, ChannelState.PAUSED}
    return _moved(channel, open_states, ChannelState.CLOSED, "closed", by, on, reason)


def digest_of(channel: Channel) -> str:
    """SHA-256 of the declaration as it stands: what is shown and what is confirmed."""
    return declared(channel).digest


def declared(channel: Channel) -> Declaration:
    """The declaration of a channel, as it was checked when it was stored."""
    return checked(channel.declaration)


def _moved(
    channel: Channel,
    allowed: set[ChannelState],
    state: ChannelState,
    verb: str,
    by: Actor,
    on: date,
    reason: str,
) -> Channel:
    if channel.state not in allowed:
        raise _not_there(channel)
    if not reason.strip():
        raise ReasonMissing
    channel.state = state
    channel.next_run_at = now() if state == ChannelState.ACTIVE else None
    channel.failures = 0
    channel.save(update_fields=["state", "next_run_at", "failures"])
    _happened(channel, verb, by, on, reason=reason.strip())
    return channel


def _locked(code: str) -> Channel:
    channel = Channel.objects.select_for_update().filter(code=code).first()
    if channel is None:
        raise UnknownChannel(asked=code)
    return channel


def _not_there(channel: Channel) -> ChannelNotThere:
    state = ChannelState(channel.state)
    return ChannelNotThere(channel=channel.code, state=state.label, state_en=state.value)


def _happened(
    channel: Channel,
    verb: str,
    by: Actor,
    on: date,
    *,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> None:
    ChannelEvent.objects.create(
        channel=channel,
        version=channel.version,
        verb=verb,
        by=by.login,
        at=now(),
        reason=reason,
        declaration=channel.declaration,
    )
    audit.note(
        by=by,
        verb=f"intake.channel_{verb}",
        target=f"channel:{channel.id}",
        unit=channel.unit,
        facts={
            "channel": channel.code,
            "version": channel.version,
            "on": on.isoformat(),
            **(facts or {}),
        },
    )
