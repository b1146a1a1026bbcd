"""What an officer sees who decides about a link, a merge or a differing row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from chengxin.catalogue import queries as catalogue
from chengxin.desk.errors import PersonNotShown
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import fact
from chengxin.publication.rules import shown_fields
from chengxin.publication.values import FieldValue, PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState
from chengxin.subjects import queries as subjects
from chengxin.subjects.values import SubjectView


@dataclass(frozen=True)
class LinkedRecord:
    """A record and whom it is linked to; of a person's neither the name nor the content."""

    state: RecordState
    fact: PublicFact | None
    subject: SubjectView | None
    linked_by: str


@dataclass(frozen=True)
class Body:
    """An entry by itself, its whole code, and how many records are linked to it."""

    view: SubjectView
    code: str
    records: int


@dataclass(frozen=True)
class Pair:
    """One field as it is held and as the row says it."""

    label: str
    label_en: str
    held: FieldValue | None
    said: FieldValue | None


class DifferingRow(Protocol):
    """As much of a row of intake as a comparison needs."""

    @property
    def values(self) -> Mapping[str, Any]:
        """The open fields, as understood."""
        ...

    @property
    def record(self) -> UUID | None:
        """The record held under the same key."""
        ...


class Case(Protocol):
    """As much of a case as its page needs."""

    @property
    def record_id(self) -> UUID:
        """The record it is about."""
        ...

    @property
    def subject_id(self) -> UUID:
        """The subject who says it is not about it."""
        ...


def linked_record(record_id: UUID, *, on: date, book: Rulebook) -> LinkedRecord:
    """A record as it is linked now. Raises: `PersonNotShown` if there is none."""
    state = register.state(record_id, on=on, known=now())
    if state is None:
        raise PersonNotShown(asked=str(record_id))
    subject = subjects.by_id(state.subject) if state.subject else None
    return LinkedRecord(state, fact(record_id, on=on, book=book), subject, state.linked_by)


def case_view(case: Case, *, on: date, book: Rulebook) -> LinkedRecord:
    """The record of a case, beside the subject who doubts it."""
    found = linked_record(case.record_id, on=on, book=book)
    doubting = subjects.by_id(case.subject_id)
    return LinkedRecord(found.state, found.fact, doubting, found.linked_by)


def compared_row(row: DifferingRow, *, on: date, book: Rulebook) -> list[Pair]:
    """The fields in which a row differs from the record held; empty without a record."""
    state = register.state(row.record, on=on, known=now()) if row.record else None
    if state is None:
        return []
    item = catalogue.item(book, state.item)
    told = {n: str(t) for n, t in row.values.items() if t and t != state.facts.get(n, "")}
    held = {value.name: value for value in shown_fields(item, state.facts, book)}
    said = {value.name: value for value in shown_fields(item, told, book)}
    return [
        Pair(field.label, field.label_en, held.get(field.name), said[field.name])
        for field in item.fields
        if field.name in said
    ]


def body_named(text: str) -> Body | None:
    """The organisation with that code or public identifier, by itself; None if nobody."""
    found = subjects.by_public_id(text) or subjects.by_code(text)
    return bodies_of(found.id)[0] if found else None


def bodies_of(*ids: UUID) -> list[Body]:
    """Entries side by side, each by itself."""
    views, codes = subjects.entries(ids), subjects.full_codes(ids)
    return [
        Body(views[one], codes.get(one, ""), register.linked_to(one)) for one in ids if one in views
    ]
