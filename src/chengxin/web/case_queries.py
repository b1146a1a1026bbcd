"""A subject's record and its cases, as its own pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from chengxin.audit import queries as audit
from chengxin.casework.errors import NotYours
from chengxin.casework.queries import granted, speaks, way_out_of
from chengxin.casework.values import WayOut
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import CodeList, Rulebook
from chengxin.publication.rules import shown_fields
from chengxin.publication.values import FieldValue
from chengxin.register import queries as register
from chengxin.register.values import RecordState


@dataclass(frozen=True)
class OwnRecord:
    """A record of a subject as itself sees it."""

    state: RecordState
    label: str
    label_en: str
    unit_name: str
    unit_name_en: str
    fields: tuple[FieldValue, ...]


def own_record(record_id: UUID, *, by: Actor, on: date, book: Rulebook) -> OwnRecord:
    """A record the actor's subject is the one of. Raises: `NotYours`."""
    state = register.state(record_id, on=on, known=now())
    if state is None or state.subject is None or not speaks(by, state.subject):
        raise NotYours(asked=str(record_id))
    return own(state, book)


def own(state: RecordState, book: Rulebook) -> OwnRecord:
    """A record in words."""
    item = catalogue.item(book, state.item)
    unit = book.units.get(state.unit)
    return OwnRecord(
        state=state,
        label=item.label,
        label_en=item.label_en,
        unit_name=unit.name if unit else state.unit,
        unit_name_en=unit.name_en if unit else state.unit,
        fields=shown_fields(item, state.facts, book),
    )


def choices(codelist: CodeList) -> list[tuple[str, str]]:
    """A code list as a control takes it, in the page's language."""
    chinese = (get_language() or "zh").startswith("zh")
    return [(one.code, one.label if chinese else one.label_en) for one in codelist.entries]


def plan(record: OwnRecord, *, on: date, book: Rulebook) -> WayOut:
    """The way out of an own record."""
    return way_out_of(record.state, on=on, book=book)


@dataclass(frozen=True)
class RepairProof:
    """That a repair ended a record, for anyone to verify; it names nobody."""

    number: str
    ended_on: date
    label: str
    label_en: str
    unit_name: str
    unit_name_en: str
    sequence: int
    hash: str
    at: datetime


def repair_proof(number: str, *, book: Rulebook) -> RepairProof | None:
    """The proof of a granted repair by its number; None if there is none."""
    found = granted(number)
    if found is None or found.record_id is None:
        return None
    state = register.state(found.record_id, on=found.last_on, known=now())
    places = audit.places([f"record:{found.record_id}"], ("register.publication_ended",))
    place = next(reversed(places.get(f"record:{found.record_id}", [])), None)
    if state is None or place is None or state.publication_ended_on is None:
        return None
    shown = own(state, book)
    return RepairProof(
        number=number,
        ended_on=state.publication_ended_on,
        label=shown.label,
        label_en=shown.label_en,
        unit_name=shown.unit_name,
        unit_name_en=shown.unit_name_en,
        sequence=place.sequence,
        hash=place.hash,
        at=place.at,
    )
