"""Correcting a record 更正, under the same checks a file has to pass."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.services import examine
from chengxin.engine.values import Severity
from chengxin.kernel.actor import Actor
from chengxin.law.values import Basis
from chengxin.policy.values import Rulebook
from chengxin.register.errors import CorrectionFaulty, NothingChanges
from chengxin.register.models import EventKind
from chengxin.register.rules import correctable
from chengxin.register.services.writing import standing_for, write_event
from chengxin.register.values import RecordState


@transaction.atomic
def correct(
    *,
    record_id: UUID,
    changes: Mapping[str, str],
    reason: str,
    basis: Basis,
    by: Actor,
    on: date,
    book: Rulebook,
) -> None:
    """Correct open fields of a record 更正. The correction counts from the decision's own day.

    Only the unit the record came from may do so 谁提供、谁负责. Who the record is about, its
    number and its day are what it is: if those are wrong it is revoked and sent again. What
    stood before stays readable as "known then".

    Raises: `UnknownRecord`, `NotPermitted`, `AlreadyRevoked`, `ReasonNeeded`, `NothingChanges`,
    `CorrectionFaulty`.
    """
    before = standing_for(record_id, by, "register.correct", reason, basis, on)
    facts = {**before.facts, **_corrected(before, changes, on, book)}
    kept = {name: text for name, text in facts.items() if text}
    if kept == dict(before.facts):
        raise NothingChanges
    write_event(
        before, EventKind.CORRECTED, before.decided_on, kept, reason, basis, by, book.edition
    )


def _corrected(
    state: RecordState, changes: Mapping[str, str], on: date, book: Rulebook
) -> dict[str, str]:
    """The changed fields, normalised by the item's own definition."""
    item = catalogue.item(book, state.item)
    wanted = {field.name for field in correctable(item)}
    changed = {n: t for n, t in changes.items() if n in wanted and t != state.facts.get(n, "")}
    whole = {**state.facts, **changed}
    columns: dict[str, list[str | None]] = {
        field.name: [_as_sent(field, whole.get(field.name, ""))] for field in item.fields
    }
    found, clean = examine(compile_item(item, book), columns, on=on)
    faults = [f for f in found if f.field in changed and f.severity is Severity.ERROR]
    if faults:
        raise CorrectionFaulty(
            faults_zh=" ".join(f.message_zh for f in faults),
            faults_en=" ".join(f.message_en for f in faults),
        )
    return {name: clean[name][0] or "" for name in changed}


def _as_sent(field: Field, text: str) -> str | None:
    """A value held in yuan says so: the item would read a bare number as 万元."""
    bare = field.type is FieldType.AMOUNT and text[-1:].isdigit()
    return (f"{text}元" if bare else text) or None
