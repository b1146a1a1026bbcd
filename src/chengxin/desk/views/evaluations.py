"""信用评价: what waits to be told, objected to or decided; the runs; one grade with its reasons."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.grade_forms import DecisionForm, ObjectionForm, ServedForm
from chengxin.desk.queries.evaluations import (
    VERBS,
    line_of,
    lines_of,
    run_lines,
    steps_of,
    waiting_rows,
)
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.evaluation import queries, services
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError

HERE, PER_PAGE = "desk-evaluations", 30
FORMS: dict[str, Any] = {
    "serve": (ServedForm, gettext_lazy("登记告知送达")),
    "object_to": (ObjectionForm, gettext_lazy("受理异议")),
    "confirm": (DecisionForm, gettext_lazy("认定，即日生效")),
    "drop": (DecisionForm, gettext_lazy("不予认定")),
}


@require_safe
@acting
def evaluations(request: ActingRequest) -> HttpResponse:
    """Worse grades that wait, and the latest snapshots."""
    by, book = request.actor, request.book
    shown = Paginator(waiting_rows(by, book), PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(shown.object_list, book)
    context = {
        "shown": shown,
        "lines": [(one, bool(steps_of(one.standing, by=by, book=book))) for one in lines],
        "runs": run_lines(by, book),
    }
    return page(request, "desk/evaluations/list.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def evaluation(request: ActingRequest, evaluation_id: UUID) -> HttpResponse:
    """One evaluation: its reasons down to the records, how it stands, and the open steps."""
    by, book, on = request.actor, request.book, today()
    row = queries.evaluation(evaluation_id)
    unit = book.model(row.model).decided_by
    if not any(by.may(verb, unit) for verb in VERBS):
        by.require(VERBS[0], unit=unit)
    (standing,) = queries.standings([row], book=book)
    act, error = request.POST.get("act", ""), None
    open_ = steps_of(standing, by=by, book=book)
    forms = {
        step: FORMS[step][0](request.POST if step == act else None, prefix=step) for step in open_
    }
    if act in forms and forms[act].is_valid():
        try:
            getattr(services, act)(
                evaluation_id=evaluation_id, by=by, on=on, book=book, **forms[act].facts()
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": FORMS[act][1]})
            return redirect("desk-evaluation", evaluation_id)
    said = []
    if "confirm" in open_ and standing.objections:
        said = services.read_objections(evaluation_id=evaluation_id, by=by, book=book)
    context = {
        "view": line_of(standing, on=on, book=book),
        "steps": [(step, FORMS[step][1], forms[step], step == act) for step in open_],
        "said": said,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/evaluations/one.html", context, here=HERE, status=status)
