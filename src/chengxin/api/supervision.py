"""Reading by machine: draws with their proofs, plans; lists and measures; evaluations and kits.

Without a token only what the public pages show; what waits or was merely proposed needs one.
"""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from chengxin.api.intake import Token, TokenRequest
from chengxin.api.schemas import Refusal
from chengxin.api.supervision_words import (
    draw_json,
    entry_json,
    list_json,
    measure_json,
    plan_json,
    standing_json,
)
from chengxin.evaluation import queries as evaluation
from chengxin.evaluation.errors import NoEvaluation
from chengxin.kernel.clock import today
from chengxin.measures import queries as measures
from chengxin.policy.queries import current_rulebook
from chengxin.subjects import queries as subjects
from chengxin.subjects.errors import UnknownSubject
from chengxin.subjects.values import SubjectView
from chengxin.supervision import queries as supervision
from chengxin.supervision.errors import NotYetDrawn, UnknownPlan

router = Router()
Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0)]
EVALUATION_VERBS = (
    "evaluation.run", "evaluation.serve", "evaluation.object", "evaluation.confirm",
)  # fmt: skip


@router.get("/lists", response=list[dict[str, Any]], summary="依法设立的名单")
def lists(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists in force: their law, who decides, how they end, which measures they trigger."""
    book, on = current_rulebook(), today()
    kept = (one for one in book.consequences.lists.values() if one.in_force(on))
    return [list_json(one, book) for one in kept]


@router.get(
    "/organisations/{public_id}/consequences",
    response={200: list[dict[str, Any]], 404: Refusal},
    summary="一家组织现在的名单事项和措施",
)
def consequences(request: HttpRequest, public_id: str) -> list[dict[str, Any]]:
    """The list entries of an organisation in force today, and the measures that bind."""
    book = current_rulebook()
    found = measures.standing_entries(_subject(public_id).id, on=today(), book=book)
    return [entry_json(one, book) for one in found]


@router.get(
    "/organisations/{public_id}/evaluations",
    response={200: list[dict[str, Any]], 404: Refusal},
    summary="一家组织生效的公开评价",
)
def shown(request: HttpRequest, public_id: str) -> list[dict[str, Any]]:
    """The evaluations in effect by public models, each with its factor tree."""
    book, subject = current_rulebook(), _subject(public_id)
    rows = [row for _, row in evaluation.shown(subject.id, on=today(), book=book)]
    return [standing_json(one, book) for one in evaluation.standings(rows, book=book)]


@router.get(
    "/organisations/{public_id}/evaluations/{model}/kit",
    response={200: None, 404: Refusal},
    summary="复算包（ZIP）",
)
def kit(request: HttpRequest, public_id: str, model: str) -> HttpResponse:
    """The offline recompute kit of an evaluation the public may see."""
    book, subject = current_rulebook(), _subject(public_id)
    for one, row in evaluation.shown(subject.id, on=today(), book=book):
        if one.code == model:
            answer = HttpResponse(evaluation.kit(row), content_type="application/zip")
            answer["Content-Disposition"] = f'attachment; filename="{model}-{public_id}.zip"'
            return answer
    raise NoEvaluation(name=subject.name, model=model)


@router.get("/draws", response=list[dict[str, Any]], summary="双随机抽查")
def draws(request: HttpRequest, limit: Limit = 20, offset: Offset = 0) -> list[dict[str, Any]]:
    """All draws, the latest first; who was drawn only from the day it is public."""
    rows = supervision.draws()[offset : offset + limit]
    return [draw_json(one, on=today()) for one in rows]


@router.get("/draws/{number}", response={200: dict[str, Any], 404: Refusal}, summary="一次抽查")
def draw(request: HttpRequest, number: str) -> dict[str, Any]:
    """One draw, with the visits once they are public."""
    return draw_json(supervision.draw(number), on=today(), whole=True)


@router.get(
    "/draws/{number}/proof",
    response={200: dict[str, Any], 404: Refusal, 400: Refusal},
    summary="抽查证明文件",
)
def proof(request: HttpRequest, number: str) -> dict[str, Any]:
    """The proof file, once it is public; `chengxin draw verify` repeats the draw from it."""
    found = supervision.draw(number)
    if not supervision.is_open(found, today()):
        raise NotYetDrawn(source=found.source, source_on=found.public_from)
    return supervision.proof_of(found)


@router.get("/plans", response=list[dict[str, Any]], summary="已批准的抽查计划")
def plans(request: HttpRequest, limit: Limit = 20, offset: Offset = 0) -> list[dict[str, Any]]:
    """Approved plans of inspections, the latest first, with how far open draws have come."""
    rows = supervision.plans(approved=True)[offset : offset + limit]
    return [plan_json(one, on=today()) for one in rows]


@router.get("/plans/{number}", response={200: dict[str, Any], 404: Refusal}, summary="一份计划")
def plan(request: HttpRequest, number: str) -> dict[str, Any]:
    """One approved plan."""
    found = supervision.plan(number)
    if not hasattr(found, "decision") or not found.decision.approved:
        raise UnknownPlan(number=number)
    return plan_json(found, on=today())


@router.get("/measures", auth=Token(), response=list[dict[str, Any]], summary="本单位的措施")
def unit_measures(
    request: TokenRequest, limit: Limit = 20, offset: Offset = 0
) -> list[dict[str, Any]]:
    """The measures of the token's unit, proposed, sent or lifted, newest first."""
    book, rows = current_rulebook(), measures.measures(by=request.auth)
    views = measures.viewed(rows[offset : offset + limit], on=today(), book=book)
    return [measure_json(one) for one in views]


@router.get(
    "/evaluations/waiting", auth=Token(), response=list[dict[str, Any]], summary="待办的变差评价"
)
def waiting(request: TokenRequest, limit: Limit = 20, offset: Offset = 0) -> list[dict[str, Any]]:
    """Worse grades that wait, of the models the token's unit decides, oldest first."""
    book, by = current_rulebook(), request.auth
    if not any(by.may(verb) for verb in EVALUATION_VERBS):
        by.require(EVALUATION_VERBS[0])
    deciding = {one.decided_by for one in book.models.values()}
    units = [one for one in deciding if any(by.may(verb, one) for verb in EVALUATION_VERBS)]
    rows = evaluation.waiting_rows(units=units, book=book)[offset : offset + limit]
    return [standing_json(one, book) for one in evaluation.standings(list(rows), book=book)]


@router.get(
    "/evaluations/{evaluation_id}",
    auth=Token(),
    response={200: dict[str, Any], 404: Refusal},
    summary="一次评价及因素树",
)
def one_evaluation(request: TokenRequest, evaluation_id: UUID) -> dict[str, Any]:
    """One evaluation, in whatever state, for the unit that decides it."""
    book, row = current_rulebook(), evaluation.evaluation(evaluation_id)
    unit, by = book.model(row.model).decided_by, request.auth
    if not any(by.may(verb, unit) for verb in EVALUATION_VERBS):
        by.require(EVALUATION_VERBS[0], unit=unit)
    return standing_json(evaluation.standings([row], book=book)[0], book)


def _subject(public_id: str) -> SubjectView:
    found = subjects.by_public_id(public_id) or subjects.by_code(public_id)
    if found is None:
        raise UnknownSubject(asked=public_id)
    return found
