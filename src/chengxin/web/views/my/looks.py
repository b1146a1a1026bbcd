"""查看记录、提问、副本: who looked, asking why, and a copy to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.kernel.clock import today
from chengxin.rights import queries as rights
from chengxin.rights.queries import one_look
from chengxin.rights.services import ask_why, copy_json, copy_pdf
from chengxin.web.views.my.acting import SpeakingRequest, my_page, speaking

PER_PAGE = 30


@require_safe
@speaking
def looks(request: SpeakingRequest) -> HttpResponse:
    """Every look, newest first; with those on the subject's own behalf if asked."""
    request.actor.require_for("rights.read", request.subject)
    own = request.GET.get("own") == "1"
    given = request.GET.get("page", "1")
    count = rights.look_count(request.subject, own=own)
    pages = max(1, -(-count // PER_PAGE))
    page = min(max(1, int(given) if given.isdecimal() else 1), pages)
    shown = rights.looks(request.subject, own=own, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    asked = rights.questions_of(request.subject, by=request.actor, on=today())
    context = {
        "looks": shown,
        "asked": {one.look for one in asked},
        "count": count,
        "own": own,
        "page_number": page,
        "page_count": pages,
        "may_ask": request.actor.may_for("rights.ask", request.subject),
    }
    return my_page(request, "my/looks.html", context, here="my-looks")


@require_http_methods(["GET", "POST"])
@speaking
def ask(request: SpeakingRequest, look_id: UUID) -> HttpResponse:
    """Ask the unit why it looked."""
    request.actor.require_for("rights.ask", request.subject)
    if request.method != "POST":
        look = one_look(look_id, request.subject)
        return my_page(request, "my/ask.html", {"look": look}, here="my-looks")
    asked = ask_why(
        look_id=look_id,
        subject=request.subject,
        text=request.POST.get("text", ""),
        by=request.actor,
        on=today(),
        book=request.book,
    )
    messages.success(request, _("已提问，编号 %(number)s。") % {"number": asked.number})
    return redirect("my-questions")


@require_safe
@speaking
def questions(request: SpeakingRequest) -> HttpResponse:
    """What was asked, and the answers."""
    found = rights.questions_of(request.subject, by=request.actor, on=today())
    return my_page(request, "my/questions.html", {"questions": found}, here="my-questions")


@require_POST
@speaking
def copy(request: SpeakingRequest, form: str) -> HttpResponse:
    """The copy to take away, as JSON or as a signed PDF."""
    make, kind = (copy_pdf, "application/pdf") if form == "pdf" else (copy_json, "application/json")
    on = today()
    made = make(subject=request.subject, by=request.actor, on=on, book=request.book)
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="my-credit-{on:%Y%m%d}.{form}"'
    return answer
