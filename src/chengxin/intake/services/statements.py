"""What units stated, what was found elsewhere and by sample, and how batches came out.

Read by the verbs of this room and by those who watch over the data; writes nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from chengxin.intake.ledger.models import CountForm, CountReview, FoundDecision, Sample, SampledRow
from chengxin.intake.models import Row, RowState
from chengxin.kernel.dates import add_months
from chengxin.register.services import counting as register

WAITING = (RowState.AWAITING_MATCH, RowState.CLEAN)


@dataclass(frozen=True)
class Checked:
    """How a sample stands: rows drawn, looked at, and found right in every field."""

    sample: Sample
    rows: int
    checked: int
    right: int


def held_count(*, unit: str, item: str, month: date) -> int:
    """What the system has of a unit's decisions of a month: in the register, or waiting for it.

    Waiting are rows that passed their checks and wait for a reviewer or for a match; faulty rows
    have not been reported yet.
    """
    found = held_counts(month, units=(unit,), items=(item,))
    return found.get((unit, item), 0)


def held_counts(
    month: date, *, units: Collection[str], items: Collection[str]
) -> dict[tuple[str, str], int]:
    """As `held_count`, for many units and items: (unit, item) → how many; absent for none."""
    until = add_months(month, 1)
    found = register.decided_between(month, until, units=units, items=items)
    waiting = (
        Row.objects.filter(
            state__in=WAITING,
            batch__unit__in=list(units),
            batch__item__in=list(items),
            # ISO days are in order as texts.
            values__decided_on__gte=month.isoformat(),
            values__decided_on__lt=until.isoformat(),
        )
        .exclude(batch__state="returned")
        .values_list("batch__unit", "batch__item")
        .annotate(n=Count("id"))
        .order_by()
    )
    for unit, item, count in waiting:
        found[unit, item] = found.get((unit, item), 0) + count
    return found


def forms(
    since: date, until: date, *, units: Collection[str]
) -> dict[tuple[str, str, date], CountForm]:
    """The last version of each count of the months from `since` to before `until`.

    (unit, item, month) → form; its review is asked by `review_of`, without another query.
    """
    rows = CountForm.objects.filter(month__gte=since, month__lt=until, unit__in=list(units))
    rows = rows.select_related("review").order_by("version")
    return {(form.unit, form.item, form.month): form for form in rows}


def versions(*, unit: str, item: str, month: date) -> list[CountForm]:
    """All versions of one count, the newest first."""
    rows = CountForm.objects.filter(unit=unit, item=item, month=month).select_related("review")
    return list(rows.order_by("-version"))


def review_of(form: CountForm) -> CountReview | None:
    """What a reviewer made of the version; None while nobody has."""
    return getattr(form, "review", None)


def finds(since: date, until: date, *, units: Collection[str]) -> list[FoundDecision]:
    """Decisions of that period found elsewhere, newest find first, reported since or not."""
    rows = FoundDecision.objects.filter(
        decided_on__gte=since, decided_on__lt=until, unit__in=list(units)
    )
    return list(rows.order_by("-noted_at", "document_number"))


def still_missing(found: Iterable[FoundDecision]) -> list[FoundDecision]:
    """Those finds whose decision the unit has still not reported."""
    kept = list(found)
    held = register.reported({one.document_number for one in kept})
    return [one for one in kept if (one.unit, one.item, one.document_number) not in held]


def samples(
    *, units: Collection[str] | None = None, since: date | None = None, until: date | None = None
) -> list[Checked]:
    """Samples of months from `since` to before `until`, newest first, with how they stand."""
    rows = Sample.objects.order_by("-month", "unit", "item")
    rows = rows if units is None else rows.filter(unit__in=list(units))
    rows = rows if since is None else rows.filter(month__gte=since)
    rows = rows if until is None else rows.filter(month__lt=until)
    kept = list(rows)
    judged = (
        SampledRow.objects.filter(sample__in=kept)
        .values("sample_id")
        .annotate(
            n=Count("id", distinct=True),
            looked=Count("id", filter=Q(verdicts__isnull=False), distinct=True),
        )
    )
    drawn = {row["sample_id"]: (row["n"], row["looked"]) for row in judged}
    wrong = _wrong(kept)
    none = (0, 0)
    return [
        Checked(
            one,
            drawn.get(one.id, none)[0],
            looked := drawn.get(one.id, none)[1],
            looked - wrong.get(one.id, 0),
        )
        for one in kept
    ]


def _wrong(kept: list[Sample]) -> dict[object, int]:
    """Rows per sample whose last verdict names a wrong field."""
    rows = SampledRow.objects.filter(sample__in=kept, verdicts__isnull=False)
    found: dict[object, int] = {}
    for row in rows.distinct().prefetch_related("verdicts"):
        last = max(row.verdicts.all(), key=lambda one: one.id)
        if last.wrong:
            found[row.sample_id] = found.get(row.sample_id, 0) + 1
    return found
