"""登录: out to the provider and back, choosing whom to act for, and leaving."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook
from chengxin.visitors import services
from chengxin.visitors.errors import SignInExpired
from chengxin.visitors.queries import demonstration_logins, options, providers
from chengxin.visitors.services import depart, leave_counter, renew, sign_in_demonstration, step_in
from chengxin.web.views.my.acting import (
    MANDATE,
    VISITOR,
    SpeakingRequest,
    capacity_label,
    refused,
    speaking,
)

LEFT, NEXT = "sign_in", "sign_in_next"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The providers to choose from; in a demonstration also sign-ins everybody knows."""
    try:
        known = providers()
    except CreditError as error:
        return refused(request, error)
    if there := request.GET.get("next"):
        request.session[NEXT] = there
    context: dict[str, Any] = {"providers": known, "logins": demonstration_logins()}
    if request.method != "POST":
        return render(request, "my/sign_in.html", context)
    login = request.POST.get("login", "")
    found = sign_in_demonstration(login=login, password=request.POST.get("password", ""))
    if found is None:
        wrong = _("演示登录名或密码不正确。")
        context |= {"error_text": wrong, "login": login}
        return render(request, "my/sign_in.html", context, status=401)
    renew(visitor_id=found.id, on=today())
    return _let_in(request, found.id)


@never_cache
@require_safe
def leave_for(request: HttpRequest, code: str) -> HttpResponse:
    """Out to the provider 前往身份认证; what proves the way back stays in the session."""
    try:
        out = depart(code=code, redirect_uri=_return_address(code), at=now())
    except CreditError as error:
        return refused(request, error)
    request.session[LEFT] = out.kept
    return redirect(out.url)


@never_cache
@require_safe
def come_back(request: HttpRequest, code: str) -> HttpResponse:
    """Back from the provider; the answer is good once, in this browser, for ten minutes."""
    kept = request.session.pop(LEFT, None)
    try:
        visitor = services.come_back(
            code=code,
            redirect_uri=_return_address(code),
            kept=kept,
            given=request.GET.dict(),
            at=now(),
            on=today(),
        )
    except CreditError as error:
        return refused(request, error)
    return _let_in(request, visitor)


@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Whom to act for 选择主体, of those the visitor may act for today."""
    if VISITOR not in request.session:
        return redirect("my-sign-in")
    visitor = UUID(request.session[VISITOR])
    found = options(visitor, on=today())
    if request.method != "POST":
        listed = [(one, capacity_label(one.capacity)) for one in found]
        return render(request, "my/choose.html", {"options": listed})
    picked = [one for one in found if str(one.mandate) == request.POST.get("mandate")]
    if not picked:
        return refused(request, SignInExpired())
    return _step_in(request, visitor, picked[0].mandate)


@require_POST
@speaking
def sign_out(request: SpeakingRequest) -> HttpResponse:
    """Leave 退出; at a counter the clerk's own sign-in stays, the visitor's session ends."""
    leave_counter(mandate_id=request.mandate.id, by=request.actor)
    if request.mandate.clerk:
        for name in (VISITOR, MANDATE):
            request.session.pop(name, None)
        return redirect("desk-counter")
    request.session.flush()
    return redirect("web-home")


def _let_in(request: HttpRequest, visitor: UUID) -> HttpResponse:
    """A new session for who was just verified: none made before can be borrowed."""
    there = request.session.get(NEXT, "")
    request.session.flush()
    request.session[VISITOR] = str(visitor)
    if there:
        request.session[NEXT] = there
    found = options(visitor, on=today())
    if len(found) == 1:
        return _step_in(request, visitor, found[0].mandate)
    return redirect("my-choose")


def _step_in(request: HttpRequest, visitor: UUID, mandate: UUID) -> HttpResponse:
    try:
        step_in(visitor_id=visitor, mandate_id=mandate, on=today(), book=current_rulebook())
    except CreditError as error:
        return refused(request, error)
    request.session[MANDATE] = str(mandate)
    there = request.session.pop(NEXT, "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return redirect(there if safe and there.startswith("/my/") else "my-home")


def _return_address(code: str) -> str:
    return settings.CHENGXIN_BASE_URL + reverse("my-come-back", args=[code])
