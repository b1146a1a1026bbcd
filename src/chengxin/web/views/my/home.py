"""我的信用空间: the first page, the records, one record, the uses."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import today
from chengxin.rights import queries as rights
from chengxin.web.views.my.acting import SpeakingRequest, my_page, speaking

LATEST, MOST = 5, 100


@require_safe
@speaking
def home(request: SpeakingRequest) -> HttpResponse:
    """How much is held, who looked last, and what can be done."""
    on, subject = today(), request.subject
    if not request.actor.may_for("rights.read", subject):
        return my_page(request, "my/copy_only.html", here="my-home")
    facts = rights.own_facts(subject, by=request.actor, on=on, book=request.book)
    asked = rights.questions_of(subject, by=request.actor, on=on)
    counts = rights.statistics(subject, on=on)
    context = {
        "facts": facts,
        "adverse": sum(one.adverse for one in facts),
        "latest": rights.looks(subject, limit=LATEST),
        "look_count": rights.look_count(subject),
        "by_unit": counts["unit"].most_common(),
        "by_purpose": counts["purpose"].most_common(),
        "most": max(counts["unit"].values(), default=1),
        "open_questions": sum(one.answered_at is None for one in asked),
    }
    return my_page(request, "my/home.html", context, here="my-home")


@require_safe
@speaking
def records(request: SpeakingRequest) -> HttpResponse:
    """Every record held, shown to others or not."""
    facts = rights.own_facts(request.subject, by=request.actor, on=today(), book=request.book)
    return my_page(request, "my/records.html", {"facts": facts}, here="my-records")


@require_safe
@speaking
def record(request: SpeakingRequest, record_id: UUID) -> HttpResponse:
    """One record: its passport, its uses, and who looked at it."""
    on = today()
    found = rights.own_fact(record_id, request.subject, by=request.actor, on=on, book=request.book)
    used = rights.uses(request.subject, by=request.actor, on=on, book=request.book)
    looked = rights.looks(request.subject, limit=MOST)
    context = {
        "own": found,
        "fact": found.fact,
        "uses": [one for one in used if record_id in one.records],
        "looks": [one for one in looked if one.record == record_id],
    }
    return my_page(request, "my/record.html", context, here="my-records")


@require_safe
@speaking
def uses(request: SpeakingRequest) -> HttpResponse:
    """Every use made of the records: evaluations, measures, reports."""
    found = rights.uses(request.subject, by=request.actor, on=today(), book=request.book)
    return my_page(request, "my/uses.html", {"uses": found}, here="my-uses")
