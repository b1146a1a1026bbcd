"""The monthly count 月度产生数报表: filed by the unit, confirmed by a second officer."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from chengxin.audit import services as audit
from chengxin.intake.ledger.models import CountForm, CountReview, FoundDecision
from chengxin.intake.refusals import ReasonMissing, UnknownUnit
from chengxin.intake.rules.counting import REASONS, Count, Find, due_on, items_of, problems
from chengxin.intake.services.statements import held_count
from chengxin.intake.slips import (
    AlreadyReported,
    CountChanged,
    CountDecided,
    CountFaulty,
    CountNotAsked,
    FindFaulty,
    OwnCount,
    UnknownCount,
)
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.dates import add_months
from chengxin.policy.values import Rulebook
from chengxin.register.services import counting as register

__all__ = [
    "CountFaulty",
    "CountForm",
    "UnknownCount",
    "confirm_count",
    "file_count",
    "note_found",
    "send_back_count",
]


def file_count(*, count: Count, after: int, by: Actor, on: date, book: Rulebook) -> CountForm:
    """File a monthly count, or correct one by a new version; `after` is the version seen, or 0.

    What the system holds of the month is counted now and kept beside what the unit states.
    Raises: `NotPermitted`, `UnknownUnit`, `CountNotAsked`, `CountChanged`, `CountFaulty`.
    """
    by.require("intake.count", unit=count.unit)
    if count.unit not in book.units:
        raise UnknownUnit(unit=count.unit)
    month = f"{count.month:%Y-%m}"
    if count.item not in items_of(count.month, book) or add_months(count.month, 1) > on:
        raise CountNotAsked(item=count.item, month=month)
    held = held_count(unit=count.unit, item=count.item, month=count.month)
    reasons = book.codelist(REASONS)
    if wrong := list(problems(count, held=held, version=after + 1, reasons=reasons)):
        raise CountFaulty(wrong, unit=book.units[count.unit].name, month=month)
    try:
        return _file(count, after, held, by=by, on=on, book=book)
    except IntegrityError:
        raise CountChanged(version=after + 1) from None


@transaction.atomic
def _file(count: Count, after: int, held: int, *, by: Actor, on: date, book: Rulebook) -> CountForm:
    last = CountForm.objects.filter(unit=count.unit, item=count.item, month=count.month)
    newest = last.order_by("-version").first()
    if (newest.version if newest else 0) != after:
        raise CountChanged(version=newest.version if newest else 0)
    form = CountForm(
        unit=count.unit,
        item=count.item,
        month=count.month,
        version=after + 1,
        produced=count.produced,
        published=count.published,
        published_url=count.published_url,
        reported=count.reported,
        held=held,
        unreported={code: number for code, number in count.unreported.items() if number},
        explanation=count.explanation.strip(),
        correction=count.correction.strip(),
        due_on=due_on(count.month, book),
        filed_on=on,
        filed_at=now(),
        filed_by=by.login,
        edition=book.edition,
    )
    form.save(force_insert=True)
    _note(form, "intake.file_count", by, book)
    return form


def _note(form: CountForm, verb: str, by: Actor, book: Rulebook) -> None:
    audit.note(
        by=by,
        verb=verb,
        target=f"count:{form.id}",
        unit=form.unit,
        basis=str(book.on(form.month, "quality.count_form_due").basis),
        facts={
            "item": form.item,
            "month": f"{form.month:%Y-%m}",
            "version": form.version,
            "produced": form.produced,
            "reported": form.reported,
            "held": form.held,
            "unexplained": form.unexplained,
        },
    )


def confirm_count(*, form_id: UUID, by: Actor, on: date, book: Rulebook) -> CountForm:
    """A second officer of the unit confirms the newest version.

    Raises: `UnknownCount`, `NotPermitted`, `OwnCount`, `CountDecided`.
    """
    return _review(form_id, "intake.confirm_count", "", by=by, on=on, book=book)


def send_back_count(
    *, form_id: UUID, reason: str, by: Actor, on: date, book: Rulebook
) -> CountForm:
    """A second officer of the unit sends the newest version back, with the reason.

    Raises: as `confirm_count`, and `ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    return _review(form_id, "intake.send_back_count", reason.strip(), by=by, on=on, book=book)


@transaction.atomic
def _review(
    form_id: UUID, verb: str, reason: str, *, by: Actor, on: date, book: Rulebook
) -> CountForm:
    form = CountForm.objects.select_for_update().filter(id=form_id).first()
    if form is None:
        raise UnknownCount
    by.require("intake.confirm_count", unit=form.unit)
    if form.filed_by == by.login:
        raise OwnCount
    same = CountForm.objects.filter(unit=form.unit, item=form.item, month=form.month)
    newer = same.filter(version__gt=form.version).exists()
    if newer or CountReview.objects.filter(form=form).exists():
        raise CountDecided
    CountReview(
        form=form,
        confirmed=not reason,
        reason=reason,
        decided_by=by.login,
        decided_on=on,
        decided_at=now(),
    ).save(force_insert=True)
    _note(form, verb, by, book)
    return form


def note_found(*, find: Find, by: Actor, on: date, book: Rulebook) -> FoundDecision:
    """The centre notes a decision it found elsewhere and that the unit has not reported.

    Only number, day and place; never whose it is. It counts as unreported until the unit reports
    a decision under that number. Raises: `NotPermitted`, `UnknownUnit`, `FindFaulty`,
    `AlreadyReported`.
    """
    by.require("intake.note_found", unit=find.unit)
    if find.unit not in book.units:
        raise UnknownUnit(unit=find.unit)
    number = find.document_number.strip()
    places = book.codelist("found_where").by_code
    known = find.found_where in places and find.item in book.raw_items
    if not number or find.decided_on > on or not known:
        raise FindFaulty
    if (find.unit, find.item, number) in register.reported([number]):
        raise AlreadyReported(document_number=number)
    try:
        return _note_found(replace(find, document_number=number), by, on)
    except IntegrityError:
        raise FindFaulty from None


@transaction.atomic
def _note_found(find: Find, by: Actor, on: date) -> FoundDecision:
    found = FoundDecision(
        unit=find.unit,
        item=find.item,
        document_number=find.document_number,
        decided_on=find.decided_on,
        found_where=find.found_where,
        address=find.address.strip(),
        found_on=on,
        noted_by=by.login,
        noted_at=now(),
    )
    found.save(force_insert=True)
    audit.note(
        by=by,
        verb="intake.note_found",
        target=f"found:{found.id}",
        unit=find.unit,
        facts={
            "item": find.item,
            "document_number": find.document_number,
            "found_where": find.found_where,
        },
    )
    return found
