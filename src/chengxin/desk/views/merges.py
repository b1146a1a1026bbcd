"""主体合并与拆分: proposed by one officer, confirmed by a second, taken back whole."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.forms import ReasonForm
from chengxin.desk.link_forms import DecisionForm, MergeForm
from chengxin.desk.queries.links import bodies_of, body_named
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import decide_merge, propose_merge, split

HERE, SHOWN = "desk-merges", 100


@require_safe
@acting
def merges(request: ActingRequest) -> HttpResponse:
    """All merges, newest first, and where to propose one."""
    request.actor.require("subjects.confirm_merge")
    context = {
        "merges": subjects.merges()[:SHOWN],
        "may_propose": request.actor.may("subjects.propose_merge"),
    }
    return page(request, "desk/links/merges.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def propose(request: ActingRequest) -> HttpResponse:
    """Two entries side by side, and the proposal that they are one body."""
    request.actor.require("subjects.propose_merge")
    asked = {name: request.GET.get(name, "").strip() for name in ("kept", "absorbed")}
    bodies = [body_named(text) if text else None for text in asked.values()]
    form, error = MergeForm(request.POST or None), None
    main, other = bodies
    if request.method == "POST" and form.is_valid() and main and other:
        try:
            made = propose_merge(
                kept=main.view.public_id,
                absorbed=other.view.public_id,
                document=form.cleaned_data["document"],
                reason=form.cleaned_data["reason"],
                by=request.actor,
                on=today(),
                book=request.book,
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已提出合并，须由另一位办理人确认。"))
            return redirect("desk-merge", made.id)
    missing = [text for text, body in zip(asked.values(), bodies, strict=True) if text and not body]
    context = {
        "asked": asked,
        "bodies": [body for body in bodies if body],
        "ready": main is not None and other is not None,
        "missing": missing,
        "form": form,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/links/propose.html", context, here=HERE, status=status)


@require_http_methods(["GET", "POST"])
@acting
def merge(request: ActingRequest, merge_id: UUID) -> HttpResponse:
    """One merge, side by side; confirmed, declined, or taken back."""
    request.actor.require("subjects.confirm_merge")
    made = subjects.merge(merge_id)
    waiting, standing = made.state == "proposed", made.state == "confirmed"
    labels = (_("确认合并"), _("不予合并"))
    choice = DecisionForm(*labels, request.POST or None)
    form = choice if waiting else ReasonForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        facts = {"merge_id": merge_id, "reason": form.cleaned_data["reason"]}
        try:
            if waiting:
                decide_merge(**facts, confirm=choice.agreed, by=request.actor, on=today())
            else:
                split(**facts, by=request.actor, on=today())
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已办理。"))
            return redirect("desk-merge", merge_id)
    context = {
        "merge": made,
        "bodies": bodies_of(made.kept_id, made.absorbed_id),
        "waiting": waiting,
        "standing": standing and request.actor.may("subjects.split"),
        "own": request.actor.login == (made.proposed_by if waiting else made.decided_by),
        "form": form,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/links/merge.html", context, here=HERE, status=status)
