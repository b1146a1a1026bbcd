"""数据质量: how all units stand, one unit, and the rows behind a figure."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengxin.desk.count_forms import FindForm
from chengxin.desk.views.acting import ActingRequest, acting, page
from chengxin.intake.services import statements
from chengxin.intake.services.counting import note_found
from chengxin.kernel.clock import today
from chengxin.kernel.errors import CreditError
from chengxin.oversight import queries
from chengxin.oversight.rules.charting import chart
from chengxin.oversight.rules.telling import table
from chengxin.oversight.values import Measure, Month

HERE = "desk-quality"
COURSE, DUES, ROWS_PER_PAGE = 12, 12, 100
TILES = ("timeliness", "validity", "completeness", "valid_entry", "unreported", "accuracy")


def asked_month(request: ActingRequest) -> Month:
    """The month of the address; without one, the last that is over. Raises: `BadMonth`."""
    text = request.GET.get("month", "")
    return Month.parse(text, by=today()) if text else Month.of(today()).back(1)


def months_shown(chosen: Month) -> list[str]:
    """The months one can choose from, the newest first."""
    newest = max(Month.of(today()), chosen)
    listed = [str(newest.back(back)) for back in range(COURSE * 2)]
    return listed if str(chosen) in listed else [*listed, str(chosen)]


@require_safe
@acting
def overview(request: ActingRequest) -> HttpResponse:
    """How all units stand in a month; an officer of one unit goes straight to her own."""
    actor, month = request.actor, asked_month(request)
    actor.require("oversight.read", unit=actor.unit)
    if not actor.may("oversight.read", unit=""):
        answer = redirect("desk-quality-unit", actor.unit)
        answer["Location"] += f"?month={month}"
        return answer
    found = queries.report(month=month, by=actor, on=today(), book=request.book)
    course = queries.trend(last=month, months=COURSE, by=actor, book=request.book)
    dues = queries.reminders(by=actor, on=today(), book=request.book)
    context = {
        **_shared(month, found.measures, found.city, course),
        "report": found,
        "placed": [one for one in found.standings if one.place],
        "apart": [one for one in found.standings if not one.place],
        "dues": _first_of_each(dues),
        "due_count": len(dues),
    }
    return page(request, "desk/quality.html", context, here=HERE)


def _first_of_each(dues: Sequence[Any]) -> list[Any]:
    """The most pressing reminder of each unit: the order of risk."""
    seen: dict[str, Any] = {}
    for one in dues:
        seen.setdefault(one.unit, one)
    return list(seen.values())[:DUES]


def _shared(
    month: Month, measures: Sequence[Measure], figures: Any, course: Sequence[Any]
) -> dict[str, Any]:
    tiles = [
        {
            "figure": figures[name],
            "chart": chart([of_month[name].percent for _month, of_month in course]),
        }
        for name in TILES
        if name in figures
    ]
    return {
        "month": str(month),
        "months": months_shown(month),
        "measures": measures,
        "tiles": tiles,
        "course": course,
        "course_since": str(course[0][0]),
        "course_measures": [one for one in measures if one.name in TILES],
        "tab": "quality",
    }


@require_http_methods(["GET", "POST"])
@acting
def unit(request: ActingRequest, code: str) -> HttpResponse:
    """One unit: each item and figure with its rows, what falls due, the course of a year."""
    if request.method == "POST":
        return _noted(request, code)
    return _unit_page(request, code, None)


def _noted(request: ActingRequest, code: str) -> HttpResponse:
    form = FindForm(request.book, request.POST)
    if not form.is_valid():
        return _unit_page(request, code, form)
    try:
        found = note_found(find=form.find(code), by=request.actor, on=today(), book=request.book)
    except CreditError as error:
        return _unit_page(request, code, form, error)
    messages.success(request, _("已登记 %(number)s。") % {"number": found.document_number})
    answer = redirect("desk-quality-unit", code)
    answer["Location"] += f"?month={Month.of(found.decided_on)}"
    return answer


def _unit_page(
    request: ActingRequest, code: str, form: FindForm | None, error: CreditError | None = None
) -> HttpResponse:
    month, actor = asked_month(request), request.actor
    found = queries.report(month=month, by=actor, on=today(), book=request.book, unit=code)
    course = queries.trend(last=month, months=COURSE, by=actor, book=request.book, unit=code)
    finds = statements.finds(month.first, month.next_first, units=(code,))
    missing = {one.id for one in statements.still_missing(finds)}
    may_note = actor.may("intake.note_found", unit=code)
    context = {
        **_shared(month, found.measures, found.city, course),
        "report": found,
        "unit": code,
        "all_units": actor.may("oversight.read", unit=""),
        "dues": queries.reminders(by=actor, on=today(), book=request.book, unit=code)[:DUES],
        "finds": [(one, one.id in missing) for one in finds],
        "form": (form or FindForm(request.book)) if may_note else None,
        "form_open": form is not None,
        "error": error,
    }
    status = error.status if error else (400 if form else 200)
    return page(request, "desk/quality_unit.html", context, here=HERE, status=status)


@require_safe
@acting
def rows(request: ActingRequest, code: str, item: str, month: str, count: str) -> HttpResponse:
    """The rows behind a figure."""
    asked = Month.parse(month, by=today())
    found = queries.behind(
        unit=code, item=item, month=asked, count=count, by=request.actor, book=request.book
    )
    context = {
        "unit": code,
        "item": item,
        "month": str(asked),
        "count": count,
        "total": sum(one.rows for one in found),
        "shown": Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "query": "",
    }
    return page(request, "desk/quality_rows.html", context, here=HERE)


@require_safe
@acting
def spreadsheet(request: ActingRequest) -> HttpResponse:
    """The month's figures as a table to take away, those the officer may see."""
    month = asked_month(request)
    found = queries.report(month=month, by=request.actor, on=today(), book=request.book)
    text = io.StringIO()
    csv.writer(text).writerows(table(found, request.book))
    answer = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="quality-{month}.csv"'
    return answer
