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
from chengxin.register.errors import AlreadyLinked, CaseOpen, NotLinked, OwnLink, UnknownRecord
from chengxin.register.models import CaseState, LinkCase, Record, RecordLink
from chengxin.register.queries import state
from chengxin.register.services.writing import standing_for
from chengxin.register.values import RecordState


@dataclass(frozen=True)
class Grounds:
    """Why a link changes, on which basis, under which edition of the rulebook."""

    reason: str
    basis: str
    edition: str


@transaction.atomic
def unlink(
    *, record_id: UUID, reason: str, basis: Basis, by: Actor, on: date, edition: str
) -> tuple[RecordState, UUID]:
    """Undo the link of a record to its subject 撤销关联; at once it is in nobody's file.

    Not by the officer who made the link or released it. What was shown stays readable as known
    then. While a case about the link is open, the case decides.
    Returns: the record as it stood before, and the id of the entry that undid its link.
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
    undone = write_link(before, None, "", {}, Grounds(reason, str(basis), edition), by)
    return before, undone.id


def link_again(
    *,
    record_id: UUID,
    subject: UUID,
    kind: str,
    evidence: Mapping[str, Any],
    by: Actor,
    basis: str,
    edition: str,
) -> RecordLink:
    """Link a record that is nobody's to a subject, as a person has settled it; no new record.

    Called by the verb of intake that settles whose the line is, inside its transaction; `kind`
    is the subject's. Raises: `UnknownRecord`, `AlreadyLinked`.
    """
    row = Record.objects.select_for_update().filter(id=record_id).first()
    before = state(record_id, on=row.decided_on, known=now()) if row else None
    if before is None:
        raise UnknownRecord(asked=str(record_id))
    if before.subject is not None:
        raise AlreadyLinked
    grounds = Grounds(str(evidence.get("reason", "")), basis, edition)
    return write_link(before, subject, kind, evidence, grounds, by)


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
        basis=grounds.basis,
        login=by.login,
        unit=by.unit,
        edition=grounds.edition,
    )
    audit.note(
        by=by,
        verb="register.unlink" if subject is None else "register.link",
        target=f"record:{before.id}",
        unit=before.unit,
        basis=grounds.basis,
        facts={
            "from": str(before.subject) if before.subject else "",
            "to": str(subject) if subject else "",
            "edition": grounds.edition,
        },
    )
    return link
