"""撤销认定、“不是我”、与已有信息不同: what may be done about one link or one row."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengxin.desk.forms import ReasonForm
from chengxin.desk.link_forms import DecisionForm, NotMeForm
from chengxin.desk.queries.links import compared_row, linked_record
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake import queries as intake
from chengxin.intake.services import accept_difference, decline_difference, undo_match
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.register.services import open_case

RECORDS, CASES = "desk-records", "desk-cases"


@require_http_methods(["GET", "POST"])
@acting
def undo(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """撤销关联: the record is nobody's, its row waits for a person again."""
    found = linked_record(record_id, on=today(), book=request.book)
    request.actor.require("register.unlink", unit=found.state.unit)
    form, error = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            row = undo_match(
                record_id=record_id,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                on=today(),
                book=request.book,
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已撤销关联，该信息即时停止公示，数据行等待重新认定。"))
            may = request.actor.may("intake.decide_match", row.batch.unit)
            return redirect("desk-decide", row.id) if may else redirect("desk-record", record_id)
    context = {"found": found, "form": form, "error": error}
    status = error.status if error else 200
    return page(request, "desk/links/undo.html", context, here=RECORDS, status=status)


@require_http_methods(["GET", "POST"])
@acting
def not_me(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """“不是我”: taken in for a subject; the record is hidden at once."""
    found = linked_record(record_id, on=today(), book=request.book)
    request.actor.require("register.open_case", unit=found.state.unit)
    form, error = NotMeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            case = open_case(
                record_id=record_id,
                on_behalf_of=form.cleaned_data["on_behalf_of"],
                statement=form.cleaned_data["statement"],
                by=request.actor,
                on=today(),
                book=request.book,
            )
        except CreditError as refusal:
            error = refusal
        else:
            return redirect("desk-case", case.number)
    context = {"found": found, "form": form, "error": error}
    status = error.status if error else 200
    return page(request, "desk/links/not_me.html", context, here=RECORDS, status=status)


@require_http_methods(["GET", "POST"])
@acting
def difference(request: ActingRequest, row_id: int) -> HttpResponse:
    """A row beside the record it differs from; taken as a correction, or not."""
    row = intake.row(row_id, by=request.actor)
    request.actor.require("intake.accept_difference", unit=row.batch.unit)
    labels = (_("采纳：按这一行更正"), _("不予采纳：维持已有信息"))
    form, error = DecisionForm(*labels, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        facts = {"row_id": row_id, "reason": form.cleaned_data["reason"], "by": request.actor}
        try:
            if form.agreed:
                accept_difference(**facts, on=today(), book=request.book)
            else:
                decline_difference(**facts, on=today())
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("第 %(row)s 行已办理。") % {"row": row.number})
            return redirect("desk-cases")
    context = {
        "row": row,
        "compared": compared_row(row, on=today(), book=request.book),
        "own": row.batch.submitted_by == request.actor.login,
        "form": form,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/links/difference.html", context, here=CASES, status=status)
