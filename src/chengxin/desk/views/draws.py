"""双随机抽查: committed to by one officer, carried out by another, proven to everybody."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chengxin.catalogue import queries as catalogue
from chengxin.desk.draw_forms import AbandonForm, ChanceForm, CommitForm
from chengxin.desk.queries.draws import draws_of, named_visits, wanted_from
from chengxin.desk.queries.plans import begun_from, plans_to_draw
from chengxin.desk.templatetags.desk import item_name
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.supervision import queries
from chengxin.supervision.errors import NotYetDrawn
from chengxin.supervision.services import abandon_draw, carry_out_draw, commit_draw
from chengxin.supervision.values import Chance

HERE = "desk-draws"
COMMIT, DRAW = "supervision.commit", "supervision.draw"


@require_safe
@acting
def draws(request: ActingRequest) -> HttpResponse:
    """The draws of the officer's unit, the latest first."""
    context = {
        "draws": draws_of(request.actor),
        "may_commit": request.actor.may(COMMIT, request.actor.unit),
    }
    return page(request, "desk/draws.html", context, here=HERE)


@require_http_methods(["GET", "POST"])
@acting
def commit(request: ActingRequest) -> HttpResponse:
    """公开承诺: list, inspectors and secret are fixed, and the digest is public."""
    by, book, on = request.actor, request.book, today()
    by.require(COMMIT, unit=by.unit)
    open_items = [one for one in catalogue.items(book).values() if queries.may_draw_from(one)]
    choices = sorted((one.code, item_name(one.code)) for one in open_items)
    offered = plans_to_draw(by, on)
    chosen = request.GET.get("plan", "")
    form = CommitForm(choices, offered, request.POST or None, initial=begun_from(chosen, offered))
    error = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = commit_draw(
                wanted=wanted_from(given, by.unit, on, book),
                chance=Chance(given["source"], given["source_on"], given["public_from"]),
                by=by,
                on=on,
                book=book,
                plan_number=given["plan"],
            )
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已公开承诺。到期由另一位办理人录入公布的数字。"))
            return redirect("desk-draw", made.number)
    status = error.status if error else 200
    context = {"form": form, "error": error, "rates": queries.rates(book, on)}
    return page(request, "desk/draw_new.html", context, here=HERE, status=status)


@require_http_methods(["GET", "POST"])
@acting
def draw(request: ActingRequest, number: str) -> HttpResponse:
    """One draw, and the form for what the public source said."""
    form, error = ChanceForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            chance = form.cleaned_data["chance"]
            carry_out_draw(number=number, chance=chance, by=request.actor, on=today())
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已抽取。证明文件自名单公开之日起可供公众下载。"))
            return redirect("desk-draw", number)
    return _draw_page(request, number, form=form, error=error)


@require_POST
@acting
def abandon(request: ActingRequest, number: str) -> HttpResponse:
    """放弃: with a reason the public reads."""
    form, error = AbandonForm(request.POST), None
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            abandon_draw(number=number, reason=reason, by=request.actor, on=today())
        except CreditError as refusal:
            error = refusal
        else:
            messages.success(request, _("已放弃，理由已公开。"))
            return redirect("desk-draw", number)
    return _draw_page(request, number, abandoning=form, error=error)


@require_safe
@acting
def proof(request: ActingRequest, number: str) -> HttpResponse:
    """The proof file, for the officers of the unit as soon as it is drawn."""
    found = queries.draw(number)
    request.actor.require(DRAW, unit=found.unit)
    if queries.outcome(found) != "drawn":
        raise NotYetDrawn(source=found.source, source_on=found.source_on)
    answer = JsonResponse(
        queries.proof_of(found), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="draw-{number}.json"'
    return answer


def _draw_page(
    request: ActingRequest,
    number: str,
    *,
    form: ChanceForm | None = None,
    abandoning: AbandonForm | None = None,
    error: CreditError | None = None,
) -> HttpResponse:
    found, by = queries.draw(number), request.actor
    if not by.may(COMMIT, found.unit):
        by.require(DRAW, unit=found.unit)
    state = queries.outcome(found)
    context = {
        "draw": found,
        "plan": queries.plan_of(found),
        "state": state,
        "visits": named_visits(found) if state == "drawn" else [],
        "own": found.committed_by == by.login,
        "may_draw": by.may(DRAW, found.unit),
        "speaks": today() >= found.source_on,
        "form": form or ChanceForm(),
        "abandoning": abandoning or AbandonForm(),
        "error": error,
    }
    faulty = (form is not None and form.is_bound) or (abandoning is not None)
    status = error.status if error else 400 if faulty else 200
    return page(request, "desk/draw.html", context, here=HERE, status=status)
