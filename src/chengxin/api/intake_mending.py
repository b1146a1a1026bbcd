"""Mending by machine: accept what is proposed, take away the rows that are left."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from ninja import Router

from chengxin.api.intake import Token, TokenRequest
from chengxin.api.schemas import Accepting, Refusal
from chengxin.intake import queries
from chengxin.intake.services import accept_proposals, export_faults
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
router = Router(auth=Token())


@router.post(
    "/{number}/accept",
    response={200: dict[str, Any], 409: Refusal},
    summary="采纳建议：一格、一行、一类或全部",
)
def accept(request: TokenRequest, number: str, wanted: Accepting) -> dict[str, Any]:
    """Accept proposals in a batch that waits for release; the receipt, and what came of it.

    `code`, `field` and `lines` narrow it; `{}` accepts everything that is proposed.
    """
    done = accept_proposals(
        number=number,
        code=wanted.code,
        field=wanted.field,
        lines=wanted.lines,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return queries.receipt(queries.batch(number, by=request.auth)) | {"accepted": asdict(done)}


@router.get("/{number}/to-mend.xlsx", summary="待改文件：只含待改的行，问题批注在单元格上")
def to_mend(request: TokenRequest, number: str) -> HttpResponse:
    """The rows that could not be taken in, to be mended and sent again as a file."""
    content = export_faults(number=number, by=request.auth)
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="to-mend-{number}.xlsx"'
    return answer
