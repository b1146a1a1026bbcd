"""Undoing whose a row was held to be 撤销认定: its record is nobody's, the row waits again."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.intake.models import Batch, Row, RowState
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.notices.queries import posted
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.register.queries import origin
from chengxin.register.services import Grounds, close_case, link_again, unlink, write_link
from chengxin.register.values import Existing, NewRecord, RecordState

RULE = "objection.link_check_deadline"
BY_A_PERSON = ("decided_by", "reason")


@transaction.atomic
def undo_match(*, record_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Row:
    """Undo the link of a record, made by rule or by a person 撤销认定; its row waits again.

    Another officer than who made it. At once it is in nobody's file, search or report; the one
    it was held to be about is told. It keeps its id and natural key, so that settling it again
    (`decide_match`) links the same record and doubles nothing.

    Raises: as `register.services.unlink`.
    """
    basis = book.on(on, RULE).basis
    before, undone = unlink(
        record_id=record_id, reason=reason, basis=basis, by=by, on=on, edition=book.edition
    )
    _tell(before, undone, reason, str(basis))
    return _row_back(before, by, "intake.undo_match", on)


@transaction.atomic
def decide_case(
    *, number: str, upheld: bool, reason: str, by: Actor, on: date, book: Rulebook
) -> Row | None:
    """Decide a case of “不是我” 核查决定. Upheld: the link is undone and the row waits again.

    Not upheld: the record shows again, and the subject is told why. Not by who took the case in,
    made the link or released it. Returns: the row that waits, None if the link stands.
    Raises: as `register.services.close_case`.
    """
    case, standing = close_case(
        number=number, upheld=upheld, reason=reason, by=by, on=on, book=book
    )
    if not upheld or standing.subject is None:
        return None
    write_link(standing, None, "", {}, Grounds(reason, case.basis, book.edition), by)
    return _row_back(standing, by, "intake.decide_case", on)


def came_from(held: Existing, batch: Batch, row: Row) -> bool:
    """Whether a held record is nobody's and came from this very line: it is linked, not doubled."""
    return not held.linked and (held.batch, held.row) == (batch.id, row.number)


def take_again(held: Existing, new: NewRecord, row: Row, *, by: Actor, edition: str) -> NewRecord:
    """Link the record of a line anew, to the subject `new` names; the row is told.

    Returns: `new` under the record's own id, for the notice it may call for.
    """
    again = replace(new, id=held.id)
    link_again(
        record_id=held.id,
        subject=new.subject,
        kind=new.subject_kind,
        evidence=new.link_evidence,
        by=by,
        basis=new.basis,
        edition=edition,
    )
    row.record, row.state = held.id, RowState.RECORDED
    return again


def untold(new: NewRecord) -> bool:
    """Whether the subject has not been sent a notice of this record before."""
    return not posted(new.id, new.subject)


def _row_back(before: RecordState, by: Actor, verb: str, on: date) -> Row:
    batch = Batch.objects.select_for_update().get(id=before.batch)
    row = Row.objects.select_for_update().filter(batch=batch, number=before.row).first()
    if row is None:
        row = _listed_again(batch, before)
    else:
        row.evidence = {n: v for n, v in row.evidence.items() if n not in BY_A_PERSON}
        row.state, row.subject, row.record = RowState.AWAITING_MATCH, None, None
        row.save(update_fields=["state", "subject", "record", "evidence"])
    audit.note(
        by=by,
        verb=verb,
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={"row": row.number, "record": str(before.id), "on": on.isoformat()},
    )
    return row


def _listed_again(batch: Batch, before: RecordState) -> Row:
    """The line of a record that had no row of its own any more, made from the record."""
    facts, personal = origin(before.id)
    sealed = sealer().seal(canonical_json({"values": personal, "received": {}}))
    row = Row(
        batch=batch,
        number=before.row,
        received={},
        values=dict(facts),
        sealed=sealed if personal else None,
        state=RowState.AWAITING_MATCH,
        evidence={n: v for n, v in before.link_evidence.items() if n not in BY_A_PERSON},
    )
    row.save(force_insert=True)
    unlisted = batch.tally.get("unlisted", {})
    left = int(unlisted.get(RowState.RECORDED.value, 0)) - 1
    if left >= 0:
        kept = {**unlisted, RowState.RECORDED.value: left}
        batch.tally = {**batch.tally, "unlisted": {n: c for n, c in kept.items() if c}}
        batch.save(update_fields=["tally"])
    return row


def _tell(before: RecordState, undone: UUID, reason: str, basis: str) -> None:
    if before.subject is None:
        return
    draft = Draft(
        about=undone,
        to_subject=before.subject,
        template="link_undone",
        served=False,
        delivered_on=None,
        basis=basis,
        facts={"record": str(before.id), "reason": reason.strip()},
    )
    post_many([draft])
