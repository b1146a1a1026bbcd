"""操作日志: the newest entries of the log of acts, and whether it is whole."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.audit.queries import head, newest, verify
from chengxin.desk.views.acting import ActingRequest, acting, page

PER_PAGE = 50


@require_safe
@acting
def log(request: ActingRequest) -> HttpResponse:
    """The newest entries; `?verify=1` walks the whole chain and shows the result."""
    request.actor.require("audit.read")
    before = request.GET.get("before", "")
    entries = newest(limit=PER_PAGE, before=int(before) if before.isdecimal() else None)
    context = {
        "entries": entries,
        "head": head(),
        "older": entries[-1].sequence if entries and entries[-1].sequence > 1 else None,
        "paged": bool(before),
        "verification": verify() if request.GET.get("verify") else None,
    }
    return page(request, "desk/log.html", context, here="desk-log")
