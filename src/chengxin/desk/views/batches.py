"""批次: the list, one batch with its receipt and rows, and the decision of a second officer."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.desk.forms import ReasonForm
from chengxin.desk.queries.home import with_counts
from chengxin.desk.queries.records import PassedRow, passed_rows
from chengxin.desk.rules import safe_cell
from chengxin.desk.values import BATCH_STATES, ROW_STATES
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake import queries
from chengxin.intake.services import accept_proposals, export_faults, release, return_batch
from chengxin.intake.services.grouping import changes_of, mended_by, to_mend
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError

FAULTY, AMENDED = "faulty", "amended"
MEND = "intake.submit"
"""Who may submit may mend."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BATCHES_PER_PAGE, ROWS_PER_PAGE = 20, 50
FAULT_COLUMNS = ("行 row", "列 column", "问题 problem", "建议 proposal", "代码 code")


@require_safe
@acting
def batches(request: ActingRequest) -> HttpResponse:
    """The batches an officer may read, newest first: of one state, with faulty rows, or all."""
    found = with_counts(queries.batches(by=request.actor))
    state = request.GET.get("state", "")
    if state in BATCH_STATES:
        found = found.filter(state=state)
    if state == FAULTY:
        found = found.filter(faulty__gt=0)
    shown = Paginator(found, BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "state": state,
        "states": BATCH_STATES,
        "query": f"state={state}&" if state in {*BATCH_STATES, FAULTY} else "",
        "all_units": request.actor.may("intake.read", unit=""),
    }
    return page(request, "desk/batches.html", context, here="desk-batches")


@require_safe
@acting
def batch(request: ActingRequest, number: str) -> HttpResponse:
    """One batch: its receipt, its rows by state with their faults, and what may be done."""
    return _batch_page(request, number)


@require_safe
@acting
def receipt(request: ActingRequest, number: str) -> HttpResponse:
    """The receipt 回执 as a file for the unit's own archive."""
    content = queries.receipt(queries.batch(number, by=request.actor))
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="receipt-{number}.json"'
    return answer


@require_safe
@acting
def faults(request: ActingRequest, number: str) -> HttpResponse:
    """What is to be mended, cell by cell, as a list to work through beside the spreadsheet."""
    found = queries.batch(number, by=request.actor)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FAULT_COLUMNS)
    for row in found.rows.filter(state="faulty").order_by("number").iterator():
        for fault in row.faults:
            said = f"{fault['message_zh']} {fault['message_en']}"
            cells = (fault["column"], said, fault["proposal"] or "", fault["code"])
            writer.writerow([row.number, *map(safe_cell, cells)])
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="faults-{number}.csv"'
    return answer


@require_safe
@acting
def mend_file(request: ActingRequest, number: str) -> HttpResponse:
    """待改文件: only the bad rows, each fault a comment on its cell, to mend and send again."""
    try:
        content = export_faults(number=number, by=request.actor)
    except CreditError as error:
        return _refused(request, number, error)
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="to-mend-{number}.xlsx"'
    return answer


@require_POST
@acting
def accept(request: ActingRequest, number: str) -> HttpResponse:
    """采纳建议: of one cell, of a row, or of all of a kind; nothing that was not proposed."""
    line, _sign, kind = request.POST.get("accept", "").partition(":")
    if not kind:
        return redirect("desk-batch", number)
    code, _sign, field = kind.partition(":")
    try:
        done = accept_proposals(
            number=number,
            lines=[int(line)] if line.isdecimal() else [],
            code=code,
            field=field,
            by=request.actor,
            on=today(),
            book=request.book,
        )
    except CreditError as error:
        return _refused(request, number, error)
    told = {"cells": done.cells, "passed": done.passed, "rest": done.still_faulty}
    said = _("已采纳 %(cells)s 处建议：%(passed)s 行改后通过校验，%(rest)s 行还有别的问题。")
    messages.success(request, said % told)
    return redirect("desk-batch", number)


@require_http_methods(["GET", "POST"])
@acting
def release_batch(request: ActingRequest, number: str) -> HttpResponse:
    """审核入库: asked once more, then done."""
    if request.method != "POST":
        return _decision_page(request, number, "desk/release.html")
    try:
        done = release(number=number, by=request.actor, on=today(), book=request.book)
    except CreditError as error:
        return _refused(request, number, error)
    messages.success(request, _("批次 %(number)s 已审核入库。") % {"number": done.number})
    return redirect("desk-batch", done.number)


@require_http_methods(["GET", "POST"])
@acting
def return_to_sender(request: ActingRequest, number: str) -> HttpResponse:
    """退回, with the reason the sender will read."""
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _decision_page(request, number, "desk/return.html", form=form)
    try:
        reason = form.cleaned_data["reason"]
        done = return_batch(number=number, reason=reason, by=request.actor, on=today())
    except CreditError as error:
        return _decision_page(request, number, "desk/return.html", form=form, error=error)
    messages.success(request, _("批次 %(number)s 已退回报送单位。") % {"number": done.number})
    return redirect("desk-batch", done.number)


def _refused(request: ActingRequest, number: str, error: CreditError) -> HttpResponse:
    """The batch with the refusal above it; to whom may not read it, the refusal alone."""
    return _batch_page(request, number, error=error)


def _decision_page(
    request: ActingRequest,
    number: str,
    template: str,
    *,
    form: ReasonForm | None = None,
    error: CreditError | None = None,
) -> HttpResponse:
    found = queries.batch(number, by=request.actor)
    verb = "intake.release" if template.endswith("release.html") else "intake.return_batch"
    request.actor.require(verb, unit=found.unit)
    context = {
        "batch": found,
        "counts": queries.counts(found),
        "amended": found.rows.exclude(amended=[]).count(),
        "own": found.submitted_by == request.actor.login,
        "form": form,
        "error": error,
    }
    return page(
        request, template, context, here="desk-batches", status=error.status if error else 200
    )


def _records(request: ActingRequest, found: Any) -> list[PassedRow]:
    after = request.GET.get("after", "0")
    started = int(after) if after.isdecimal() else 0
    return passed_rows(found, after=started, limit=ROWS_PER_PAGE, on=today())


def _batch_page(
    request: ActingRequest, number: str, *, error: CreditError | None = None
) -> HttpResponse:
    found = queries.batch(number, by=request.actor)
    state = request.GET.get("rows", "")
    rows = found.rows.order_by("number")
    if state in ROW_STATES:
        rows = rows.filter(state=state)
    amended = found.rows.exclude(amended=[])
    if state == AMENDED:
        rows = amended.order_by("number")
    counts = queries.counts(found)
    shown = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": found,
        "kinds": to_mend(found) if {"faulty", "quarantined"} & set(counts) else [],
        "to_mend": counts.get("faulty", 0) + counts.get("quarantined", 0),
        "mended_by": mended_by(found),
        "changes": {row.id: list(changes_of(row)) for row in shown if row.amended},
        "amended": amended.count(),
        "may_mend": request.actor.may(MEND, found.unit),
        "counts": [(code, counts[code]) for code in ROW_STATES if code in counts],
        "shown": shown,
        "row_state": state,
        "state_count": counts.get(state, 0),
        "records": _records(request, found) if state in {"", "recorded"} else [],
        "query": f"rows={state}&" if state in {*ROW_STATES, AMENDED} else "",
        "own": found.submitted_by == request.actor.login,
        "open": found.state == "submitted",
        "releasable": "clean" in counts,
        "may_release": request.actor.may("intake.release", found.unit),
        "may_return": request.actor.may("intake.return_batch", found.unit),
        "may_decide": request.actor.may("intake.decide_match", found.unit),
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/batch.html", context, here="desk-batches", status=status)
