"""双随机抽查: draws for inspection, their commitments, and the proof anyone can repeat."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook
from chengxin.supervision.queries import draw, draws, is_open, plans, proof_of
from chengxin.web.queries import draw_page, plan_line

PER_PAGE = 20


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """All draws, the latest first, whatever became of them."""
    book, on = current_rulebook(), today()
    shown = Paginator(draws(), PER_PAGE).get_page(request.GET.get("page"))
    pages = [draw_page(one, on=on, book=book) for one in shown]
    planned = [plan_line(one, on=on, book=book) for one in plans(approved=True)[:PER_PAGE]]
    context = {"page": shown, "draws": pages, "plans": planned}
    return render(request, "web/inspections.html", context)


@require_safe
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """One draw: what was committed to, when chance speaks, and, from its day, who was drawn."""
    page = draw_page(_known(number), on=today(), book=current_rulebook(), whole=True)
    return render(request, "web/inspection.html", {"draw": page})


@require_safe
def inspection_proof(_: HttpRequest, number: str) -> HttpResponse:
    """The proof file of a draw, once it is public."""
    found = _known(number)
    if not is_open(found, today()):
        raise Http404
    text = json.dumps(proof_of(found), ensure_ascii=False, indent=1) + "\n"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{number}.json"'
    return answer


def _known(number: str) -> Any:
    try:
        return draw(number)
    except CreditError as unknown:
        raise Http404 from unknown
