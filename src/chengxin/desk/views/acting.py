"""Who asks, with which powers; refusals become a page with their sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chengxin.access.queries import actor_of
from chengxin.desk.queries.casework import casework_waiting
from chengxin.desk.queries.evaluations import sees, waiting_count
from chengxin.desk.queries.home import awaiting_count, cases_waiting
from chengxin.desk.queries.lists import measures_waiting
from chengxin.desk.queries.plans import VERBS as PLAN_VERBS
from chengxin.desk.queries.plans import plans_waiting
from chengxin.desk.templatetags.desk import unit_name, verb_name
from chengxin.intake.services.channels.listing import may_see
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import CreditError, NotPermitted
from chengxin.looks.services import asks
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import Rulebook
from chengxin.rights.queries import waiting_count as questions_waiting

P = ParamSpec("P")


class ActingRequest(HttpRequest):
    """A request of a signed-in officer."""

    actor: Actor
    book: Rulebook


def acting(
    view: Callable[Concatenate[ActingRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A view for signed-in officers; whatever refusal it does not answer itself is shown whole.

    Nothing of it is kept by the browser: desks are shared.
    """

    @wraps(view)
    def acted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = cast("ActingRequest", request)
        asked.book = current_rulebook()
        asked.actor = actor_of(cast("Any", request.user), asked.book.roles)
        asks(asked.actor, purpose=_purpose(request))
        try:
            return view(asked, *args, **kwargs)
        except CreditError as error:
            return page(asked, "desk/refused.html", {"error": error}, status=error.status)

    return cast("Any", never_cache(login_required(acted)))  # type: ignore[no-any-return]


def _purpose(request: HttpRequest) -> str:
    """What the page is for, as the subject is told of it: the page's own name."""
    return request.resolver_match.url_name or "desk" if request.resolver_match else "desk"


def page(
    request: ActingRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of the workbench, with its navigation; `error` in the context gets its sentence."""
    content = dict(context or {})
    error = content.get("error")
    if isinstance(error, CreditError):
        content["error_text"] = in_officers_words(error).text(get_language() or "zh-hans")
    whole = {
        "actor": request.actor,
        "nav_items": navigation(request.actor, here),
        **content,
    }
    return render(request, template, whole, status=status)


def in_officers_words(error: CreditError) -> CreditError:
    """A missing power named as the page of powers names it, the unit by its name."""
    if not isinstance(error, NotPermitted):
        return error
    verb, unit = str(error.facts.get("verb", "")), str(error.facts.get("unit", ""))
    return NotPermitted(**{**error.facts, "verb": verb_name(verb), "unit": unit_name(unit)})


def navigation(by: Actor, here: str) -> list[dict[str, Any]]:
    """The doors an officer's powers open; a door that would only refuse is not drawn."""
    doors = [
        ("desk-home", _("首页"), "home", True, 0),
        ("desk-upload", _("报送文件"), "upload", by.may("intake.preview"), 0),
        ("desk-batches", _("批次"), "inbox", by.may("intake.read"), 0),
        (
            "desk-matching",
            _("待认定主体"),
            "git-merge",
            by.may("intake.decide_match"),
            awaiting_count(by),
        ),
        (
            "desk-cases",
            _("核查与更正"),
            "message-report",
            by.may("register.decide_case"),
            cases_waiting(by),
        ),
        (
            "desk-casework",
            _("异议与修复"),
            "message-report",
            by.may("casework.read"),
            casework_waiting(by),
        ),
        ("desk-merges", _("主体合并"), "users", by.may("subjects.confirm_merge"), 0),
        ("desk-lists", _("名单"), "list-check", by.may("measures.read"), 0),
        ("desk-measures", _("措施"), "scale", by.may("measures.read"), measures_waiting(by)),
        (
            "desk-evaluations",
            _("信用评价"),
            "certificate",
            sees(by),
            waiting_count(by, current_rulebook()),
        ),
        ("desk-quality", _("数据质量"), "chart-bar", by.may("oversight.read"), 0),
        ("desk-records", _("信用信息"), "file-text", by.may("register.read"), 0),
        ("desk-replay", _("回放"), "history", by.may("replay.explain", ""), 0),
        ("desk-channels", _("归集渠道"), "database", may_see(by), 0),
        (
            "desk-draws",
            _("双随机抽查"),
            "list-check",
            by.may("supervision.commit") or by.may("supervision.draw"),
            0,
        ),
        (
            "desk-questions",
            _("查看提问"),
            "help-circle",
            by.may("rights.answer"),
            questions_waiting(by),
        ),
        ("desk-counter", _("窗口代办"), "user", by.may("visitors.open_at_counter"), 0),
        (
            "desk-plans",
            _("抽查计划"),
            "calendar",
            any(by.may(verb) for verb in PLAN_VERBS),
            plans_waiting(by),
        ),
        ("desk-log", _("操作日志"), "history", by.may("audit.read"), 0),
        ("desk-powers", _("我的权限"), "key", True, 0),
    ]
    return [
        {
            "url": reverse(name),
            "label": label,
            "icon": icon,
            "current": name == here,
            "count": count,
        }
        for name, label, icon, shown, count in doors
        if shown
    ]
