"""The first page, and the powers of the officer's roles in words."""

from typing import Any, cast

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.audit.queries import head
from chengxin.desk.queries.home import home as waiting_for
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.oversight.queries import reminders

DUES = 6


@require_safe
@acting
def home(request: ActingRequest) -> HttpResponse:
    """What waits for me, by my roles."""
    on, by = today(), request.actor
    watching = by.may("oversight.read", unit=by.unit)
    dues = reminders(by=by, on=on, book=request.book) if watching else ()
    context = {
        "dues": [one for one in dues if one.kind != "release"][:DUES],
        "today": on,
        "work": waiting_for(by=request.actor, on=on, book=request.book),
        "log_head": head() if request.actor.may("audit.read") else None,
        "may": {verb.replace(".", "_"): True for verb in request.actor.powers},
        "all_units": request.actor.may("intake.read", unit=""),
    }
    return page(request, "desk/home.html", context, here="desk-home")


@require_safe
@acting
def powers(request: ActingRequest) -> HttpResponse:
    """我的权限: what each of my roles may do, as the rulebook says it."""
    codes = cast("Any", request.user).roles
    roles = [request.book.roles[code] for code in codes if code in request.book.roles]
    context = {"roles": roles, "edition": request.book.edition_short}
    return page(request, "desk/powers.html", context, here="desk-powers")
