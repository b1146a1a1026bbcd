"""Who asks, for which subject; asked anew at every click, so an ended mandate ends here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.looks.services import asks
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import Rulebook
from chengxin.subjects.queries import called, kinds_of
from chengxin.visitors.errors import NoMandate
from chengxin.visitors.queries import standing
from chengxin.visitors.values import Capacity, Holding

P = ParamSpec("P")
VISITOR: Final = "visitor"
MANDATE: Final = "mandate"


class SpeakingRequest(HttpRequest):
    """A request of somebody who acts for a subject."""

    actor: Actor
    subject: UUID
    mandate: Holding
    book: Rulebook


def speaking(
    view: Callable[Concatenate[SpeakingRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for whoever speaks for a subject; refusals become a page with their sentence.

    Nothing of it is kept by the browser: the phone may be lent, the counter is shared.
    """

    @wraps(view)
    def spoke(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if VISITOR not in request.session:
            there = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('my-sign-in')}?{there}")
        if MANDATE not in request.session:
            return redirect("my-choose")
        asked = cast("SpeakingRequest", request)
        asked.book = current_rulebook()
        try:
            who, which = UUID(request.session[VISITOR]), UUID(request.session[MANDATE])
            asked.actor, asked.mandate = standing(who, which, on=today(), roles=asked.book.roles)
        except NoMandate as error:
            del request.session[MANDATE]
            return refused(request, error)
        asks(asked.actor, purpose="own")
        asked.subject = cast("UUID", asked.actor.subject)
        try:
            return view(asked, *args, **kwargs)
        except CreditError as error:
            return my_page(asked, "my/refused.html", {"error": error}, status=error.status)

    return never_cache(spoke)


def refused(request: HttpRequest, error: CreditError) -> HttpResponse:
    """A refusal to somebody who acts for nobody (yet)."""
    text = error.text(get_language() or "zh-hans")
    return render(request, "my/turned_away.html", {"error_text": text}, status=error.status)


def my_page(
    request: SpeakingRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of the subject's space: whose it is and in what capacity stands over each."""
    content = dict(context or {})
    error = content.get("error")
    if isinstance(error, CreditError):
        content["error_text"] = error.text(get_language() or "zh-hans")
    named = called([request.subject]).get(request.subject)
    whole = {
        "actor": request.actor,
        "mandate": request.mandate,
        "capacity": capacity_label(request.mandate.capacity),
        "subject_name": named[1] if named else request.actor.name,
        "public_id": named[0] if named else "",
        "is_person": kinds_of([request.subject]).get(request.subject) == "natural_person",
        "doors": doors(request.actor, request.subject, here),
        **content,
    }
    return render(request, template, whole, status=status)


def capacity_label(capacity: Capacity) -> str:
    """In what capacity somebody acts, in words."""
    return {
        Capacity.REPRESENTATIVE: _("法定代表人"),
        Capacity.AGENT: _("经办人"),
        Capacity.PERSON: _("本人"),
        Capacity.GUARDIAN: _("监护人"),
    }[capacity]


def doors(by: Actor, subject: UUID, here: str) -> list[dict[str, Any]]:
    """The pages this actor may open for its subject; one that would only refuse is not drawn."""
    whole = [
        ("my-home", _("首页"), "home", "rights.read"),
        ("my-records", _("我的信息"), "file-text", "rights.read"),
        ("my-looks", _("谁看过"), "eye", "rights.read"),
        ("my-uses", _("怎样使用"), "list-check", "rights.read"),
        ("my-questions", _("我的提问"), "help-circle", "rights.read"),
        ("my-cases", _("异议与修复"), "message-report", "casework.file"),
        ("my-agents", _("经办人"), "users", "visitors.see_mandates"),
    ]
    return [
        {"url": reverse(name), "label": label, "icon": icon, "current": name == here}
        for name, label, icon, verb in whole
        if by.may_for(verb, subject)
    ]
