"""Releasing a batch 审核入库, returning it, and settling whose a doubtful row is."""

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.intake.models import Batch, BatchState, Row, RowState
from chengxin.intake.queries import counts, whole_values
from chengxin.intake.refusals import (
    BatchNotOpen,
    ChoiceNotOffered,
    NothingToRelease,
    ReasonMissing,
    RowNotWaiting,
    UnknownBatch,
)
from chengxin.intake.rules.parties import party_of
from chengxin.intake.services.appending import settle, take_in
from chengxin.intake.services.digests import Digest
from chengxin.intake.services.holding import CAREFUL, WORTH_A_SET, drop
from chengxin.intake.services.listing import listed
from chengxin.intake.services.loading import Release, take_in_plain
from chengxin.intake.services.returning import supersede
from chengxin.intake.services.reviving import held_rows, working_folder
from chengxin.intake.services.second import require_second
from chengxin.intake.services.storing import store
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import register_from_rows

NEW_SUBJECT = "new"


@transaction.atomic
def release(*, number: str, by: Actor, on: date, book: Rulebook) -> Batch:
    """A second officer releases a batch 审核入库: clean rows are linked and appended.

    Faulty rows stay with the batch; rows whose subject is in doubt wait for a person. All of it
    or nothing: a release that is cut off leaves the batch as it was.

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `BatchNotOpen`, `NothingToRelease`,
    `HeldRowsChanged`, `ItemEnded`.
    """
    batch = _open_batch(number, by, "intake.release")
    unlisted = int(batch.tally.get("unlisted", {}).get(RowState.CLEAN, 0))
    mended = list(Row.objects.filter(batch=batch, state=RowState.CLEAN).order_by("number"))
    if not unlisted and not mended:
        raise NothingToRelease(number=batch.number)
    act = Release(batch, catalogue.open_item(book, batch.item, on), by, on, book)
    digest = Digest()
    recorded = 0
    with working_folder("release") as folder:
        if unlisted:
            held = held_rows(batch, act.item, book=book, folder=folder)
            careful = None
            if unlisted >= WORTH_A_SET:
                recorded += take_in_plain(act, held, folder=folder, digest=digest)
                careful = CAREFUL
            recorded += _take_in_careful(act, held, careful, digest)
    settle(batch, mended, by=by, on=on, book=book, digest=digest)
    supersede(batch)
    _store(mended)
    batch.tally["unlisted"] = {RowState.RECORDED.value: recorded} if recorded else {}
    _decide(batch, BatchState.RELEASED, by)
    audit.note(
        by=by,
        verb="intake.release",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={
            "number": batch.number,
            "by_state": counts(batch),
            "records_sha256": digest.hexdigest(),
            "edition": book.edition,
        },
    )
    transaction.on_commit(partial(drop, batch))
    return batch


def _take_in_careful(act: Release, held: Path, where: str | None, digest: Digest) -> int:
    """The rows that need a look of their own; those that became records are not listed."""
    recorded = 0
    for rows in listed(act.batch, act.item, held, where=where, state=RowState.CLEAN, faults={}):
        settle(act.batch, rows, by=act.by, on=act.on, book=act.book, digest=digest)
        waiting = [row for row in rows if row.state != RowState.RECORDED]
        store(waiting)
        recorded += len(rows) - len(waiting)
    return recorded


def _store(rows: Sequence[Row]) -> None:
    """Write where each mended row went, in one statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE intake_row AS row
            SET state = new.state, subject = new.subject, record = new.record,
                evidence = new.evidence
            FROM unnest(%s::bigint[], %s::text[], %s::uuid[], %s::uuid[], %s::jsonb[])
              AS new (id, state, subject, record, evidence)
            WHERE row.id = new.id
            """,
            [
                [row.id for row in rows],
                [str(row.state) for row in rows],
                [row.subject for row in rows],
                [row.record for row in rows],
                [json.dumps(row.evidence, ensure_ascii=False) for row in rows],
            ],
        )


def _open_batch(number: str, by: Actor, verb: str) -> Batch:
    batch = Batch.objects.select_for_update().filter(number=number).first()
    if batch is None:
        raise UnknownBatch(asked=number)
    by.require(verb, unit=batch.unit)
    require_second(batch, by)
    if batch.state != BatchState.SUBMITTED:
        raise BatchNotOpen(
            number=batch.number, state=batch.get_state_display(), state_en=batch.state
        )
    return batch


def _decide(batch: Batch, state: BatchState, by: Actor) -> None:
    batch.state, batch.decided_by, batch.decided_at = state, by.login, now()
    batch.save(update_fields=["state", "decided_by", "decided_at", "return_reason", "tally"])


@transaction.atomic
def return_batch(*, number: str, reason: str, by: Actor, on: date) -> Batch:
    """Send a batch back to who submitted it 退回, with the reason; nothing enters the register.

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `BatchNotOpen`, `ReasonMissing`.
    """
    batch = _open_batch(number, by, "intake.return_batch")
    if not reason.strip():
        raise ReasonMissing
    batch.return_reason = reason.strip()
    _decide(batch, BatchState.RETURNED, by)
    transaction.on_commit(partial(drop, batch))
    audit.note(
        by=by,
        verb="intake.return_batch",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={"number": batch.number, "on": on.isoformat()},
    )
    return batch


@transaction.atomic
def decide_match(
    *, row_id: int, choice: str, reason: str, by: Actor, on: date, book: Rulebook
) -> Row:
    """A person settles whose a doubtful row is 主体认定.

    `choice` is the public identifier of an organisation, `new` to open one from the row's own
    valid code, or empty to leave the row unlinked for good 不予关联. A natural person is never
    chosen: without a full matching identifier the only choice is not to link (charter 1, 3).

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `RowNotWaiting`, `ReasonMissing`,
    `ChoiceNotOffered`.
    """
    row = Row.objects.select_for_update().select_related("batch").filter(id=row_id).first()
    if row is None:
        raise UnknownBatch(asked=str(row_id))
    batch = row.batch
    by.require("intake.decide_match", unit=batch.unit)
    require_second(batch, by)
    if row.state != RowState.AWAITING_MATCH:
        raise RowNotWaiting(row=row.number, state=row.get_state_display(), state_en=row.state)
    if not reason.strip():
        raise ReasonMissing
    row.subject = _chosen(row, choice)
    row.evidence = {**row.evidence, "decided_by": by.login, "reason": reason.strip()}
    row.state = RowState.DECLINED
    digest = Digest()
    if row.subject is not None:
        take_in(batch, [row], by=by, on=on, book=book, digest=digest)
    row.save(update_fields=["state", "subject", "record", "evidence"])
    audit.note(
        by=by,
        verb="intake.decide_match",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={"row": row.number, "state": row.state, "records_sha256": digest.hexdigest()},
    )
    return row


def _chosen(row: Row, choice: str) -> UUID | None:
    if not choice:
        return None
    party = party_of(whole_values(row))
    certain = "uscc" in party.codes and "uscc" not in party.held
    if party.personal:
        raise ChoiceNotOffered(row=row.number)
    if choice == NEW_SUBJECT:
        if not certain or subjects.by_code(party.codes["uscc"]) is not None:
            raise ChoiceNotOffered(row=row.number)
        return register_from_rows(parties=[party])[0]
    found = subjects.by_public_id(choice)
    if found is None:
        raise ChoiceNotOffered(row=row.number)
    return found.id
