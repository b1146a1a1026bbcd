"""信用查询: from whatever a reader has in hand to the organisation; and robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import today
from chengxin.kernel.text import normalise_text
from chengxin.policy.queries import current_rulebook
from chengxin.subjects.rules.asking import is_personal
from chengxin.web.searching import Asked, choices, search_page, suggestions
from chengxin.web.views.metering import metered

LONGEST_QUERY = 100
PERSONAL = "personal"


@require_safe
@metered(cost=1)
def search(request: HttpRequest) -> HttpResponse:
    """信用查询: organisations by name, code, sound or document, near misses told as such.

    The number of a natural person is not looked up, nor shown again, nor left in the address.
    """
    asked = _asked(request)
    if is_personal(asked.text):  # away from the address bar, its history and what logs keep
        return redirect(f"{reverse('web-search')}?{PERSONAL}=1")
    book = current_rulebook()
    page = search_page(asked, on=today(), book=book)
    context = {
        "here": "search",
        "search": page,
        "choices": choices(book),
        "query": page.asked.text,
        "personal": PERSONAL in request.GET,
    }
    return render(request, "web/search.html", context)


@require_safe
@metered(cost=0.1)
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words typed so far may mean, for the list under the search box."""
    found = suggestions(_asked(request).text)
    answer = render(request, "web/parts/suggestions.html", {"hits": found})
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked: files of organisations, yes; searching, no, there is an API."""
    del request
    lines = (
        "# 需要大批数据的，请使用机器接口 / For data in bulk use the API:",
        f"# {settings.CHENGXIN_BASE_URL}/api/v1/openapi.json",
        "User-agent: *",
        f"Disallow: {reverse('web-search')}",
        "Disallow: /language/",
        "Disallow: /desk/",
        "Disallow: /sign-in/",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        text=normalise_text(given.get("q", "").replace("\x00", ""))[:LONGEST_QUERY],
        county=given.get("county", ""),
        kind=given.get("kind", ""),
        industry=given.get("industry", ""),
        item=given.get("item", ""),
        page=given.get("page", "1"),
    )
