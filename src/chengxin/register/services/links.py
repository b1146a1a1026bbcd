"""Whose a record is, after the first link 关联: undone, and settled again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.law.values import Basis
from chengxin.register.errors import CaseOpen, NotLinked, OwnLink
from chengxin.register.models import CaseState, LinkCase, RecordLink
from chengxin.register.services.writing import standing_for
from chengxin.register.values import RecordState


@dataclass(frozen=True)
class Grounds:
    """Why a link changes, on which basis, under which edition of the rulebook."""

    reason: str
    basis: Basis
    edition: str


@transaction.atomic
def unlink(
    *, record_id: UUID, reason: str, basis: Basis, by: Actor, on: date, edition: str
) -> RecordState:
    """Undo the link of a record to its subject 撤销关联; at once it is in nobody's file.

    Not by the officer who made the link or released it. What was shown stays readable as known
    then. While a case about the link is open, the case decides.
    Returns: the record as it stood before.
    Raises: `UnknownRecord`, `NotPermitted`, `ReasonNeeded`, `AlreadyRevoked`, `NotLinked`,
    `OwnLink`, `CaseOpen`.
    """
    before = standing_for(record_id, by, "register.unlink", reason, basis, on)
    if before.subject is None:
        raise NotLinked
    if before.linked_by == by.login:
        raise OwnLink
    case = LinkCase.objects.filter(record=record_id, state=CaseState.OPEN).first()
    if case is not None:
        raise CaseOpen(number=case.number)
    write_link(before, None, "", {}, Grounds(reason, basis, edition), by)
    return before


def write_link(
    before: RecordState,
    subject: UUID | None,
    kind: str,
    evidence: Mapping[str, Any],
    grounds: Grounds,
    by: Actor,
) -> RecordLink:
    """Append a link and note it; the verb that calls has required the power and locked the record.

    `subject` None leaves the record with nobody. `kind` is the subject's kind.
    """
    moment = now()
    link = RecordLink.objects.create(
        id=time_ordered(moment),
        record_id=before.id,
        subject_id=subject,
        subject_kind=kind,
        known_at=moment,
        evidence=dict(evidence),
        reason=grounds.reason.strip(),
        basis=str(grounds.basis),
        login=by.login,
        unit=by.unit,
        edition=grounds.edition,
    )
    audit.note(
        by=by,
        verb="register.unlink" if subject is None else "register.link",
        target=f"record:{before.id}",
        unit=before.unit,
        basis=str(grounds.basis),
        facts={
            "from": str(before.subject) if before.subject else "",
            "to": str(subject) if subject else "",
            "edition": grounds.edition,
        },
    )
    return link
