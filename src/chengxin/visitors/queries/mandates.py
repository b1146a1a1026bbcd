"""Whom a visitor may act for, and with which powers."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from chengxin.access.queries import clerk_is_active
from chengxin.access.rules import powers_of
from chengxin.access.values import RolePowers
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import SHANGHAI
from chengxin.kernel.text import mask_id
from chengxin.subjects.queries import called, family, mains
from chengxin.visitors.errors import NoMandate
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.queries.visitors import opened_identity
from chengxin.visitors.values import Capacity, Holding, MandateView, Option


def standing_rows(number_lookup: str, *, on: date) -> QuerySet[Mandate]:
    """Mandates of one person that hold on a day."""
    held = Mandate.objects.filter(number_lookup=number_lookup, ended_at=None)
    return held.filter(since__lte=on, until__gte=on)


def options(visitor_id: UUID, *, on: date) -> list[Option]:
    """The mandates a visitor may step into today, its own first; never a counter's."""
    visitor = Visitor.objects.filter(id=visitor_id, is_active=True).first()
    if visitor is None:
        return []
    rows = standing_rows(visitor.number_lookup, on=on).filter(clerk="").order_by("-granted_at")
    names = called(row.subject_id for row in rows)
    main = mains(row.subject_id for row in rows)
    found: dict[tuple[str, UUID], Option] = {}
    for row in rows:
        at = main[row.subject_id]
        name = names[row.subject_id][1] if row.subject_id in names else ""
        option = Option(row.id, Capacity(row.capacity), at, name, row.until)
        found.setdefault((row.capacity, at), option)
    return sorted(found.values(), key=lambda one: (one.capacity != Capacity.PERSON, one.called))


def standing(
    visitor_id: UUID, mandate_id: UUID, *, on: date, roles: Mapping[str, RolePowers]
) -> tuple[Actor, Holding]:
    """The actor a visitor is under a mandate, as both stand this very moment.

    The actor speaks for the body its subject shows under now: a merge moves it along.
    At a counter the clerk acts with it: her account must stand too, and the log names both.
    Raises: `NoMandate`.
    """
    visitor = Visitor.objects.filter(id=visitor_id, is_active=True).first()
    if visitor is None:
        raise NoMandate
    row = standing_rows(visitor.number_lookup, on=on).filter(id=mandate_id).first()
    if row is None or (row.clerk and not clerk_is_active(row.clerk)):
        raise NoMandate
    name, _ = opened_identity(visitor)
    powers = {
        verb: scope
        for verb, scope in powers_of([row.role], roles).items()
        if scope is Scope.OWN_SUBJECT or verb == "rulebook.read"
    }
    held = Holding(row.id, Capacity(row.capacity), row.until, row.clerk)
    login = f"{visitor.code}@{row.clerk}" if row.clerk else visitor.code
    subject = mains([row.subject_id])[row.subject_id]
    return Actor(login=login[:64], name=name, unit="", powers=powers, subject=subject), held


def mandates_of(subject: UUID, *, by: Actor, on: date) -> list[MandateView]:
    """Every mandate given to act for a subject, newest first; for itself to see.

    Raises: `NotPermitted`.
    """
    by.require_for("visitors.see_mandates", subject)
    rows = Mandate.objects.filter(subject__in=family(subject)).order_by("-granted_at")
    return [_view(row, on) for row in rows.exclude(Q(capacity=Capacity.PERSON))]


def _view(row: Mandate, on: date) -> MandateView:
    name, number = opened_identity(row)
    return MandateView(
        id=row.id,
        holder=name,
        number_masked=mask_id(number),
        capacity=Capacity(row.capacity),
        role=row.role,
        since=row.since,
        until=row.until,
        document=row.document,
        ended_on=row.ended_at.astimezone(SHANGHAI).date() if row.ended_at else None,
        reason=row.end_reason,
        live=row.ended_at is None and row.since <= on <= row.until,
    )
