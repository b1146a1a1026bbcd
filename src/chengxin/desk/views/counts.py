"""月度产生数: which are due, and one of them to file, to correct, to confirm or to send back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.desk.count_forms import CountForm, prefilled
from chengxin.desk.forms import ReasonForm
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.desk.views.quality import HERE, asked_month, months_shown
from chengxin.intake.rules.counting import due_on, items_of
from chengxin.intake.services import statements
from chengxin.intake.services.counting import (
    CountFaulty,
    UnknownCount,
    confirm_count,
    file_count,
    send_back_count,
)
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.oversight.queries import visible_units
from chengxin.oversight.values import Month

ASKED = frozenset({"department", "county"})


@require_safe
@acting
def counts(request: ActingRequest) -> HttpResponse:
    """The counts of a month: of the officer's unit, or of all."""
    month, book = asked_month(request), request.book
    units = [code for code in visible_units(request.actor, book) if book.units[code].kind in ASKED]
    items = items_of(month.first, book)
    filed = statements.forms(month.first, month.next_first, units=units)
    held = statements.held_counts(month.first, units=units, items=items)
    lines = [
        _line(unit, item, filed.get((unit, item, month.first)), held.get((unit, item), 0))
        for unit in units
        for item in items
    ]
    # Those that want something done come first.
    lines.sort(key=lambda one: ("none", "returned", "filed", "confirmed").index(one["state"]))
    context = {
        "month": str(month),
        "months": months_shown(month),
        "over": month.next_first <= today(),
        "due_on": due_on(month.first, book),
        "late": today() > due_on(month.first, book),
        "lines": lines,
        "open": sum(one["state"] in {"none", "returned"} for one in lines),
        "all_units": request.actor.may("oversight.read", unit=""),
        "tab": "counts",
    }
    return page(request, "desk/counts.html", context, here=HERE)


def _line(unit: str, item: str, form: Any, held: int) -> dict[str, Any]:
    return {"unit": unit, "item": item, "form": form, "held": held, "state": _state(form)}


def _state(form: Any) -> str:
    if form is None:
        return "none"
    review = statements.review_of(form)
    if review is None:
        return "filed"
    return "confirmed" if review.confirmed else "returned"


@require_http_methods(["GET", "POST"])
@acting
def count(request: ActingRequest, unit: str, item: str, month: str) -> HttpResponse:
    """One count: its form for who may file it, its versions for who may read it."""
    asked = Month.parse(month, by=today())
    visible_units(request.actor, request.book, unit=unit)
    if item not in items_of(asked.first, request.book):
        raise UnknownCount
    form = _form(request, unit, item, asked)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return _count_page(request, unit, item, asked, form=form, status=status)
    try:
        filed = file_count(
            count=form.stated(unit, item, asked.first),
            after=form.cleaned_data["after"],
            by=request.actor,
            on=today(),
            book=request.book,
        )
    except CountFaulty as error:
        form.show(error)
        return _count_page(request, unit, item, asked, form=form, status=error.status)
    except CreditError as error:
        return _count_page(request, unit, item, asked, form=form, error=error)
    said = _("已填报第 %(n)s 版，待本单位审核人确认。") % {"n": filed.version}
    messages.success(request, said)
    return redirect("desk-count", unit, item, month)


def _form(request: ActingRequest, unit: str, item: str, month: Month) -> CountForm:
    versions = statements.versions(unit=unit, item=item, month=month.first)
    before = statements.versions(unit=unit, item=item, month=month.back(1).first)
    return prefilled(
        request.book,
        last=versions[0] if versions else None,
        before=before[0] if before else None,
        held=statements.held_count(unit=unit, item=item, month=month.first),
        data=request.POST if request.method == "POST" and "produced" in request.POST else None,
    )


def _count_page(
    request: ActingRequest,
    unit: str,
    item: str,
    month: Month,
    *,
    form: CountForm,
    error: CreditError | None = None,
    reason: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = statements.versions(unit=unit, item=item, month=month.first)
    last = versions[0] if versions else None
    actor, due = request.actor, due_on(month.first, request.book)
    over = month.next_first <= today()
    waits = last is not None and statements.review_of(last) is None
    context = {
        "unit": unit,
        "item": item,
        "month": str(month),
        "held": statements.held_count(unit=unit, item=item, month=month.first),
        "due_on": due,
        "late": today() > due,
        "over": over,
        "basis": request.book.on(month.first, "quality.count_form_due"),
        "versions": [(one, statements.review_of(one)) for one in versions],
        "last": last,
        "state": _state(last),
        "form": form if over and actor.may("intake.count", unit=unit) else None,
        "asked_again": form.is_bound,
        "reviewing": waits and actor.may("intake.confirm_count", unit=unit),
        "own": last is not None and last.filed_by == actor.login,
        "reason": reason or ReasonForm(),
        "error": error,
    }
    status = error.status if error else status
    return page(request, "desk/count.html", context, here=HERE, status=status)


@require_POST
@acting
def review(request: ActingRequest, unit: str, item: str, month: str, act: str) -> HttpResponse:
    """A second officer confirms the newest version, or sends it back."""
    asked = Month.parse(month, by=today())
    visible_units(request.actor, request.book, unit=unit)
    versions = statements.versions(unit=unit, item=item, month=asked.first)
    if not versions:
        raise UnknownCount
    last, by, book = versions[0], request.actor, request.book
    reason = ReasonForm(request.POST)
    try:
        if act == "confirm":
            confirm_count(form_id=last.id, by=by, on=today(), book=book)
            messages.success(request, _("已确认。"))
        else:
            text = reason.cleaned_data["reason"] if reason.is_valid() else ""
            send_back_count(form_id=last.id, reason=text, by=by, on=today(), book=book)
            messages.success(request, _("已退回填报人。"))
    except CreditError as error:
        form = _form(request, unit, item, asked)
        return _count_page(request, unit, item, asked, form=form, error=error, reason=reason)
    return redirect("desk-count", unit, item, month)
