"""信用信息: one record with its passport and history; correcting and revoking it."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.catalogue import queries as catalogue
from chengxin.desk.errors import PersonNotShown
from chengxin.desk.forms import CorrectForm, as_initial
from chengxin.desk.link_forms import WithdrawForm
from chengxin.desk.queries.lists import lists_for
from chengxin.desk.queries.records import bases, find_records, record_for
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake import queries as intake
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import CreditError
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.rules import correctable
from chengxin.register.services import correct, revoke
from chengxin.register.values import RecordState
from chengxin.subjects.queries import by_id, called

HERE = "desk-records"


@require_safe
@acting
def find(request: ActingRequest) -> HttpResponse:
    """Find a record by its document number, or all of an organisation by its code."""
    request.actor.require("register.read", unit=request.actor.unit)
    text = request.GET.get("q", "").strip()
    found = find_records(text, by=request.actor, on=today()) if text else []
    names = called({one.subject for one in found if one.subject})
    listed = [(one, names[one.subject][1] if one.subject in names else "") for one in found]
    return page(request, "desk/records.html", {"text": text, "listed": listed}, here=HERE)


@require_safe
@acting
def record(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """The record as its officers see it: facts, passport, history, and what may be done."""
    found = record_for(record_id, by=request.actor, on=today(), book=request.book)
    unit = found.passport.source_unit
    context = {
        "fact": found,
        "shows": found.showing.on(today()),
        "reason": found.showing.reason_on(today()),
        "subject": by_id(found.subject) if found.subject else None,
        "history": register.history(record_id),
        "state": register.state(record_id, on=today(), known=now()),
        "may_correct": request.actor.may("register.correct", unit),
        "may_revoke": request.actor.may("register.revoke", unit),
        "may_undo": request.actor.may("register.unlink", unit),
        "may_not_me": request.actor.may("register.open_case", unit),
        "cases": register.cases_of(record_id),
        "may_replay": request.actor.may("replay.explain", ""),
        "may_list": bool(lists_for(found, by=request.actor, on=today(), book=request.book)),
        "batch_number": intake.number_of(found.passport.batch),
    }
    return page(request, "desk/record.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def correct_record(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """更正, field by field."""
    fact, state = _standing(request, record_id, "register.correct")
    on, book = today(), request.book
    fields = correctable(catalogue.item(book, state.item))
    grounds = bases(state, on=on, book=book)
    form = CorrectForm(
        grounds,
        request.POST or None,
        fields=fields,
        codelists=dict(book.codelists),
        initial=as_initial(fields, state.facts),
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "desk/correct.html", fact, form)
    try:
        correct(
            record_id=record_id,
            changes=form.changes(),
            reason=form.cleaned_data["reason"],
            basis=form.chosen_basis(),
            by=request.actor,
            on=on,
            book=book,
        )
    except CreditError as error:
        return _form_page(request, "desk/correct.html", fact, form, error)
    messages.success(request, _("已更正。更正前的内容仍可查考。"))
    return redirect("desk-record", record_id)


@require_http_methods(["GET", "POST"])
@acting
def revoke_record(request: ActingRequest, record_id: UUID) -> HttpResponse:
    """撤销, with the reason that will be published."""
    fact, state = _standing(request, record_id, "register.revoke")
    grounds = bases(state, on=today(), book=request.book)
    form = WithdrawForm(grounds, request.POST or None, initial={"set_aside_on": today()})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "desk/revoke.html", fact, form)
    try:
        revoke(
            record_id=record_id,
            reason=form.cleaned_data["reason"],
            basis=form.chosen_basis(),
            by=request.actor,
            on=today(),
            edition=request.book.edition,
            set_aside_on=form.cleaned_data["set_aside_on"],
        )
    except CreditError as error:
        return _form_page(request, "desk/revoke.html", fact, form, error)
    messages.success(request, _("已撤销，公共网站即时停止公示。"))
    return redirect("desk-record", record_id)


def _standing(request: ActingRequest, record_id: UUID, verb: str) -> tuple[PublicFact, RecordState]:
    fact = record_for(record_id, by=request.actor, on=today(), book=request.book)
    request.actor.require(verb, unit=fact.passport.source_unit)
    state = register.state(record_id, on=today(), known=now())
    if state is None:
        raise PersonNotShown(asked=str(record_id))
    return fact, state


def _form_page(
    request: ActingRequest,
    template: str,
    fact: PublicFact,
    form: Form,
    error: CreditError | None = None,
) -> HttpResponse:
    context = {
        "fact": fact,
        "subject": by_id(fact.subject) if fact.subject else None,
        "form": form,
        "error": error,
    }
    return page(request, template, context, here=HERE, status=error.status if error else 200)
