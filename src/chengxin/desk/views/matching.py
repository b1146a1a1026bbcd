"""待认定主体: rows whose subject a person has to settle."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.forms import ReasonForm
from chengxin.desk.queries.matching import match_choice
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake import queries
from chengxin.intake.services import decide_match
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError

PER_PAGE = 30
NOT_LINKED = "none"


@require_safe
@acting
def waiting(request: ActingRequest) -> HttpResponse:
    """The rows that wait, oldest batch first."""
    rows = queries.awaiting_match(by=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/matching.html", {"shown": shown}, here="desk-matching")


@require_http_methods(["GET", "POST"])
@acting
def decide(request: ActingRequest, row_id: int) -> HttpResponse:
    """One row beside its candidates; the decision needs a reason."""
    if request.method != "POST":
        return _decision_page(request, row_id)
    choice = request.POST.get("choice", "")
    if not choice:
        return _decision_page(request, row_id, unanswered=True)
    try:
        done = decide_match(
            row_id=row_id,
            choice="" if choice == NOT_LINKED else choice,
            reason=request.POST.get("reason", ""),
            by=request.actor,
            on=today(),
            book=request.book,
        )
    except CreditError as error:
        return _decision_page(request, row_id, error=error)
    messages.success(request, _("第 %(row)s 行已认定。") % {"row": done.number})
    return redirect("desk-matching")


def _decision_page(
    request: ActingRequest,
    row_id: int,
    *,
    error: CreditError | None = None,
    unanswered: bool = False,
) -> HttpResponse:
    row = queries.row(row_id, by=request.actor)
    request.actor.require("intake.decide_match", unit=row.batch.unit)
    context = {
        "row": row,
        "match": match_choice(row),
        "own": row.batch.submitted_by == request.actor.login,
        "choice": request.POST.get("choice", ""),
        "form": ReasonForm(request.POST or None),
        "unanswered": unanswered,
        "error": error,
    }
    status = error.status if error else 422 if unanswered else 200
    return page(request, "desk/decide.html", context, here="desk-matching", status=status)
