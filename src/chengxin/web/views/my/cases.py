"""我的案件: from a fact to an objection, a repair or a proceeding, and how each stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.casework import queries, services
from chengxin.casework.rules import OPEN, allowed
from chengxin.casework.rules.wordings import KINDS, MOVES, STATES, TURNS
from chengxin.casework.values import Move, Said, State
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.web.case_forms import ComplaintForm, ObjectionForm, ProceedingForm, SaidForm
from chengxin.web.case_queries import choices, own_record, plan
from chengxin.web.views.my.acting import SpeakingRequest, my_page, speaking

HERE, PER_PAGE = "my-cases", 20


@require_safe
@speaking
def cases(request: SpeakingRequest) -> HttpResponse:
    """Every case of the subject, newest first."""
    rows = queries.of_subject(request.subject, by=request.actor)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(one, KINDS[one.kind], STATES[one.state], TURNS[one.turn]) for one in shown]
    return my_page(request, "my/cases.html", {"shown": shown, "lines": lines}, here=HERE)


@require_http_methods(["GET", "POST"])
@speaking
def objection(request: SpeakingRequest, record_id: UUID) -> HttpResponse:
    """指出错误: which field, what is right, papers; answered with a number and a day."""
    record = own_record(record_id, by=request.actor, on=today(), book=request.book)
    chinese = (get_language() or "zh").startswith("zh")
    fields = [(one.name, one.label if chinese else one.label_en) for one in record.fields]
    form = ObjectionForm(
        [*fields, ("", _("整条信息（重复、过期、不应公示）"))],
        choices(request.book.codelist("objection_ground")),
        request.POST or None,
        request.FILES or None,
        initial={"field": request.GET.get("field", "")},
    )
    context = {"record": record, "form": form, "values": {one.name: one for one in record.fields}}
    if request.method != "POST" or not form.is_valid():
        return my_page(request, "my/objection.html", context, here=HERE)
    facts = form.cleaned_data
    return _filed(
        request,
        "my/objection.html",
        context,
        lambda: services.file_objection(
            record_id=record_id,
            field=facts["field"],
            ground=facts["ground"],
            said=form.said(),
            by=request.actor,
            on=today(),
            book=request.book,
        ),
    )


@require_http_methods(["GET", "POST"])
@speaking
def repair(request: SpeakingRequest, record_id: UUID) -> HttpResponse:
    """修复指引与申请: the way out with its days and filled-in papers; the request itself."""
    record = own_record(record_id, by=request.actor, on=today(), book=request.book)
    way = plan(record, on=today(), book=request.book)
    form = SaidForm(request.POST or None, request.FILES or None)
    context = {"record": record, "way": way, "form": form, "today": today()}
    if request.method != "POST" or not form.is_valid():
        return my_page(request, "my/repair.html", context, here=HERE)
    return _filed(
        request,
        "my/repair.html",
        context,
        lambda: services.request_repair(
            record_id=record_id, said=form.said(), by=request.actor, on=today(), book=request.book
        ),
    )


@require_http_methods(["GET", "POST"])
@speaking
def proceeding(request: SpeakingRequest, record_id: UUID) -> HttpResponse:
    """复议诉讼: tell that the decision is before another body; the mark follows the check."""
    record = own_record(record_id, by=request.actor, on=today(), book=request.book)
    kinds = choices(request.book.codelist("proceeding"))
    form = ProceedingForm(kinds, request.POST or None, request.FILES or None)
    context = {"record": record, "form": form}
    if request.method != "POST" or not form.is_valid():
        return my_page(request, "my/proceeding.html", context, here=HERE)
    facts = form.cleaned_data
    return _filed(
        request,
        "my/proceeding.html",
        context,
        lambda: services.file_proceeding(
            record_id=record_id,
            proceeding=facts["proceeding"],
            body=facts["body"],
            document=facts["document"],
            said=form.said(),
            by=request.actor,
            on=today(),
            book=request.book,
        ),
    )


@require_http_methods(["GET", "POST"])
@speaking
def complaint(request: SpeakingRequest) -> HttpResponse:
    """投诉: how information was handled, or a right that was infringed."""
    units = [(one.code, one.name) for one in request.book.units.values()]
    form = ComplaintForm(units, request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return my_page(request, "my/complaint.html", {"form": form}, here=HERE)
    facts = form.cleaned_data
    return _filed(
        request,
        "my/complaint.html",
        {"form": form},
        lambda: services.file_complaint(
            subject=request.subject,
            infringement=facts["infringement"],
            against=facts["against"],
            said=form.said(),
            by=request.actor,
            on=today(),
            book=request.book,
        ),
    )


@require_http_methods(["GET", "POST"])
@speaking
def case(request: SpeakingRequest, number: str) -> HttpResponse:
    """The receipt and the course of one case, and what the subject may do now."""
    found = queries.case_for(number, by=request.actor)
    course = queries.course_of(found)
    moves = set(allowed(course)) & {Move.ADD, Move.WITHDRAW, Move.ASK_REVIEW}
    form = SaidForm(request.POST or None, request.FILES or None)
    error, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, number, request.POST.get("act", ""), form.said())
        except CreditError as refusal:
            error, status = refusal, refusal.status
        else:
            messages.success(request, _("已办理。"))
            return redirect("my-case", number)
    events = [
        (one, MOVES[one.move], STATES[one.state])
        for one in found.events.order_by("id").defer("sealed")
    ]
    context = {
        "case": found,
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "turn": TURNS[found.turn],
        "events": events,
        "said": services.read_said(number=number, by=request.actor),
        "papers": services.papers.names_of(found),
        "record": _record(request, found),
        "may_add": Move.ADD in moves,
        "may_withdraw": Move.WITHDRAW in moves,
        "may_ask_review": Move.ASK_REVIEW in moves
        and (found.due_on is None or today() <= found.due_on),
        "is_open": State(found.state) in OPEN,
        "late": bool(found.open and found.promised_on and found.promised_on < today()),
        "form": form,
        "error": error,
    }
    return my_page(request, "my/case.html", context, here=HERE, status=status)


@require_POST
@speaking
def paper(request: SpeakingRequest, number: str, paper_id: UUID) -> HttpResponse:
    """One of the papers handed in; noted."""
    media, content = services.open_paper(number=number, paper_id=paper_id, by=request.actor)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{paper_id}"'
    return answer


def _act(request: SpeakingRequest, number: str, act: str, said: Said) -> None:
    usual: dict[str, Any] = {
        "number": number,
        "by": request.actor,
        "on": today(),
        "book": request.book,
    }
    if act == Move.ADD.value:
        services.supplement(said=said, **usual)
    elif act == Move.ASK_REVIEW.value:
        services.ask_review(reason=said.statement, **usual)
    elif act == Move.WITHDRAW.value:
        services.withdraw(**usual)


def _record(request: SpeakingRequest, found: Any) -> Any:
    if found.record_id is None:
        return None
    try:
        return own_record(found.record_id, by=request.actor, on=today(), book=request.book)
    except CreditError:
        return None  # erased or linked to another since: the case stays readable


def _filed(
    request: SpeakingRequest, template: str, context: dict[str, Any], file: Any
) -> HttpResponse:
    """File, and answer with the receipt; a refusal stands over the form as it was filled in."""
    try:
        found = file()
    except CreditError as error:
        whole = {**context, "error": error}
        return my_page(request, template, whole, here=HERE, status=error.status)
    messages.success(request, _("已提交，编号 %(number)s。") % {"number": found.number})
    return redirect("my-case", found.number)
