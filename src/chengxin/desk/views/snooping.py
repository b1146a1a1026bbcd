"""疑似违规查看: looks no business explains, for the auditor of the log."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import now, today
from chengxin.rights.queries import suspicious
from chengxin.rights.rules.snooping import SIGN_WORDS

HERE, MOST = "desk-log", 500
SHOWN_HOURS = 24 * 30


@require_safe
@acting
def snooping(request: ActingRequest) -> HttpResponse:
    """Looks of the last thirty days that stand out, newest first; a person judges each."""
    until = now()
    found = suspicious(
        since=until - timedelta(hours=SHOWN_HOURS),
        until=until,
        by=request.actor,
        on=today(),
        book=request.book,
    )
    at = 0 if (get_language() or "zh").startswith("zh") else 1
    shown = [(look, [SIGN_WORDS[sign][at] for sign in signs]) for look, signs in found[:MOST]]
    return page(request, "desk/snooping.html", {"shown": shown, "count": len(found)}, here=HERE)
