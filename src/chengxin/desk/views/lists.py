"""名单: drafts and entries of the unit; one entry with its course and the next step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.list_forms import (
    DecideForm,
    GroundsForm,
    HearingForm,
    PaperForm,
    ProposeForm,
    StatementForm,
)
from chengxin.desk.queries.lists import entry_page, lines, lists_for
from chengxin.desk.queries.records import record_for
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.measures import queries, services

HERE, PER_PAGE = "desk-lists", 30
FORMS: dict[str, Any] = {
    "give_notice": (PaperForm, gettext_lazy("送达事先告知")),
    "record_statement": (StatementForm, gettext_lazy("记录陈述申辩")),
    "record_hearing": (HearingForm, gettext_lazy("记录听证")),
    "decide_entry": (DecideForm, gettext_lazy("决定列入")),
    "drop_entry": (GroundsForm, gettext_lazy("不予列入")),
    "serve_decision": (PaperForm, gettext_lazy("送达决定，自送达生效")),
    "remove_entry": (GroundsForm, gettext_lazy("提前移出")),
    "revoke_entry": (GroundsForm, gettext_lazy("撤销列入决定")),
}


@require_safe
@acting
def entries(request: ActingRequest) -> HttpResponse:
    """The drafts and entries of the unit, newest first."""
    rows = queries.entries(by=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "lines": lines(shown.object_list, on=today(), book=request.book)}
    return page(request, "desk/lists/entries.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def propose(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """拟列入: a draft from a record of the unit."""
    fact = record_for(record_id, by=request.actor, on=today(), book=request.book)
    request.actor.require("measures.propose_entry", unit=fact.passport.source_unit)
    choices = lists_for(fact, by=request.actor, on=today(), book=request.book)
    form, error = ProposeForm(choices, request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            row = services.propose_entry(
                evidence=record_id,
                by=request.actor,
                on=today(),
                book=request.book,
                **form.cleaned_data,
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已拟列入；告知送达、期满并由他人决定之前没有任何效力。"))
            return redirect("desk-list", row.id)
    context = {"fact": fact, "form": form, "choices": choices, "error": error}
    status = error.status if error else 200
    return page(request, "desk/lists/propose.html", context, here=HERE, status=status)


@require_http_methods(["GET", "POST"])
@acting
def entry(request: ActingRequest, entry_id: UUID) -> HttpResponse:
    """One entry: its course, what it leads to, and the steps that stand open."""
    row = queries.entry(entry_id, by=request.actor)
    view = entry_page(row, by=request.actor, on=today(), book=request.book)
    act, error = request.POST.get("act", ""), None
    forms = {step: _form(step, request if step == act else None) for step in view.steps}
    if act in forms and forms[act].is_valid():
        try:
            getattr(services, act)(
                entry_id=entry_id,
                by=request.actor,
                on=today(),
                book=request.book,
                **forms[act].facts(),  # type: ignore[attr-defined]
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": FORMS[act][1]})
            return redirect("desk-list", entry_id)
    may_read = request.actor.may("measures.read_statement", row.unit)
    context = {
        "view": view,
        "said": services.read_statements(entry_id=entry_id, by=request.actor) if may_read else [],
        "steps": [(step, FORMS[step][1], forms[step], step == act) for step in view.steps],
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/lists/entry.html", context, here=HERE, status=status)


def _form(step: str, request: ActingRequest | None) -> Form:
    form: Form = FORMS[step][0](request.POST if request else None, prefix=step)
    if "given_on" in form.fields:
        form.fields["given_on"].initial = today()
    return form
