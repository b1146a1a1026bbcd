"""Quality by machine: the month's report, what falls due, and the monthly count."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from chengxin.api.intake import Token, TokenRequest
from chengxin.api.schemas import Refusal
from chengxin.intake.rules.counting import Count
from chengxin.intake.services import statements
from chengxin.intake.services.counting import (
    CountForm,
    confirm_count,
    file_count,
    send_back_count,
)
from chengxin.kernel.clock import SHANGHAI, today
from chengxin.oversight import queries
from chengxin.oversight.rules.telling import due_json, report_json, trend_json
from chengxin.oversight.values import Month
from chengxin.policy.queries import current_rulebook

router = Router(auth=Token())
MONTHS = 12


class CountIn(Schema):
    """A monthly count 月度产生数; `after` is the version it follows, 0 for the first."""

    produced: int
    published: int = 0
    published_url: str = ""
    reported: int
    unreported: dict[str, int] = {}  # noqa: RUF012 – the schema copies it
    explanation: str = ""
    correction: str = ""
    after: int = 0


class SendBack(Schema):
    """Why a version is sent back."""

    reason: str


@router.get("/report", response=dict[str, Any], summary="月度质量报告")
def report(request: TokenRequest, month: str, unit: str = "", item: str = "") -> dict[str, Any]:
    """The report on a month: of the token's own unit, or of all if it may see them."""
    book, on = current_rulebook(), today()
    asked = Month.parse(month, by=on)
    found = queries.report(month=asked, by=request.auth, on=on, book=book, unit=unit, item=item)
    return report_json(found, book)


@router.get("/trend", response=list[dict[str, Any]], summary="十二个月的变化")
def trend(request: TokenRequest, month: str, unit: str = "") -> list[dict[str, Any]]:
    """The figures of the twelve months up to one."""
    book = current_rulebook()
    last = Month.parse(month, by=today())
    return trend_json(
        queries.trend(last=last, months=MONTHS, by=request.auth, book=book, unit=unit)
    )


@router.get("/due", response=list[dict[str, Any]], summary="到期提醒")
def due(request: TokenRequest, unit: str = "") -> list[dict[str, Any]]:
    """What falls due, the most pressing first."""
    book = current_rulebook()
    found = queries.reminders(by=request.auth, on=today(), book=book, unit=unit)
    return [due_json(one, book) for one in found]


@router.get(
    "/counts/{unit}/{item}/{month}", response=list[dict[str, Any]], summary="月度产生数各版"
)
def counts(request: TokenRequest, unit: str, item: str, month: str) -> list[dict[str, Any]]:
    """All versions of a count, the newest first."""
    asked = Month.parse(month, by=today())
    queries.visible_units(request.auth, current_rulebook(), unit=unit)
    found = statements.versions(unit=unit, item=item, month=asked.first)
    return [_told(one) for one in found]


@router.post(
    "/counts/{unit}/{item}/{month}",
    response={201: dict[str, Any], 409: Refusal},
    summary="填报或更正月度产生数",
)
def file(
    request: TokenRequest, unit: str, item: str, month: str, stated: CountIn
) -> tuple[int, dict[str, Any]]:
    """File a count; a correction names the version it follows and its reason."""
    asked = Month.parse(month, by=today())
    given = stated.dict()
    after = given.pop("after")
    form = file_count(
        count=Count(unit, item, asked.first, **given),
        after=after,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return 201, _told(form)


@router.post("/counts/{form_id}/confirm", response=dict[str, Any], summary="确认月度产生数")
def confirm(request: TokenRequest, form_id: UUID) -> dict[str, Any]:
    """A second officer of the unit confirms a version."""
    form = confirm_count(form_id=form_id, by=request.auth, on=today(), book=current_rulebook())
    return _told(form)


@router.post("/counts/{form_id}/send-back", response=dict[str, Any], summary="退回月度产生数")
def send_back(request: TokenRequest, form_id: UUID, why: SendBack) -> dict[str, Any]:
    """A second officer of the unit sends a version back, with the reason."""
    form = send_back_count(
        form_id=form_id,
        reason=why.reason,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return _told(form)


def _told(form: CountForm) -> dict[str, Any]:
    review = statements.review_of(form)
    return {
        "id": str(form.id),
        "unit": form.unit,
        "item": form.item,
        "month": f"{form.month:%Y-%m}",
        "version": form.version,
        "produced": form.produced,
        "published": form.published,
        "published_url": form.published_url,
        "reported": form.reported,
        "held": form.held,
        "unreported": form.unreported,
        "unexplained": form.unexplained,
        "due_on": form.due_on.isoformat(),
        "filed_on": form.filed_on.isoformat(),
        "filed_at": form.filed_at.astimezone(SHANGHAI).isoformat(),
        "filed_by": form.filed_by,
        "confirmed": None if review is None else review.confirmed,
        "reason": "" if review is None else review.reason,
    }
