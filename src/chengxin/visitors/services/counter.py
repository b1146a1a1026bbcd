"""The counter 窗口: for those who have no way to sign in by themselves."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.subjects.queries import by_code, represented_by
from chengxin.visitors.errors import CheckNotNoted, NoMandate, NotAMinor, OrganisationUnknown
from chengxin.visitors.models import Mandate
from chengxin.visitors.queries.mandates import standing_rows
from chengxin.visitors.queries.visitors import number_lookup
from chengxin.visitors.rules import identity_at_hand, is_minor
from chengxin.visitors.services.arriving import grant, kept_visitor, own_subject
from chengxin.visitors.values import Capacity, Identity

ISSUER = "counter"


@transaction.atomic
def open_at_counter(
    *,
    person: Identity,
    check: str,
    for_uscc: str = "",
    ward: Identity | None = None,
    by: Actor,
    on: date,
) -> tuple[UUID, UUID]:
    """A clerk opens a session for somebody present whose document she checked 窗口代办.

    For the person itself; for an organisation whose agent it is, or which is registered with
    its name as legal representative; or, given `ward`, for a minor whose guardian it is.
    `check` says which document she saw. Returns: visitor and mandate, which holds today, at
    this clerk's desk only.
    Raises: `NotPermitted`, `CheckNotNoted`, `OrganisationUnknown`, `NoMandate`, `NotAMinor`.
    """
    by.require("visitors.open_at_counter")
    if not check.strip():
        raise CheckNotNoted
    capacity, role, subject = Capacity.PERSON, "person", None
    if ward is not None:
        if not is_minor(ward.number.born_on, on):
            raise NotAMinor
        capacity, role, subject = Capacity.GUARDIAN, "guardian", own_subject(ward)
    elif for_uscc:
        view = by_code(for_uscc)
        if view is None:
            raise OrganisationUnknown(uscc=for_uscc)
        given = standing_rows(number_lookup(person), on=on).filter(subject=view.id, clerk="")
        held = given.exclude(capacity=Capacity.PERSON).first()
        if held is not None:
            capacity, role = Capacity(held.capacity), held.role
        elif represented_by(view.id, person.name):
            capacity, role = Capacity.REPRESENTATIVE, "representative"
        else:
            raise NoMandate
        subject = view.id
    visitor = kept_visitor(person)
    row: Mandate = grant(
        subject=subject or own_subject(person),
        identity=person,
        capacity=capacity,
        role=role,
        days=(on, on),
        by=by.login,
        document=check.strip()[:200],
        clerk=by.login,
    )
    audit.note(
        by=by,
        verb="visitors.open_at_counter",
        target=f"subject:{row.subject_id}",
        facts={"visitor": visitor.code, "capacity": capacity, "mandate": str(row.id)},
    )
    return visitor.id, row.id


def present(name: str, number: str) -> Identity:
    """The identity a clerk reads off a document. Raises: `IdentityNotUsable`."""
    return identity_at_hand(ISSUER, name, number)
