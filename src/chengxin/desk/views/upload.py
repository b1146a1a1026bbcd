"""报送文件: choose a file, see what the system understood and what is wrong, then submit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengxin.catalogue import queries as catalogue
from chengxin.desk import tickets
from chengxin.desk.forms import UploadForm
from chengxin.desk.previewed import Ticket
from chengxin.desk.queries.previews import preview_view, remembered_of, sheets_of
from chengxin.desk.rules import chosen_mapping, faults_of, settled
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake.errors import BadMapping
from chengxin.intake.queries import originals
from chengxin.intake.services import submit
from chengxin.intake.services.checking import Underway, check, phase
from chengxin.intake.services.grouping import sheets_sent
from chengxin.intake.services.remembering import forget_mapping
from chengxin.intake.values import Preview
from chengxin.kernel.clock import now, today
from chengxin.kernel.errors import CreditError

HERE = "desk-upload"
FAULTS_PER_PAGE = 50
MOST_QUESTIONS = 50
LONGEST_TABLES = 1_000
"""Letters of the names of tables that travel in the address of a preview."""
STILL = "X-Still-Checking"


@require_http_methods(["GET", "POST"])
@acting
def upload(request: ActingRequest) -> HttpResponse:
    """Choose the item and the file."""
    request.actor.require("intake.preview", unit=request.actor.unit)
    if request.method != "POST":
        return _upload_page(request, UploadForm(request.book))
    form = UploadForm(request.book, request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    try:
        given = cast("UploadedFile[Any]", form.cleaned_data["file"])
        ticket = tickets.keep(given, item=form.cleaned_data["item"])
    except CreditError as error:
        return _upload_page(request, form, error=error)
    return redirect("desk-file", tickets.signed(ticket, by=request.actor))


@require_http_methods(["GET", "POST"])
@acting
def file(request: ActingRequest, ticket: str) -> HttpResponse:
    """The preview of a kept file; its buttons check again or submit."""
    request.actor.require("intake.preview", unit=request.actor.unit)
    held = tickets.opened(ticket, by=request.actor)
    if request.method != "POST":
        return _preview_page(request, held)
    if request.POST.get("action") == "forget":
        return _forget(request, held)
    wanted = _wanted(request, held)
    if wanted != held:
        if request.POST.get("action") == "submit":
            messages.warning(request, _("列的对应有改动，请看过新的校验结果再提交。"))
        return redirect("desk-file", tickets.signed(wanted, by=request.actor))
    if request.POST.get("action") == "submit":
        return _submit(request, held)
    return redirect("desk-file", ticket)


def _submit(request: ActingRequest, ticket: Ticket) -> HttpResponse:
    try:
        batch = submit(
            data=originals().get(ticket.sha256),
            filename=ticket.filename,
            item=ticket.item or request.POST.get("shown_item", ""),
            unit=request.actor.unit,
            mapping=ticket.mapping,
            sheet=ticket.sheet or None,
            by=request.actor,
            on=today(),
            book=request.book,
        )
    except CreditError as error:
        return _preview_page(request, ticket, error)
    told: dict[str, object] = {"number": batch.number, "mends": batch.corrects}
    if batch.corrects:
        told["rows"] = len(batch.layout.get("mends", ()))
        said = _(
            "已提交，批次号 %(number)s，改正批次 %(mends)s 的 %(rows)s 行。待另一位审核人审核入库。"
        )
    else:
        said = _("已提交，批次号 %(number)s。待另一位审核人审核入库。")
    messages.success(request, said % told)
    if following := _following(request, ticket):
        said = _("此文件还有其他数据表未报送，接着看“%(sheet)s”。")
        messages.info(request, said % {"sheet": following.sheet})
        return redirect("desk-file", tickets.signed(following, by=request.actor))
    return redirect("desk-batch", batch.number)


def _following(request: ActingRequest, ticket: Ticket) -> Ticket | None:
    """The next table of the same file that has not been sent; None when all are."""
    sent = sheets_sent(unit=request.actor.unit, sha256=ticket.sha256)
    rest = (name for name in ticket.tables if name not in sent)
    following = next(rest, None)
    return replace(ticket, item="", mapping=None, sheet=following) if following else None


def _forget(request: ActingRequest, ticket: Ticket) -> HttpResponse:
    """忘记列对应: the columns are proposed a mapping from scratch."""
    number = request.POST.get("remembered", "")
    forget_mapping(mapping_id=int(number) if number.isdecimal() else 0, by=request.actor)
    messages.success(request, _("已忘记，下表是系统重新识别的结果。"))
    return redirect("desk-file", tickets.signed(ticket, by=request.actor))


def _wanted(request: ActingRequest, held: Ticket) -> Ticket:
    """The ticket as the officer wants it now: another table, item or mapping, or as it was."""
    sheet, tables = request.POST.get("sheet", ""), request.POST.getlist("table")
    if sheet and sheet != held.sheet:
        known = tables if len("".join(tables)) <= LONGEST_TABLES else []
        return replace(held, sheet=sheet, tables=known, mapping=None)
    item, shown_item = request.POST.get("item", ""), request.POST.get("shown_item", "")
    if item != shown_item:
        return replace(held, item=item, mapping=None)
    headers = request.POST.getlist("header")
    shown = chosen_mapping(headers, request.POST.getlist("shown_field"))
    chosen = chosen_mapping(headers, request.POST.getlist("field"))
    answers = [request.POST.get(f"answer-{at}") for at in range(_asked(request))]
    if None in answers:
        messages.error(request, _("还有疑问没有回答，请逐项选择后再继续。"))
        return held
    for answer in answers:
        chosen = settled(chosen, _proposal(answer or ""))
    return replace(held, item=item, mapping=chosen) if answers or chosen != shown else held


def _asked(request: ActingRequest) -> int:
    """How many questions the page put; the preview itself decides whether they are settled."""
    number = request.POST.get("questions", "0")
    return min(int(number), MOST_QUESTIONS) if number.isdecimal() else 0


def _proposal(answer: str) -> dict[str, str]:
    """The accepted proposal; anything that is not one is as if the proposal were denied."""
    try:
        content = json.loads(answer)
    except ValueError:
        return {}
    if not isinstance(content, dict):
        return {}
    return {str(header): str(field) for header, field in content.items()}


def _preview_page(
    request: ActingRequest, ticket: Ticket, error: CreditError | None = None
) -> HttpResponse:
    answer = _preview_or_waiting(request, ticket, error)
    if request.headers.get("HX-Request") and not answer.headers.get(STILL):
        return HttpResponse(headers={"HX-Refresh": "true"})  # done: the page itself is asked for
    return answer


def _preview_or_waiting(
    request: ActingRequest, ticket: Ticket, error: CreditError | None
) -> HttpResponse:
    try:
        seen = _seen(request, ticket, ticket.mapping)
    except BadMapping as wrong:
        seen, error = _seen(request, ticket, None), wrong
    except CreditError as unreadable:
        form = UploadForm(request.book, initial={"item": ticket.item})
        return _upload_page(request, form, error=unreadable)
    if not isinstance(seen, Preview):
        return _waiting_page(request, seen)
    code, field = request.GET.get("code", ""), request.GET.get("field")
    view = preview_view(seen, book=request.book)
    item = catalogue.item(request.book, seen.item) if seen.item else None
    context = {
        "ticket": ticket,
        "seen": seen,
        "view": view,
        "items": catalogue.items(request.book).values(),
        "fields": item.fields if item else (),
        "sheets": sheets_of(seen, ticket, by=request.actor),
        "remembered": remembered_of(seen, by=request.actor),
        "faults": Paginator(faults_of(seen, code, field), FAULTS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "code": code,
        "field": field,
        "query": urlencode({"code": code, "field": field or ""}) + "&" if code else "",
        "may_submit": request.actor.may("intake.submit", request.actor.unit),
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/preview.html", context, here=HERE, status=status)


def _seen(
    request: ActingRequest, ticket: Ticket, mapping: Mapping[str, str] | None
) -> Preview | Underway:
    return check(
        sha256=ticket.sha256,
        filename=ticket.filename,
        item=ticket.item,
        mapping=mapping,
        sheet=ticket.sheet,
        by=request.actor,
        on=today(),
        book=request.book,
    )


def _waiting_page(request: ActingRequest, underway: Underway) -> HttpResponse:
    """The check of a large file goes on in the worker; this page asks again."""
    began = underway.started_at
    context = {
        "checking": underway,
        "phase": phase(underway),
        "seconds": int((now() - began).total_seconds()) if began else None,
    }
    answer = page(request, "desk/checking.html", context, here=HERE)
    answer[STILL] = "yes"
    return answer


def _upload_page(
    request: ActingRequest,
    form: UploadForm,
    *,
    error: CreditError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "error": error}
    return page(
        request, "desk/upload.html", context, here=HERE, status=error.status if error else status
    )
