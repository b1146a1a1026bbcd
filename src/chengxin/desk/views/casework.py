"""异议与修复: what waits, the most pressing first; one case on one screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.casework import queries as casework
from chengxin.casework import services
from chengxin.casework.queries import Case
from chengxin.casework.rules import left
from chengxin.casework.rules.wordings import KINDS, MOVES, STATES, TURNS
from chengxin.casework.services.papers import names_of
from chengxin.casework.values import Kind, Move
from chengxin.desk.casework_forms import StepForm
from chengxin.desk.queries.casework import MOST, drafts, lines, stands, steps
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.publication.queries import fact
from chengxin.subjects.queries import by_id

HERE, PER_PAGE = "desk-casework", 30
QUEUES = ("waiting", "open", "closed")
VERBS: dict[Move, Any] = {
    Move.ACCEPT: services.accept,
    Move.ASK_SUPPLEMENT: services.ask_supplement,
    Move.REFUSE: services.refuse,
    Move.PROPOSE: services.propose,
    Move.SEND_BACK: services.send_back,
    Move.DECIDE: services.decide,
    Move.CLOSE_GONE: services.close_gone,
    Move.REVIEW_KEEP: services.review,
    Move.REVIEW_RETURN: services.review,
    Move.CONCLUDE: services.conclude,
    Move.CARRY_OUT: services.carry_out,
    Move.NOTIFY_FALSE: services.notify_false,
    Move.CANCEL: services.judge_false,
    Move.LET_STAND: services.judge_false,
}


@require_safe
@acting
def queue(request: ActingRequest) -> HttpResponse:
    """The queue of the officer's side, of all open cases, or of those closed."""
    asked = request.GET.get("queue", "waiting")
    which = asked if asked in QUEUES else "waiting"
    by = request.actor
    found = casework.waiting(by=by) if which == "waiting" else casework.queue(by=by, state=which)
    if which == "closed":
        found = found.order_by("-last_on", "-filed_at")
    shown = lines(list(found[:MOST]), on=today(), book=request.book)
    context = {
        "shown": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "which": which,
        "queues": QUEUES,
    }
    return page(request, "desk/casework/queue.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def case(request: ActingRequest, number: str) -> HttpResponse:
    """One case on one screen, and the steps that stand open for this officer."""
    found = casework.case_for(number, by=request.actor)
    mine, own = steps(found, by=request.actor, on=today())
    act, error = request.POST.get("act", ""), None
    kind = Kind(found.kind)
    forms = {
        move: StepForm(kind, move, request.POST if move.value == act else None) for move in mine
    }
    chosen = next((move for move in mine if move.value == act), None)
    if chosen is not None and forms[chosen].is_valid():
        try:
            VERBS[chosen](
                number=number,
                by=request.actor,
                on=today(),
                book=request.book,
                **forms[chosen].facts(),
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": MOVES[chosen].label})
            return redirect("desk-casework-case", number)
    elif request.method == "POST" and chosen is None:
        messages.warning(request, _("案件已有变化，请按现在列出的步骤办理。"))
        return redirect("desk-casework-case", number)
    whole = _whole(request, found) | {
        "steps": [
            (move, MOVES[move], forms[move], drafts(found, move, _standing(found), request.book))
            for move in mine
        ],
        "chosen": act,
        "own": own,
        "error": error,
    }
    status = error.status if error else 200
    return page(request, "desk/casework/case.html", whole, here=HERE, status=status)


@require_POST
@acting
def paper(request: ActingRequest, number: str, paper_id: UUID) -> HttpResponse:
    """One paper of the case; noted in the log."""
    media, content = services.open_paper(number=number, paper_id=paper_id, by=request.actor)
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{paper_id}"'
    return answer


def _standing(found: Case) -> Any:
    return casework.standing_of(found, on=today())


def _whole(request: ActingRequest, found: Case) -> dict[str, Any]:
    """Fact, document, law and history of a case; what was said only for who may read it."""
    reads = request.actor.may("casework.read_said", found.unit)
    state = _standing(found)
    shown = fact(found.record_id, on=today(), book=request.book) if found.record_id else None
    events = found.events.order_by("id").defer("sealed")
    proposal = found.events.filter(move=Move.PROPOSE.value).order_by("id").last()
    outcome = proposal.facts.get("outcome", "") if proposal else ""
    return {
        "case": found,
        "kind": KINDS[found.kind],
        "state_word": STATES[found.state],
        "turn": TURNS[found.turn],
        "left": left(found.due_on, today(), request.book) if found.open else None,
        "record": state,
        "fact": shown,
        "stands": stands(found, state, request.book),
        "subject": by_id(found.subject_id),
        "events": [(one, MOVES[one.move], STATES[one.state]) for one in events],
        "proposal": proposal if found.state == "proposed" else None,
        "proposed": STATES[outcome] if outcome else None,
        "said": services.read_said(number=found.number, by=request.actor) if reads else [],
        "papers": names_of(found) if reads else [],
    }
