"""那一天我们说了什么: what stood about an organisation, and what differs from another moment."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.desk.replay_forms import PURPOSES, ReplayForm
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import now
from chengxin.kernel.errors import CreditError
from chengxin.replay.rules import compare
from chengxin.replay.services import EXPLAIN, explain
from chengxin.replay.values import Explanation

HERE = "desk-replay"


@require_safe
@acting
def replay(request: ActingRequest) -> HttpResponse:
    """The form, and below it the answer; a look is noted each time."""
    request.actor.require(EXPLAIN, unit="")
    asked = "known" in request.GET
    initial = {"code": request.GET.get("code", "")}
    form = ReplayForm(request.book, now(), request.GET if asked else None, initial=initial)
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        try:
            context |= _answer(request, form.cleaned_data)
        except CreditError as error:
            context["error"] = error
            return page(request, "desk/replay.html", context, here=HERE, status=error.status)
    return page(request, "desk/replay.html", context, here=HERE)


def _answer(request: ActingRequest, asked: dict[str, Any]) -> dict[str, Any]:
    found = _look(request, asked, asked["known"])
    answer: dict[str, Any] = {"found": found, "shown": sum(one.shown for one in found.records)}
    if asked["other"]:
        pair = sorted((found, _look(request, asked, asked["other"])), key=lambda x: x.asked.known)
        answer |= {"pair": pair, "differences": compare(*pair)}
    return answer


def _look(request: ActingRequest, asked: dict[str, Any], known: datetime) -> Explanation:
    return explain(
        code=asked["code"],
        on=asked["on"],
        known=known,
        purpose=asked["purpose"],
        known_purposes=request.book.codelist(PURPOSES).by_code,
        by=request.actor,
    )
