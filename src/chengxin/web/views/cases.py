"""修复指引 of a public fact, and the proof that a repair ended one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import now, today
from chengxin.policy.queries import current_rulebook
from chengxin.publication.queries import public_fact
from chengxin.register import queries as register
from chengxin.subjects.queries import by_id
from chengxin.web.case_queries import own, plan, repair_proof


@require_safe
def way_out(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """怎样走出来: the way out of a public adverse fact, for anyone who reads it."""
    on, book = today(), current_rulebook()
    fact = public_fact(record_id, on=on, book=book)
    state = register.state(record_id, on=on, known=now()) if fact else None
    subject = by_id(state.subject) if state and state.subject else None
    if state is None or subject is None or not state.adverse:
        raise Http404
    record = own(state, book)
    context = {"record": record, "subject": subject, "way": plan(record, on=on, book=book)}
    return render(request, "web/way_out.html", context)


@require_safe
def repaired(request: HttpRequest, number: str) -> HttpResponse:
    """修复证明: what ended and when, with its place in the log; it names nobody."""
    found = repair_proof(number, book=current_rulebook())
    if found is None:
        raise Http404
    return render(request, "web/repaired.html", {"proof": found})
