"""抽查计划: drafted by one officer, approved by a named official, and how far it has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.catalogue import queries as catalogue
from chengxin.desk.draw_forms import PlanForm
from chengxin.desk.grade_forms import DecisionForm
from chengxin.desk.queries.plans import VERBS, named_progress, plan_state, plans_of
from chengxin.desk.templatetags.desk import item_name
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.supervision import queries
from chengxin.supervision.services import decide_plan, draft_plan
from chengxin.supervision.values import PlanDraft

HERE, USUAL = "desk-plans", "permit"
PLAN, APPROVE, COMMIT = "supervision.plan", "supervision.approve_plan", "supervision.commit"


@require_safe
@acting
def plans(request: ActingRequest) -> HttpResponse:
    """The plans of the officer's unit, the latest first."""
    context = {
        "plans": plans_of(request.actor),
        "may_plan": request.actor.may(PLAN, request.actor.unit),
    }
    return page(request, "desk/plans/list.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def draft(request: ActingRequest) -> HttpResponse:
    """拟定: the year, what is inspected, and whom from; nothing follows from a draft."""
    by, book, on = request.actor, request.book, today()
    by.require(PLAN, unit=by.unit)
    open_items = [one for one in catalogue.items(book).values() if queries.may_draw_from(one)]
    choices = sorted((one.code, item_name(one.code)) for one in open_items)
    form, error = (
        PlanForm(choices, request.POST or None, initial={"year": on.year, "item": USUAL}),
        None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_plan(
                draft=PlanDraft(unit=by.unit, **form.cleaned_data), by=by, on=on, book=book
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已拟定。由本单位负责人批准后公开。"))
            return redirect("desk-plan", made.number)
    status = error.status if error else 200
    context = {"form": form, "error": error, "rates": queries.rates(book, on)}
    return page(request, "desk/plans/new.html", context, here=HERE, status=status)


@require_http_methods(["GET", "POST"])
@acting
def plan(request: ActingRequest, number: str) -> HttpResponse:
    """One plan: what it says, how far it has come, and the decision while it is open."""
    found, by, on = queries.plan(number), request.actor, today()
    if not any(by.may(verb, found.unit) for verb in VERBS):
        by.require(PLAN, unit=found.unit)
    form, error = DecisionForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        approve = request.POST.get("act") == "approve"
        try:
            reason = form.cleaned_data["reason"]
            decide_plan(number=number, approve=approve, reason=reason, by=by, on=on)
        except CreditError as refusal:
            error = refusal
        else:
            done = _("已批准，计划已公开。") if approve else _("已决定不予批准。")
            messages.success(request, done)
            return redirect("desk-plan", number)
    state = plan_state(found)
    context = {
        "plan": found,
        "state": state,
        "made": named_progress(found, on=on),
        "draws": found.draws.select_related("end").order_by("-committed_at"),
        "own": found.drafted_by == by.login,
        "may_decide": by.may(APPROVE, found.unit),
        "may_draw": state == "approved" and found.year == on.year and by.may(COMMIT, found.unit),
        "form": form,
        "error": error,
    }
    status = error.status if error else 400 if form.is_bound else 200
    return page(request, "desk/plans/one.html", context, here=HERE, status=status)
