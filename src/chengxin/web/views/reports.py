"""信用报告: taking one, and checking one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chengxin.kernel.clock import today
from chengxin.kernel.dates import parse_date
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook
from chengxin.reports.queries import by_code, pdf_of
from chengxin.subjects.queries import by_public_id


# Nobody is signed in and anyone may: there is no session for another site to borrow, and
# a reader of public pages is given no cookie.
@csrf_exempt
@require_POST
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Issue the report 出具信用报告 of an organisation as public today or on an earlier day."""
    # Typesetting and signing take a second to load; no page but this one needs them.
    from chengxin.reports.services import PUBLIC, issue

    subject = by_public_id(public_id)
    if subject is None:
        raise Http404
    spoken = get_language() or "zh"
    on = parse_date(request.POST.get("on", "")) or today()
    try:
        issued = issue(
            subject=subject.id, on=on, by=PUBLIC, book=current_rulebook(), language=spoken[:2]
        )
    except CreditError as error:
        context = {"error_text": error.text(spoken)}
        return render(request, "web/refused.html", context, status=error.status)
    return redirect("web-verify-code", issued.report.code)


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """报告核验: ask for the code printed on a report."""
    code = "".join(request.GET.get("code", "").split()).upper()
    if code and code.replace("-", "").isalnum() and code.isascii():
        return redirect("web-verify-code", code)
    return render(request, "web/verify.html", {"here": "verify", "code": code})


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What this site knows of the report with that code; the QR code on it leads here."""
    found = by_code(code)
    context = {"here": "verify", "code": code, "report": found}
    return render(request, "web/verify.html", context, status=200 if found else 404)


@require_safe
def report_file(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 – a view
    """The signed file as it was issued, for comparing with the one in hand."""
    found = by_code(code)
    if found is None:
        raise Http404
    answer = HttpResponse(pdf_of(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
