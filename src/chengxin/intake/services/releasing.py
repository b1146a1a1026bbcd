"""Releasing a batch 审核入库, returning it, and settling whose a doubtful row is."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.intake.models import Batch, BatchState, Row, RowState
from chengxin.intake.queries import counts, whole_values
from chengxin.intake.refusals import (
    BatchNotOpen,
    ChoiceNotOffered,
    NothingToRelease,
    OwnBatch,
    ReasonMissing,
    RowNotWaiting,
    UnknownBatch,
)
from chengxin.intake.rules.parties import party_of
from chengxin.intake.services.appending import take_in
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.text import normalise_name
from chengxin.policy.values import Rulebook
from chengxin.subjects import queries as subjects
from chengxin.subjects.services import register_from_rows
from chengxin.subjects.values import Decision, Evidence, Judgement, Party

NEW_SUBJECT = "new"


@transaction.atomic
def release(*, number: str, by: Actor, on: date, book: Rulebook) -> Batch:
    """A second officer releases a batch 审核入库: clean rows are linked and appended.

    Faulty rows stay with the batch; rows whose subject is in doubt wait for a person. All of it
    or nothing: a release that is cut off leaves the batch as it was.

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `BatchNotOpen`, `NothingToRelease`.
    """
    batch = _open_batch(number, by, "intake.release")
    rows = list(Row.objects.filter(batch=batch, state=RowState.CLEAN).order_by("number"))
    if not rows:
        raise NothingToRelease(number=batch.number)
    parties = [party_of(whole_values(row)) for row in rows]
    judgements = _settle_new(parties, subjects.recognise(parties))
    digest = _take_in_linked(batch, rows, parties, judgements, by=by, on=on, book=book)
    _store(rows)
    _decide(batch, BatchState.RELEASED, by)
    audit.note(
        by=by,
        verb="intake.release",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={
            "number": batch.number,
            "by_state": counts(batch),
            "records_sha256": digest,
            "edition": book.edition,
        },
    )
    return batch


def _store(rows: Sequence[Row]) -> None:
    """Write where each row went, in one statement: `bulk_update` took a third of a release."""
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
    if batch.submitted_by == by.login:
        raise OwnBatch(number=batch.number)
    if batch.state != BatchState.SUBMITTED:
        raise BatchNotOpen(
            number=batch.number, state=batch.get_state_display(), state_en=batch.state
        )
    return batch


def _decide(batch: Batch, state: BatchState, by: Actor) -> None:
    batch.state, batch.decided_by, batch.decided_at = state, by.login, now()
    batch.save(update_fields=["state", "decided_by", "decided_at", "return_reason"])


def _settle_new(parties: Sequence[Party], judgements: Sequence[Judgement]) -> list[Judgement]:
    """Judgements in which one new code bears one name; a second name for it is a question."""
    first_name: dict[str, str] = {}
    settled = []
    for party, judgement in zip(parties, judgements, strict=True):
        if judgement.decision is Decision.NEW:
            code = party.codes.get("id_number") or party.codes["uscc"]
            name = normalise_name(party.name)
            if first_name.setdefault(code, name) != name:
                text = ("同一批次内同一代码出现不同名称", "one code with two names in this batch")
                differs = Evidence("name", -1.0, text)
                judgement = Judgement(Decision.ASK, "name-differs", (differs,))  # noqa: PLW2901
        settled.append(judgement)
    return settled


def _take_in_linked(
    batch: Batch,
    rows: Sequence[Row],
    parties: Sequence[Party],
    judgements: Sequence[Judgement],
    *,
    by: Actor,
    on: date,
    book: Rulebook,
) -> str:
    fresh = [i for i, judgement in enumerate(judgements) if judgement.decision is Decision.NEW]
    opened = register_from_rows(parties=[parties[i] for i in fresh])
    ids = dict(zip(fresh, opened, strict=True))
    linked: list[Row] = []
    for index, (row, judgement) in enumerate(zip(rows, judgements, strict=True)):
        row.evidence = judgement.as_json()
        row.subject = judgement.subject or ids.get(index)
        if row.subject is None:
            row.state = RowState.AWAITING_MATCH
        else:
            linked.append(row)
    return take_in(batch, linked, by=by, on=on, book=book)


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
    if batch.submitted_by == by.login:
        raise OwnBatch(number=batch.number)
    if row.state != RowState.AWAITING_MATCH:
        raise RowNotWaiting(row=row.number, state=row.get_state_display(), state_en=row.state)
    if not reason.strip():
        raise ReasonMissing
    row.subject = _chosen(row, choice)
    row.evidence = {**row.evidence, "decided_by": by.login, "reason": reason.strip()}
    row.state = RowState.DECLINED
    digest = ""
    if row.subject is not None:
        digest = take_in(batch, [row], by=by, on=on, book=book)
    row.save(update_fields=["state", "subject", "record", "evidence"])
    audit.note(
        by=by,
        verb="intake.decide_match",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={"row": row.number, "state": row.state, "records_sha256": digest},
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
