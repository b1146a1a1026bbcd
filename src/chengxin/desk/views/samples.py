"""准确率抽查: samples drawn, and their rows beside the original line, one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengxin.catalogue import queries as catalogue
from chengxin.desk.count_forms import DrawForm
from chengxin.desk.rules import in_words
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.desk.views.quality import HERE, asked_month, months_shown
from chengxin.intake.services import statements
from chengxin.intake.services.sampling import (
    SampledRow,
    compared_fields,
    draw_sample,
    judge_row,
    rows_of,
    sampled,
    verdict_of,
)
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.kernel.text import normalise_text
from chengxin.oversight.queries import visible_units
from chengxin.policy.values import Rulebook


@require_http_methods(["GET", "POST"])
@acting
def samples(request: ActingRequest) -> HttpResponse:
    """The samples an officer may see; for the centre, a new one to draw."""
    actor, month = request.actor, asked_month(request)
    units = visible_units(actor, request.book)
    form = DrawForm(request.book, request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_sample(
                **form.cleaned_data, month=month.first, by=actor, on=today(), book=request.book
            )
        except CreditError as refusal:
            error = refusal
        else:
            return redirect("desk-sample", drawn.id)
    context = {
        "month": str(month),
        "months": months_shown(month),
        "samples": statements.samples(units=units),
        "form": form if actor.may("intake.sample") else None,
        "error": error,
        "tab": "samples",
    }
    status = error.status if error else 200
    return page(request, "desk/samples.html", context, here=HERE, status=status)


@require_http_methods(["GET", "POST"])
@acting
def sample(request: ActingRequest, sample_id: UUID) -> HttpResponse:
    """A sample: one row at a time for who judges it, all verdicts for who may read them."""
    found = sampled(sample_id, by=request.actor)
    error = None
    if request.method == "POST":
        try:
            return _judged(request, sample_id)
        except CreditError as refusal:
            error = refusal
    rows = [(row, verdict_of(row)) for row in rows_of(found)]
    position = request.POST.get("position") or request.GET.get("row", "")
    row = _chosen(rows, position)
    context = {
        "sample": found,
        "rows": rows,
        "checked": sum(verdict is not None for _row, verdict in rows),
        "wrong": sum(bool(verdict and verdict.wrong) for _row, verdict in rows),
        "row": row,
        "verdict": verdict_of(row) if row else None,
        "fields": _fields(row, request.book) if row else [],
        "may_judge": request.actor.may("intake.sample", unit=found.unit),
        "marked": request.POST.getlist("wrong"),
        "note": request.POST.get("note", ""),
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/sample.html", context, here=HERE, status=status)


def _judged(request: ActingRequest, sample_id: UUID) -> HttpResponse:
    position = request.POST.get("position", "")
    right = request.POST.get("verdict") == "right"
    judge_row(
        sample_id=sample_id,
        position=int(position) if position.isdecimal() else 0,
        wrong=() if right else request.POST.getlist("wrong"),
        note=request.POST.get("note", "")[:500],
        by=request.actor,
        on=today(),
    )
    messages.success(request, _("第 %(n)s 行已核对。") % {"n": position})
    return redirect(reverse("desk-sample", args=[sample_id]))


def _chosen(rows: list[tuple[SampledRow, Any]], position: str) -> SampledRow | None:
    """The row asked for; without one, the first nobody has looked at."""
    if position.isdecimal():
        return next((row for row, _v in rows if row.position == int(position)), None)
    return next((row for row, verdict in rows if verdict is None), None)


def _fields(row: SampledRow, book: Rulebook) -> list[dict[str, Any]]:
    """Each field with both texts, in the order of the item, and whether they say it alike."""
    item = catalogue.items(book).get(row.sample.item)
    known = {one.name: one for one in item.fields} if item else {}
    compared = compared_fields(row)
    names = [
        *(name for name in known if name in compared),
        *(n for n in compared if n not in known),
    ]
    worded = {
        name: in_words(known[name], text, book) for name, text in row.held.items() if name in known
    }
    return [_field(name, row, worded.get(name, "")) for name in names]


def _field(name: str, row: SampledRow, worded: str) -> dict[str, Any]:
    received, held = row.received.get(name, ""), row.held.get(name, "")
    return {
        "name": name,
        "received": received,
        "held": worded or held,
        "alike": _plain(received) in {_plain(held), _plain(worded)},
    }


def _plain(text: str) -> str:
    return normalise_text(text).replace(";", "、").replace("；", "、")
