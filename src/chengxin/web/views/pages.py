"""首页、权利与救济, and the switch of language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.web.queries import home_figures, terms

A_YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页: the search, what is here and what is not, and the latest facts."""
    figures = home_figures(on=today(), book=current_rulebook())
    return render(request, "web/home.html", {"figures": figures})


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """权利与救济: how to object, how to repair, how long facts stay, whom to ask."""
    context = {"here": "rights", "terms": terms(today(), current_rulebook())}
    return render(request, "web/rights.html", context)


@require_safe
def language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the reader's language and show the same page again."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    there = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    answer = HttpResponseRedirect(there if safe else reverse("web-home"))
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
    return answer
