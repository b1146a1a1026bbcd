"""A later row of a decision that is held with other content: taken as a correction, or not."""

from datetime import date

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.intake.models import Row, RowState
from chengxin.intake.refusals import (
    NotACorrection,
    ReasonMissing,
    RowDoesNotDiffer,
    UnknownBatch,
)
from chengxin.intake.services.second import require_second
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register.rules import correctable
from chengxin.register.services import correct
from chengxin.subjects.queries import family

VERB = "intake.accept_difference"


@transaction.atomic
def accept_difference(*, row_id: int, reason: str, by: Actor, on: date, book: Rulebook) -> Row:
    """A second officer takes a differing row as a correction of the record 采纳更正.

    Only what the row says and the register has otherwise; a column it leaves out is no blank.
    What a correction may not change (number, day, party) sends the row to revocation instead.

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `RowDoesNotDiffer`, `ReasonMissing`,
    `NotACorrection`, and what `register.services.correct` raises.
    """
    row = _differing(row_id, reason, by)
    standing = None
    if row.record is not None:
        standing = register.state(row.record, on=on, known=now())
    if standing is None or standing.subject is None or row.record is None:
        raise NotACorrection(row=row.number, fields="—")
    if row.subject not in family(standing.subject):
        raise NotACorrection(row=row.number, fields="subject_name")
    item = catalogue.item(book, row.batch.item)
    free = {field.name for field in correctable(item)}
    changes = {n: t for n, t in row.values.items() if t and t != standing.facts.get(n, "")}
    fixed = sorted({*item.natural_key, "decided_on", "document_number"} & changes.keys())
    if fixed:
        labels = {field.name: field.label for field in item.fields}
        raise NotACorrection(row=row.number, fields=[labels.get(name, name) for name in fixed])
    correct(
        record_id=row.record,
        changes={name: text for name, text in changes.items() if name in free},
        reason=reason,
        basis=item.basis[0],
        by=by,
        on=on,
        book=book,
    )
    return _settled(row, RowState.CORRECTED, reason, by, on)


@transaction.atomic
def decline_difference(*, row_id: int, reason: str, by: Actor, on: date) -> Row:
    """A second officer leaves the record as it stands 不予采纳; the row keeps the reason.

    Raises: `UnknownBatch`, `NotPermitted`, `OwnBatch`, `RowDoesNotDiffer`, `ReasonMissing`.
    """
    row = _differing(row_id, reason, by)
    return _settled(row, RowState.NOT_TAKEN, reason, by, on)


def _differing(row_id: int, reason: str, by: Actor) -> Row:
    row = Row.objects.select_for_update().select_related("batch").filter(id=row_id).first()
    if row is None:
        raise UnknownBatch(asked=str(row_id))
    by.require(VERB, unit=row.batch.unit)
    require_second(row.batch, by)
    if row.state != RowState.DIFFERS:
        raise RowDoesNotDiffer(row=row.number, state=row.get_state_display(), state_en=row.state)
    if not reason.strip():
        raise ReasonMissing
    return row


def _settled(row: Row, state: RowState, reason: str, by: Actor, on: date) -> Row:
    row.state = state
    row.evidence = {**row.evidence, "decided_by": by.login, "reason": reason.strip()}
    row.save(update_fields=["state", "evidence"])
    audit.note(
        by=by,
        verb=VERB if state == RowState.CORRECTED else "intake.decline_difference",
        target=f"batch:{row.batch_id}",
        unit=row.batch.unit,
        facts={"row": row.number, "record": str(row.record), "on": on.isoformat()},
    )
    return row
