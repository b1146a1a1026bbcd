"""Cases of “not me” by machine, for a window's own software: the same verbs as the workbench."""

from typing import Any
from uuid import UUID

from ninja import Form, Router

from chengxin.api.intake import Token, TokenRequest
from chengxin.api.schemas import Refusal
from chengxin.intake.services import decide_case
from chengxin.kernel.clock import today
from chengxin.policy.queries import current_rulebook
from chengxin.register import queries
from chengxin.register.services import open_case

router = Router(auth=Token())
MOST = 500


@router.post(
    "",
    response={201: dict[str, Any], 409: Refusal},
    summary="受理“不是我”：该信息即时停止公示并立案",
)
def take_in(
    request: TokenRequest, record: Form[UUID], on_behalf_of: Form[str], statement: Form[str]
) -> tuple[int, dict[str, Any]]:
    """A subject says a record is not about it; hidden in this very call."""
    case = open_case(
        record_id=record,
        on_behalf_of=on_behalf_of,
        statement=statement,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return 201, _plain(case)


@router.get("", response=list[dict[str, Any]], summary="核查案件")
def cases(request: TokenRequest, state: str = "open") -> list[dict[str, Any]]:
    """Up to 500 cases of a state, the longest waiting first; nothing of what was said."""
    return [_plain(one) for one in queries.cases(by=request.auth).filter(state=state)[:MOST]]


@router.get("/{number}", response={200: dict[str, Any], 404: Refusal}, summary="一个案件")
def case(request: TokenRequest, number: str) -> dict[str, Any]:
    """How a case stands."""
    return _plain(queries.case(number, by=request.auth))


@router.post(
    "/{number}/decision", response={200: dict[str, Any], 409: Refusal}, summary="决定核查案件"
)
def decide(
    request: TokenRequest, number: str, upheld: Form[bool], reason: Form[str]
) -> dict[str, Any]:
    """Upheld, the link is undone; else the record shows again. Not by who took it in."""
    decide_case(
        number=number,
        upheld=upheld,
        reason=reason,
        by=request.auth,
        on=today(),
        book=current_rulebook(),
    )
    return _plain(queries.case(number, by=request.auth))


def _plain(case: Any) -> dict[str, Any]:
    return {
        "case": case.number,
        "record": str(case.record_id),
        "unit": case.unit,
        "state": case.state,
        "state_label": case.get_state_display(),
        "hidden": case.suspends and case.state == "open",
        "opened_at": case.opened_at.isoformat(),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "basis": case.basis,
        "reason": case.reason,
    }
