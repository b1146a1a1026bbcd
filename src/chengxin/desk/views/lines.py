"""数据行的全过程: what one line of a file said, and everything that became of it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.desk.queries.lines import life_of
from chengxin.desk.views.acting import ActingRequest, acting, page


@require_safe
@acting
def line(request: ActingRequest, number: str, line: int) -> HttpResponse:
    """Received, faults, decisions, links, events, cases: who, when, why."""
    life = life_of(number, line, by=request.actor, book=request.book)
    return page(request, "desk/links/line.html", {"life": life}, here="desk-batches")
