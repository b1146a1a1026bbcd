"""核查案件: what waits to be decided about links and differing rows, and one case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.link_forms import DecisionForm
from chengxin.desk.queries.links import case_view
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake import queries as intake
from chengxin.intake.services import decide_case
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.register import queries as register
from chengxin.register.rules import check_deadline
from chengxin.register.services import read_case

HERE, PER_PAGE = "desk-cases", 30
STATES = ("open", "upheld", "not_upheld")


@require_safe
@acting
def cases(request: ActingRequest) -> HttpResponse:
    """The cases by state, the longest waiting first; and rows that differ from what is held."""
    found = register.cases(by=request.actor)
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    differing = None
    if request.actor.may("intake.accept_difference"):
        rows = intake.differing(by=request.actor)
        differing = Paginator(rows, PER_PAGE).get_page(request.GET.get("rows"))
    context = {
        "shown": Paginator(found.filter(state=state), PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": STATES,
        "differing": differing,
        "today": today(),
    }
    return page(request, "desk/links/cases.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def case(request: ActingRequest, number: str) -> HttpResponse:
    """One case: what the record says, how it was linked, what the subject says; the decision."""
    found = register.case(number, by=request.actor)
    labels = (_("属实：撤销关联，数据行重新认定"), _("不属实：维持关联，恢复公示"))
    form, error = DecisionForm(*labels, request.POST or None), None
    may_decide = request.actor.may("register.decide_case", found.unit)
    if request.method == "POST" and form.is_valid():
        try:
            decide_case(
                number=number,
                upheld=form.agreed,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                on=today(),
                book=request.book,
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已作出决定，理由已告知当事人。"))
            return redirect("desk-case", number)
    view = case_view(found, on=today(), book=request.book)
    context = {
        "case": found,
        "view": view,
        "said": read_case(number=number, by=request.actor) if may_decide else None,
        "may_decide": may_decide and found.state == "open",
        "own": request.actor.login in {found.opened_by, view.linked_by},
        "form": form,
        "today": today(),
        "confirmed": check_deadline(found.opened_at.date(), request.book)[1].confirmed,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/links/case.html", context, here=HERE, status=status)
