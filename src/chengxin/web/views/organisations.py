"""机构、信息: an organisation's file, and a fact with its passport."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import today
from chengxin.kernel.dates import parse_date
from chengxin.policy.queries import current_rulebook
from chengxin.publication.queries import public_fact, under_check, withdrawal
from chengxin.publication.values import Withdrawal
from chengxin.subjects.queries import by_id, by_public_id
from chengxin.web.queries import evaluation_kit as packed_kit
from chengxin.web.queries import organisation_page


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One organisation's public file, today or as of another day (`?on=2026-01-31`)."""
    now = today()
    on, fault = _asked_day(request, now)
    page = organisation_page(public_id, on=on, today=now, book=current_rulebook())
    if page is None:
        raise Http404
    if page.subject.public_id != public_id:
        return moved(request, "web-organisation", page.subject.public_id)
    context = {
        "page": page,
        "fault": fault,
        "api_url": _machine_address(public_id, page.on if page.is_past else None),
    }
    return render(request, "web/organisation.html", context)


@require_safe
def evaluation_kit(request: HttpRequest, public_id: str, model: str) -> HttpResponse:
    """复算包: all it takes to judge an evaluation again, offline; only of what the page shows."""
    del request
    subject = by_public_id(public_id)
    if subject is None:
        raise Http404
    kit = packed_kit(subject.id, model, on=today(), book=current_rulebook())
    if kit is None:
        raise Http404
    answer = HttpResponse(kit, content_type="application/zip")
    name = f"evaluation-{subject.public_id}-{model}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """One fact with its passport at an address that never changes; gone when no longer public.

    Of a decision that was revoked meanwhile the page tells that, and why; of one whose link is
    being checked only that.
    """
    on, book = today(), current_rulebook()
    fact = public_fact(record_id, on=on, book=book)
    if fact is None:
        if under_check(record_id, on=on, book=book):
            return render(request, "web/under_check.html")
        return _withdrawn(request, withdrawal(record_id, on=on, book=book))
    subject = by_id(fact.subject) if fact.subject else None
    if subject is None:
        raise Http404
    return render(request, "web/record.html", {"fact": fact, "subject": subject})


def moved(request: HttpRequest, address: str, public_id: str) -> HttpResponse:
    """To the address of the body this one was merged into 已合并; asked anew, as merges can end."""
    there = reverse(address, args=[public_id])
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    answer = HttpResponsePermanentRedirect(there + query, preserve_request=True)
    answer["Cache-Control"] = "no-cache"
    return answer


def _withdrawn(request: HttpRequest, found: Withdrawal | None) -> HttpResponse:
    if found is None:
        raise Http404
    return render(request, "web/withdrawn.html", {"withdrawal": found})


def _asked_day(request: HttpRequest, now: date) -> tuple[date, str]:
    """The day the reader asks about, and a sentence when it cannot be answered."""
    text = request.GET.get("on", "").strip()
    if not text:
        return now, ""
    day = parse_date(text)
    if day is None:
        sentence = _("“%(text)s”不是日期，请写成 2026-01-31 的样子。现在显示的是今天。")
        return now, sentence % {"text": text}
    if day > now:
        return now, _("还没有到那一天。现在显示的是今天。")
    return day, ""


def _machine_address(public_id: str, on: date | None) -> str:
    """Where the API says the same; empty in a house without that door."""
    try:
        there = reverse("api:organisation", kwargs={"public_id": public_id})
    except NoReverseMatch:
        return ""
    return f"{there}?on={on}" if on else there
