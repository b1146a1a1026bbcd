"""措施: what waits to be decided, what was sent to the unit; one measure and its next step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.list_forms import GroundsForm, ResultForm, TakeForm
from chengxin.desk.queries.lists import measure_steps
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.measures import queries, services

HERE, PER_PAGE = "desk-measures", 30
FORMS: dict[str, Any] = {
    "impose": (GroundsForm, gettext_lazy("决定实施并派发")),
    "decline": (GroundsForm, gettext_lazy("不予实施")),
    "acknowledge": (TakeForm, gettext_lazy("签收")),
    "feed_back": (ResultForm, gettext_lazy("反馈执行情况")),
}


@require_safe
@acting
def measures(request: ActingRequest) -> HttpResponse:
    """The measures of the unit: proposals of its lists, and what was sent to it."""
    rows = queries.measures(by=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    views = queries.viewed(shown.object_list, on=today(), book=request.book)
    context = {
        "shown": shown,
        "listed": [(view, bool(measure_steps(view, by=request.actor))) for view in views],
    }
    return page(request, "desk/lists/measures.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def measure(request: ActingRequest, measure_id: UUID) -> HttpResponse:
    """One measure: its law, its entry, its course, and the steps that stand open."""
    case = queries.measure(measure_id, by=request.actor)
    view = queries.acting_on(case, on=today(), book=request.book)
    act, error = request.POST.get("act", ""), None
    open_ = measure_steps(view, by=request.actor)
    forms = {
        step: FORMS[step][0](request.POST if step == act else None, prefix=step) for step in open_
    }
    if act in forms and forms[act].is_valid():
        try:
            getattr(services, act)(
                measure_id=measure_id,
                by=request.actor,
                on=today(),
                book=request.book,
                **forms[act].facts(),
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": FORMS[act][1]})
            return redirect("desk-measure", measure_id)
    context = {
        "view": view,
        "listed": request.book.credit_list(case.list_code),
        "steps": [(step, FORMS[step][1], forms[step], step == act) for step in open_],
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/lists/measure.html", context, here=HERE, status=status)
