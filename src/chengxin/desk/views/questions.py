"""提问: what subjects ask about looks of this unit, and the answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.rights.queries import waiting
from chengxin.rights.services import answer

HERE = "desk-questions"


@require_http_methods(["GET", "POST"])
@acting
def questions(request: ActingRequest) -> HttpResponse:
    """The unit's questions, the most urgent first; answered one by one."""
    if request.method == "POST":
        answer(
            number=request.POST.get("number", ""),
            text=request.POST.get("text", ""),
            by=request.actor,
            book=request.book,
        )
        messages.success(request, _("已答复，提问人将收到告知。"))
        return redirect(HERE)
    answered = request.GET.get("answered") == "1"
    found = waiting(by=request.actor, on=today(), answered=answered)
    context = {"questions": found, "answered": answered}
    return page(request, "desk/questions.html", context, here=HERE)
