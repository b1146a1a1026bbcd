"""渠道: how each stands, what it brought, what waits for an answer; confirm, pause, close."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.desk import tickets
from chengxin.desk.previewed import Ticket
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake.services.channels import declaring, delivering, listing
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError

HERE = "desk-channels"
DELIVERIES_PER_PAGE = 20
# What a button does, and whether it takes a reason.
ACTS: Mapping[str, tuple[Callable[..., Any], bool]] = {
    "hasten": (declaring.hasten_channel, False),
    "pause": (declaring.pause_channel, True),
    "resume": (declaring.resume_channel, False),
    "reread": (declaring.reread_channel, True),
    "close": (declaring.close_channel, True),
}


@require_safe
@acting
def channels(request: ActingRequest) -> HttpResponse:
    """All channels an officer may see, those with trouble first, and what waits for an answer."""
    by = request.actor
    found = [(one, listing.overdue(one)) for one in listing.channels(by=by)]
    context = {
        "channels": found,
        "questions": listing.questions(by=by) if by.may(listing.READ) else (),
        "all_units": by.may(listing.READ, unit="") or by.may(declaring.DECLARE, unit=""),
        "may_declare": by.may(declaring.DECLARE),
    }
    return page(request, "desk/channels.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def channel(request: ActingRequest, code: str) -> HttpResponse:
    """One channel: its state, its declaration as it is confirmed, its deliveries, its history."""
    if request.method != "POST":
        return _channel_page(request, code)
    try:
        done = _act(request, code, request.POST.get("action", ""))
    except CreditError as error:
        return _channel_page(request, code, error)
    messages.success(request, done)
    return redirect("desk-channel", code)


def _act(request: ActingRequest, code: str, action: str) -> str:
    listing.channel(code, by=request.actor)
    if action == "confirm":
        digest = request.POST.get("digest", "")
        declaring.confirm_channel(code=code, digest=digest, by=request.actor, on=today())
        return _("已确认，渠道开始运行。")
    if action not in ACTS:
        return _("没有这项操作。")
    verb, reasoned = ACTS[action]
    reason = {"reason": request.POST.get("reason", "")} if reasoned else {}
    verb(code=code, by=request.actor, on=today(), **reason)
    return _("已办理。任务进程将在一分钟内运行。") if action == "hasten" else _("已办理。")


def _channel_page(
    request: ActingRequest, code: str, error: CreditError | None = None
) -> HttpResponse:
    found = listing.channel(code, by=request.actor)
    by = request.actor
    context = {
        "channel": found,
        "stands": listing.status(found),
        "where": [(name, value) for name, value in found.declaration["where"].items()],
        "mapping": (found.declaration["mapping"] or {}).items(),
        "shown": Paginator(listing.deliveries(found), DELIVERIES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "events": listing.events(found),
        "own": found.declared_by == by.login,
        "may": _may(by, found.unit),
        "may_read": by.may(listing.READ, found.unit),
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/channel.html", context, here=HERE, status=status)


def _may(by: Actor, unit: str) -> dict[str, bool]:
    return {verb: by.may(f"intake.{verb}_channel", unit) for verb in _VERBS}


_VERBS = ("confirm", "run", "pause", "close")


@require_safe
@acting
def delivery(request: ActingRequest, number: UUID) -> HttpResponse:
    """A delivery in doubt as any uploaded file: the clerk answers and submits it from there."""
    found = listing.delivery(number, by=request.actor)
    request.actor.require("intake.submit", unit=found.channel.unit)
    ticket = Ticket(
        sha256=found.sha256,
        filename=found.filename,
        item=found.channel.item,
        mapping=_chosen(found.channel.declaration["mapping"]),
    )
    return redirect("desk-file", tickets.signed(ticket, by=request.actor))


def _chosen(mapping: Mapping[str, str | None] | None) -> dict[str, str] | None:
    return None if mapping is None else {header: field or "" for header, field in mapping.items()}


@require_POST
@acting
def dismiss(request: ActingRequest, number: UUID) -> HttpResponse:
    """作罢: the delivery will not be submitted, with the reason."""
    done = delivering.dismiss_delivery(
        number=number, reason=request.POST.get("reason", ""), by=request.actor, on=today()
    )
    messages.success(request, _("已作罢。"))
    return redirect("desk-channel", done.channel.code)
