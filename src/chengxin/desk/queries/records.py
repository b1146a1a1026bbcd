"""A record as the officers of its unit see it, and corrections before they are made."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.desk.errors import PersonNotShown
from chengxin.intake import queries as intake
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
NATURAL_PERSON = "natural_person"


@dataclass(frozen=True)
class PassedRow:
    """A row nobody had to look at, and the record it became; a person is not named."""

    row: int
    record: UUID
    document_number: str
    name: str
    is_person: bool


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


def passed_rows(batch: Any, *, after: int, limit: int, on: date) -> list[PassedRow]:
    """Rows of a batch that became records without being listed, from the line behind `after` on."""
    listed = set(batch.rows.filter(state="recorded").values_list("number", flat=True))
    became = [
        one for one in intake.rows(batch, state="recorded", after=after) if one["row"] not in listed
    ][:limit]
    found = register.states_of([one["record"] for one in became], on=on, known=now())
    states = {one.id: one for one in found}
    names = subjects.called({one.subject for one in found if one.subject})
    return [
        PassedRow(
            one["row"],
            one["record"],
            state.document_number,
            names[state.subject][1] if state.subject in names else "",
            state.subject_kind == NATURAL_PERSON,
        )
        for one in became
        for state in [states[one["record"]]]
    ]


def bases(state: RecordState, *, on: date, book: Rulebook) -> list[Basis]:
    """What a correction or revocation can rest on: the item's own law, and the duty to withdraw.

    An article is named once, also where both rest on it.
    """
    item = catalogue.item(book, state.item)
    found = list(item.basis)
    if item.adverse:
        found.append(book.on(on, "publication.withdrawal_deadline").basis)
    return list({str(basis): basis for basis in found}.values())
