"""A record as the officers of its unit see it, and corrections before they are made."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Field, FieldType
from chengxin.desk.errors import CorrectionFaulty, PersonNotShown
from chengxin.desk.rules import correctable
from chengxin.engine.services import check, normalise
from chengxin.engine.values import Severity
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.law.values import Basis
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import fact
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState
from chengxin.subjects import queries as subjects

FOUND_AT_MOST = 50


def record_for(record_id: UUID, *, by: Actor, on: date, book: Rulebook) -> PublicFact:
    """One record with its passport, public or not.

    Raises: `NotPermitted`, `PersonNotShown`.
    """
    found = fact(record_id, on=on, book=book)
    if found is None:
        raise PersonNotShown(asked=str(record_id))
    by.require("register.read", unit=found.passport.source_unit)
    return found


def find_records(text: str, *, by: Actor, on: date) -> list[RecordState]:
    """Records an officer may read: by document number 文号, or all of one organisation by code."""
    moment = now()
    subject = subjects.by_code(text)
    if subject is not None:
        found = register.records_of(subject.id, on=on, known=moment)
    else:
        ids = register.numbered(text, limit=FOUND_AT_MOST)
        states = (register.state(one, on=on, known=moment) for one in ids)
        found = [state for state in states if state is not None]
    return [one for one in found if by.may("register.read", one.unit)][:FOUND_AT_MOST]


def corrected(
    state: RecordState, changes: Mapping[str, str], *, on: date, book: Rulebook
) -> dict[str, str]:
    """The changed fields, normalised by the item's own definition.

    Raises: `CorrectionFaulty` when the row as changed would not pass the checks a file has to.
    """
    item = catalogue.item(book, state.item)
    wanted = {field.name for field in correctable(item)}
    changed = {n: t for n, t in changes.items() if n in wanted and t != state.facts.get(n, "")}
    program = compile_item(item, book)
    whole = {**state.facts, **changed}
    columns: dict[str, list[str | None]] = {
        field.name: [_as_sent(field, whole.get(field.name, ""))] for field in item.fields
    }
    found = check(program, columns, on=on)
    faults = [f for f in found if f.field in changed and f.severity is Severity.ERROR]
    if faults:
        raise CorrectionFaulty(
            faults_zh=" ".join(f.message_zh for f in faults),
            faults_en=" ".join(f.message_en for f in faults),
        )
    clean = normalise(program, columns, on=on)
    return {name: clean[name][0] or "" for name in changed}


def _as_sent(field: Field, text: str) -> str | None:
    """A value held in yuan says so: the item would read a bare number as 万元."""
    bare = field.type is FieldType.AMOUNT and text[-1:].isdigit()
    return (f"{text}元" if bare else text) or None


def bases(state: RecordState, *, on: date, book: Rulebook) -> list[Basis]:
    """What a correction or revocation can rest on: the item's own law, and the duty to withdraw."""
    item = catalogue.item(book, state.item)
    own = list(item.basis)
    if item.adverse:
        own.append(book.on(on, "publication.withdrawal_deadline").basis)
    return own
