"""Filing a case 提出: from the fact itself, in one step that answers with a number and a day."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from chengxin.casework.errors import (
    Barred,
    CaseOpen,
    DocumentNeeded,
    NotAdverse,
    NothingSaid,
    NotYours,
    UnknownField,
)
from chengxin.casework.models import Case, CaseEvent
from chengxin.casework.queries import way_out_of
from chengxin.casework.rules import may_ask
from chengxin.casework.rules.clocks import due
from chengxin.casework.services.papers import keep_papers
from chengxin.casework.services.stepping import FILE, Held, require_speaking, take
from chengxin.casework.values import Course, Kind, Move, Said, State, Step, Turn
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.errors import NotPermitted
from chengxin.kernel.uuids import time_ordered
from chengxin.law.values import Basis
from chengxin.policy.values import Rulebook
from chengxin.register import services as register
from chengxin.register.queries import history, state
from chengxin.register.values import RecordState

_PREFIX: Final = {
    Kind.OBJECTION: "YY",
    Kind.REPAIR: "XF",
    Kind.PROCEEDING: "SS",
    Kind.COMPLAINT: "TS",
    Kind.INFRINGEMENT: "QQ",
}
_BASIS: Final = {
    Kind.OBJECTION: "objection.promised_deadline",
    Kind.REPAIR: "repair.promised_deadline",
    Kind.PROCEEDING: "proceeding.acceptance_deadline",
    Kind.COMPLAINT: "complaint.promised_deadline",
    Kind.INFRINGEMENT: "complaint.promised_deadline",
}
BAN: Final = "repair.false_material_ban"
CENTRE: Final = "credit_centre"


@transaction.atomic
def file_objection(
    *,
    record_id: UUID,
    field: str,
    ground: str,
    said: Said,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Object to one field of a record 提出异议, or to the whole of it (`field` "").

    In the same transaction the record is marked wherever it shows. Only by who speaks for the
    subject, or a window clerk for it. A second one about the same field waits for the first.

    Law: PIPL 第四十六条, parameters `objection.*`. Raises: `NotYours`, `UnknownField`,
    `NothingSaid`, `CaseOpen`, `BadPaper`.
    """
    standing = _owned(record_id, by, on)
    item = catalogue.item(book, standing.item)
    known = {one.name for one in item.fields if not one.ignored}
    if field and field not in known:
        raise UnknownField(field=field)
    book.codelist("objection_ground").entry(ground)
    if not said.statement.strip() and not said.value.strip():
        raise NothingSaid
    facts: dict[str, Any] = {
        "stands": "" if _personal(item, field) else standing.facts.get(field, "")
    }
    case = _open(Kind.OBJECTION, standing, field, ground, facts, on, book)
    return _file(case, said, by, on, book)


@transaction.atomic
def request_repair(
    *,
    record_id: UUID,
    said: Said,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Ask the unit that made the finding for repair 申请信用修复. Free; nobody in between.

    Raises: `NotYours`, `NotAdverse`, `RepairElsewhere`, `RepairTooEarly`, `Barred`, `NothingSaid`,
    `CaseOpen`, `BadPaper`.
    """
    standing = _owned(record_id, by, on)
    if not standing.adverse or standing.revoked_on is not None:
        raise NotAdverse
    may_ask(way_out_of(standing, on=on, book=book), on, book)
    if until := barred_until(record_id, on, book):
        raise Barred(until=until, basis=str(book.on(on, BAN).basis))
    if not said.statement.strip():
        raise NothingSaid
    case = _open(Kind.REPAIR, standing, "", "", {}, on, book)
    return _file(case, said, by, on, book)


@transaction.atomic
def file_proceeding(
    *,
    record_id: UUID,
    proceeding: str,
    body: str,
    document: str,
    said: Said,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Say that the decision is before a court or a reconsideration body 复议、诉讼进行中.

    The mark follows once the centre has seen the notice of acceptance (`accept`).
    Raises: `NotYours`, `DocumentNeeded`, `CaseOpen`, `BadPaper`.
    """
    standing = _owned(record_id, by, on)
    book.codelist("proceeding").entry(proceeding)
    if not body.strip() or not document.strip():
        raise DocumentNeeded
    facts = {"proceeding": proceeding, "body": body.strip(), "document": document.strip()}
    case = _open(Kind.PROCEEDING, standing, "", "", facts, on, book)
    return _file(case, said, by, on, book)


@transaction.atomic
def file_complaint(
    *,
    subject: UUID,
    infringement: bool,
    against: str,
    said: Said,
    record_id: UUID | None = None,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Complain of how information was handled 投诉, or that a right was infringed 侵权.

    `against`: code of the unit complained of. The centre decides, never the unit itself; a
    complaint against the centre goes to the department above it by the same officers' oversight.
    Raises: `NotPermitted`, `NotYours`, `NothingSaid`, `UnknownName`, `BadPaper`.
    """
    require_speaking(by, subject)
    standing = _owned(record_id, by, on) if record_id else None
    book.unit(against)
    if not said.statement.strip():
        raise NothingSaid
    kind = Kind.INFRINGEMENT if infringement else Kind.COMPLAINT
    centre = book.consequences.functions[CENTRE].units[0]
    case = _head(kind, subject, centre, on, book, facts={"against": against})
    case.record_id = standing.id if standing else None
    case.save(force_insert=True)
    return _file(case, said, by, on, book)


def barred_until(record_id: UUID, on: date, book: Rulebook) -> date | None:
    """The first day a new request is taken after false papers; None if it is taken now."""
    found = CaseEvent.objects.filter(case__record_id=record_id, move=Move.CANCEL.value).last()
    if found is None:
        return None
    until = due(BAN, found.effective_on, book).value
    return until if until is not None and on < until else None


def _owned(record_id: UUID, by: Actor, on: date) -> RecordState:
    """Lock a record the actor speaks for. One that is another's is said not to exist."""
    found = register.hold(record_id)
    standing = state(record_id, on=max(on, found[0].decided_on), known=now()) if found else None
    if standing is None or standing.subject is None:
        raise NotYours(asked=str(record_id))
    try:
        require_speaking(by, standing.subject)
    except NotPermitted:
        if by.subject is None and FILE not in by.powers:
            raise
        raise NotYours(asked=str(record_id)) from None
    return standing


def _open(
    kind: Kind,
    standing: RecordState,
    field: str,
    ground: str,
    facts: Mapping[str, Any],
    on: date,
    book: Rulebook,
) -> Case:
    same = Case.objects.filter(record_id=standing.id, kind=kind.value, field=field, open=True)
    if waiting := same.first():
        raise CaseOpen(number=waiting.number)
    subject = standing.subject
    assert subject is not None  # noqa: S101 – `_owned` has seen to it
    case = _head(kind, subject, standing.unit, on, book, facts=facts)
    case.record_id, case.field, case.ground = standing.id, field, ground
    first = next(iter(history(standing.id)), None)
    case.entered_by = first.login if first else ""
    case.save(force_insert=True)
    return case


def _head(
    kind: Kind, subject: UUID, unit: str, on: date, book: Rulebook, *, facts: Mapping[str, Any]
) -> Case:
    moment = now()
    basis: Basis = book.on(on, _BASIS[kind]).basis
    return Case(
        id=time_ordered(moment),
        number=f"{_PREFIX[kind]}{on:%Y%m%d}-{secrets.token_hex(4)}",
        kind=kind.value,
        subject_id=subject,
        unit=unit,
        facts=dict(facts),
        basis=str(basis),
        edition=book.edition,
        filed_on=on,
        filed_at=moment,
        state=State.NEW.value,
        open=True,
        turn=Turn.NOBODY.value,
        last_on=on,
    )


def _file(case: Case, said: Said, by: Actor, on: date, book: Rulebook) -> Case:
    keep_papers(case, said.papers, by)
    course = Course(Kind(case.kind), State.NEW, on)
    return take(
        Held(case, course, None), Step(Move.FILE, on, by.login), by=by, book=book, said=said
    )


def _personal(item: Any, field: str) -> bool:
    return any(one.personal for one in item.fields if one.name == field)
