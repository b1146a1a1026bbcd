"""信用报告: taking one, and checking one."""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.kernel.clock import now, today
from chengxin.kernel.dates import parse_date
from chengxin.kernel.errors import CreditError
from chengxin.policy.queries import current_rulebook
from chengxin.reports.errors import NoAuthority, Superseded
from chengxin.reports.queries import (
    authority,
    authority_certificate,
    by_code,
    pdf_of,
    revoked_certificates,
    stands,
)
from chengxin.reports.rules.authorities import AUTHORITY_FILE, REVOKED_FILE, fingerprint
from chengxin.subjects.queries import by_public_id
from chengxin.web.views.organisations import moved

LARGEST_FILE = 20 * 1024 * 1024


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
    if subject.public_id != public_id:
        return moved(request, "web-report", subject.public_id)
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
    """报告核验: ask for the code printed on a report, however it is typed, or for its file."""
    code = request.GET.get("code", "").strip()
    found = by_code(code) if code else None
    if found is not None:
        return redirect("web-verify-code", found.code)
    return _verify_page(request, {"code": code}, status=404 if code else 200)


@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What this site knows of the report with that code; the QR code on it leads here."""
    found = by_code(code)
    content: dict[str, Any] = {"code": code, "report": found}
    if found is not None and not stands(found, current_rulebook()):
        gone = Superseded(number=found.number)
        content["superseded"] = gone.text(get_language() or "zh")
    return _verify_page(request, content, status=200 if found else 404)


# As with taking a report: no session to borrow. The size is looked at before the body is read.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Check a report's file 核验报告文件: signature and content. Nothing of it is kept."""
    from chengxin.reports.services import verify_pdf

    if request.method != "POST":
        return redirect("web-verify")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE:
        return _verify_page(request, {"too_large": True}, status=413)
    given = request.FILES.get("file")
    if given is None:
        return _verify_page(request, {"no_file": True}, status=422)
    spoken = get_language() or "zh"
    try:
        finding = verify_pdf(given.read())
    except CreditError as error:
        context = {"error_text": error.text(spoken)}
        return render(request, "web/refused.html", context, status=error.status)
    found = by_code(finding.code) if finding.genuine else None
    live = stands(found, current_rulebook()) if found is not None else None
    content: dict[str, Any] = {
        "finding": finding,
        "finding_text": finding.text(spoken),
        # Whether it still stands is asked of the register here; a list is for those without us.
        "live": live,
        "live_at": now(),
        "statements": [
            {"proven": one.proven, "text": one.text(spoken)}
            for one in finding.statements
            if finding.genuine and not one.about_status
        ],
    }
    return _verify_page(request, content)


@require_safe
def authority_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – a view
    """The certificate of the report authority 签名根证书, for checking without this site."""
    try:
        certificate = authority_certificate()
    except NoAuthority:
        raise Http404 from None
    answer = HttpResponse(certificate, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="{AUTHORITY_FILE}"'
    return answer


@require_safe
def revoked_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – a view
    """The authority's list of revoked certificates 吊销列表, for checking without this site."""
    listed = revoked_certificates()
    if listed is None:
        raise Http404
    answer = HttpResponse(listed.public_bytes(Encoding.PEM), content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="{REVOKED_FILE}"'
    return answer


@require_safe
def status_file(request: HttpRequest, month: str) -> HttpResponse:  # noqa: ARG001 – a view
    """The signed status list 状态列表 of a month's reports; any wallet or bank may fetch it."""
    from chengxin.reports.services import status_list

    try:
        token = status_list(month, book=current_rulebook())
    except CreditError:
        raise Http404 from None
    answer = HttpResponse(token, content_type="application/statuslist+jwt")
    answer["Content-Disposition"] = f'attachment; filename="status-{month}.jwt"'
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def _verify_page(
    request: HttpRequest, content: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    try:
        authority_sha256 = fingerprint(authority())
    except NoAuthority:  # no report was issued here yet
        authority_sha256 = ""
    known = {
        "here": "verify",
        "authority_sha256": authority_sha256,
        "authority_file": AUTHORITY_FILE,
        "revoked_file": REVOKED_FILE,
        "month": f"{today():%Y%m}",
    }
    return render(request, "web/verify.html", known | content, status=status)


@require_safe
def report_file(request: HttpRequest, code: str) -> HttpResponse:
    """The signed file as issued, for comparing, while all it says is still public."""
    found = by_code(code)
    if found is None or found.kind != found.REPORT:
        raise Http404
    if not stands(found, current_rulebook()):
        context = {"error_text": Superseded(number=found.number).text(get_language() or "zh")}
        return render(request, "web/refused.html", context, status=Superseded.status)
    answer = HttpResponse(pdf_of(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
