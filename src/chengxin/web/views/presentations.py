"""信用凭证核验: checking what a holder shows of a credential."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chengxin.kernel.clock import now
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook

LONGEST = 200_000


# As with a report's file: no session to borrow, and nothing of it is kept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def presentation(request: HttpRequest) -> HttpResponse:
    """Give a number for one check, and check what was made for it."""
    from chengxin.reports.services import new_nonce, verify_presentation

    content: dict[str, Any] = {"here": "verify", "audience": settings.CHENGXIN_BASE_URL}
    code = 200
    if request.method == "POST":
        text, nonce = request.POST.get("text", "")[:LONGEST], request.POST.get("nonce", "")
        spoken = get_language() or "zh"
        try:
            shown = verify_presentation(text, nonce=nonce, at=now(), book=current_rulebook())
        except CreditError as error:
            content["refused"], code = error.text(spoken), 422
        else:
            chinese = spoken.startswith("zh")
            content["shown"] = shown
            content["claims"] = [
                {"text": one["zh" if chinese else "en"], "basis": one["basis"]}
                for one in shown.claims.values()
            ]
    content["nonce"] = new_nonce()
    return render(request, "web/presentation.html", content, status=code)
