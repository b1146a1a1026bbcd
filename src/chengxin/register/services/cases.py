"""“不是我”: a subject says a record is not about it. Hidden at once, then decided by a person."""

import json
import secrets
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.looks.services import touched
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.register.errors import (
    CaseDecided,
    CaseOpen,
    NothingSaid,
    NotLinked,
    OwnLink,
    ReasonNeeded,
    UnknownCase,
    UnknownRecord,
)
from chengxin.register.models import CaseState, EventKind, LinkCase, Record, RecordEvent
from chengxin.register.queries import state
from chengxin.register.rules import check_deadline
from chengxin.register.values import RecordState

OPEN_CASE, DECIDE_CASE = "register.open_case", "register.decide_case"
SENTENCES = 2000  # as much as a subject's statement is kept of


@transaction.atomic
def open_case(
    *, record_id: UUID, on_behalf_of: str, statement: str, by: Actor, on: date, book: Rulebook
) -> LinkCase:
    """Take in that a subject says a record is not about it “不是我”.

    In the same transaction the record is hidden everywhere, marked as under check, and a case is
    opened with the day it is due. A second claim about a link that was checked and found right
    opens a case too but hides nothing: else a fact could be hidden for ever by repeating it.
    `on_behalf_of` and `statement` are personal and sealed; only who decides reads them.

    Law: PIPL 第四十六条 and the parameter `objection.link_check_deadline`.
    Raises: `UnknownRecord`, `NotPermitted`, `NothingSaid`, `NotLinked`, `CaseOpen`.
    """
    row = Record.objects.select_for_update().filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    by.require(OPEN_CASE, unit=row.unit)
    if not on_behalf_of.strip() or not statement.strip():
        raise NothingSaid
    standing = state(record_id, on=max(on, row.decided_on), known=now())
    if standing is None or standing.subject is None:
        raise NotLinked
    earlier = LinkCase.objects.filter(record=row, subject=standing.subject)
    if waiting := earlier.filter(state=CaseState.OPEN).first():
        raise CaseOpen(number=waiting.number)
    due, rule = check_deadline(on, book)
    moment = now()
    said = {"on_behalf_of": on_behalf_of.strip(), "statement": statement.strip()[:SENTENCES]}
    case = LinkCase(
        id=time_ordered(moment),
        number=f"HC{on:%Y%m%d}-{secrets.token_hex(4)}",
        record=row,
        subject_id=standing.subject,
        unit=row.unit,
        state=CaseState.OPEN,
        suspends=not earlier.filter(state=CaseState.NOT_UPHELD).exists(),
        sealed=sealer().seal(canonical_json(said)),
        basis=str(rule.basis),
        edition=book.edition,
        opened_by=by.login,
        opened_at=moment,
        due_on=due,
    )
    case.save(force_insert=True)
    if case.suspends:
        _event(case, EventKind.CHECK_OPENED, "", by, on, book)
    _tell(case, "not_me_received", {"due_on": due.isoformat() if due else ""})
    _note(case, OPEN_CASE, by)
    return case


def close_case(
    *, number: str, upheld: bool, reason: str, by: Actor, on: date, book: Rulebook
) -> tuple[LinkCase, RecordState]:
    """Decide a case; called by `intake.services.decide_case`, inside its transaction.

    Not by who took it in, nor by who made or released the link it doubts. The reason is told to
    the subject. Returns: the case, and the record as it stands.
    Raises: `UnknownCase`, `NotPermitted`, `CaseDecided`, `OwnLink`, `ReasonNeeded`.
    """
    case = LinkCase.objects.select_for_update().filter(number=number).first()
    if case is None:
        raise UnknownCase(asked=number)
    by.require(DECIDE_CASE, unit=case.unit)
    if case.state != CaseState.OPEN:
        raise CaseDecided(number=number, state=case.get_state_display(), state_en=case.state)
    Record.objects.select_for_update().get(id=case.record_id)
    standing = state(case.record_id, on=max(on, case.record.decided_on), known=now())
    if standing is None:
        raise UnknownRecord(asked=str(case.record_id))
    if by.login in {case.opened_by, standing.linked_by}:
        raise OwnLink
    if not reason.strip():
        raise ReasonNeeded(basis=case.basis)
    case.state = CaseState.UPHELD if upheld else CaseState.NOT_UPHELD
    case.decided_by, case.decided_at, case.reason = by.login, now(), reason.strip()
    case.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    if case.suspends:
        _event(case, EventKind.CHECK_CLOSED, case.reason, by, on, book)
    _tell(case, f"not_me_{case.state}", {"reason": case.reason})
    _note(case, DECIDE_CASE, by)
    return case, standing


def read_case(*, number: str, by: Actor) -> dict[str, str]:
    """Who spoke for the subject and what they said, for who decides; noted in the log.

    Raises: `UnknownCase`, `NotPermitted`.
    """
    with transaction.atomic():
        case = LinkCase.objects.filter(number=number).first()
        if case is None:
            raise UnknownCase(asked=number)
        by.require(DECIDE_CASE, unit=case.unit)
        _note(case, "register.read_case", by)
        touched(case.subject_id, case.record_id, ("statement",))
        said: dict[str, str] = json.loads(sealer().unseal(bytes(case.sealed)))
        return said


def _event(
    case: LinkCase, kind: EventKind, reason: str, by: Actor, on: date, book: Rulebook
) -> None:
    RecordEvent.objects.create(
        record_id=case.record_id,
        kind=kind,
        effective_on=max(on, case.record.decided_on),
        known_at=now(),
        facts={},
        reason=reason,
        basis=case.basis,
        login=by.login,
        unit=by.unit,
        edition=book.edition,
    )


def _tell(case: LinkCase, template: str, facts: dict[str, str]) -> None:
    draft = Draft(
        about=case.id,
        to_subject=case.subject_id,
        template=template,
        served=False,
        delivered_on=None,
        basis=case.basis,
        facts={"case": case.number, "record": str(case.record_id), **facts},
    )
    post_many([draft])


def _note(case: LinkCase, verb: str, by: Actor) -> None:
    audit.note(
        by=by,
        verb=verb,
        target=f"record:{case.record_id}",
        unit=case.unit,
        basis=case.basis,
        facts={
            "case": case.number,
            "state": case.state,
            "suspends": case.suspends,
            "due_on": case.due_on.isoformat() if case.due_on else "",
        },
    )
