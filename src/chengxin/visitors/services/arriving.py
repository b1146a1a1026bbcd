"""A verified identity comes in 登录: the visitor is kept, and what the provider vouches for."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.subjects.queries import by_code, person_with
from chengxin.subjects.services import register_from_rows
from chengxin.subjects.values import Party
from chengxin.visitors.errors import OrganisationUnknown, ProviderRefused
from chengxin.visitors.models import Mandate, Visitor
from chengxin.visitors.queries.mandates import standing_rows
from chengxin.visitors.queries.visitors import number_lookup, sealed_identity, sub_lookup
from chengxin.visitors.values import Capacity, Identity

DEMONSTRATION = "demonstration"


@transaction.atomic
def arrive(*, identity: Identity, provider: str, on: date) -> UUID:
    """Take in a person a provider vouches for; returns the visitor's id.

    What the provider vouches for lasts a day: the person's own mandate, and that of a legal
    representative for its organisation. An agent needs the organisation's own authorisation.
    Raises: `OrganisationUnknown`.
    """
    by = Actor.system("visitors.arrive")
    visitor = kept_visitor(identity)
    own = grant(
        subject=own_subject(identity),
        identity=identity,
        capacity=Capacity.PERSON,
        role="person",
        days=(on, on),
        by=by.login,
    )
    facts: dict[str, Any] = {
        "visitor": visitor.code,
        "provider": provider,
        "person": str(own.subject_id),
    }
    if identity.uscc:
        view = by_code(identity.uscc)
        if view is None:
            raise OrganisationUnknown(uscc=identity.uscc)
        facts |= {"organisation": view.public_id, "represents": identity.represents}
        if identity.represents:
            grant(
                subject=view.id,
                identity=identity,
                capacity=Capacity.REPRESENTATIVE,
                role="representative",
                days=(on, on),
                by=by.login,
            )
    audit.note(by=by, verb="visitors.arrive", target=f"visitor:{visitor.code}", facts=facts)
    return visitor.id


def kept_visitor(identity: Identity) -> Visitor:
    """The visitor of a provider's account, made when it first comes in.

    An account that changed its holder at the provider is another visitor: the old one ends.
    """
    lookup, number = sub_lookup(identity), number_lookup(identity)
    found = (
        Visitor.objects.select_for_update()
        .filter(issuer=identity.issuer, sub_lookup=lookup)
        .first()
    )
    if found is None:
        found = Visitor(
            issuer=identity.issuer,
            sub_lookup=lookup,
            number_lookup=number,
            sealed=b"",
            registered_at=now(),
        )
        found.sealed = sealed_identity(identity, owner=str(found.id))
        found.save(force_insert=True)
    elif found.number_lookup == number:
        found.sealed = sealed_identity(identity, owner=str(found.id))
        found.save(update_fields=["sealed"])
    else:
        raise ProviderRefused(provider=identity.issuer)
    return found


def own_subject(identity: Identity) -> UUID:
    """The person's own subject, opened when it comes in before any record of it did.

    So that it can be told, consent and be answered; nothing but sealed name and number is kept.
    """
    found = person_with(identity.number.text)
    if found is not None:
        return found
    party = Party(identity.name, {"id_number": identity.number.text}, personal=True)
    return register_from_rows(parties=[party])[0]


def grant(
    *,
    subject: UUID,
    identity: Identity,
    capacity: Capacity,
    role: str,
    days: tuple[date, date],
    by: str,
    document: str = "",
    clerk: str = "",
) -> Mandate:
    """Write a mandate, or give the one just like it that stands; the act notes itself."""
    number = number_lookup(identity)
    same = standing_rows(number, on=days[0]).filter(
        subject_id=subject, capacity=capacity, role=role, until=days[1], clerk=clerk
    )
    if not clerk and (found := same.first()):
        return found
    row = Mandate(
        subject_id=subject,
        capacity=capacity,
        role=role,
        number_lookup=number,
        sealed=b"",
        since=days[0],
        until=days[1],
        document=document,
        clerk=clerk,
        granted_by=by,
        granted_at=now(),
    )
    row.sealed = sealed_identity(identity, owner=str(row.id))
    row.save(force_insert=True)
    return row


@transaction.atomic
def register_demonstration(*, identity: Identity, login: str, password: str, by: Actor) -> Visitor:
    """Open a sign-in everybody knows, for a demonstration; production refuses to start with one.

    Raises: `NotPermitted`.
    """
    by.require("access.manage")
    found = Visitor.objects.filter(login=login).first()
    if found is not None:
        return found
    visitor = kept_visitor(identity)
    visitor.login, visitor.password = login, make_password(password)
    visitor.is_demonstration = True
    visitor.save(update_fields=["login", "password", "is_demonstration"])
    audit.note(by=by, verb="visitors.register_demonstration", target=f"visitor:{visitor.code}")
    return visitor


def sign_in_demonstration(*, login: str, password: str) -> Visitor | None:
    """The demonstration's visitor with that password; None if either is wrong."""
    found = Visitor.objects.filter(login=login, is_demonstration=True, is_active=True).first()
    if found is None or not check_password(password, found.password):
        return None
    return found
