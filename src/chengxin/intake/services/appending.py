"""From linked rows to records and notices; called by the verbs of `release`, inside them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chengxin.access.queries import sealer
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Disclosure, Item
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.queries import personal_values
from chengxin.intake.services.undoing import came_from, take_again, untold
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.subjects.queries import kinds_of
from chengxin.subjects.values import SubjectKind

SERVED_ON = "served_on"


def take_in(batch: Batch, rows: Sequence[Row], *, by: Actor, on: date, book: Rulebook) -> str:
    """Append the records of linked rows and post the notices they call for; rows are updated.

    A decision already held with the same content is `known`, with other content `differs`: it is
    corrected by its own verb, never overwritten by a second file.
    Returns: a digest over the records written, for the log.
    """
    item = catalogue.item(book, batch.item)
    kinds = kinds_of({row.subject for row in rows if row.subject is not None})
    drafts = [(row, _new_record(row, batch, item, kinds)) for row in rows]
    found = register.existing(new.natural_key for _, new in drafts)
    held = {key: (one.id, dict(one.facts)) for key, one in found.items()}
    fresh: list[NewRecord] = []
    again: list[NewRecord] = []
    for row, new in drafts:
        before = found.get(new.natural_key)
        if before is not None and came_from(before, batch, row):
            again.append(take_again(before, new, row, by=by, edition=book.edition))
            continue
        if new.natural_key in held:
            row.record, facts = held[new.natural_key]
            # A second sending may leave out columns; what it does say must be the same.
            same = new.facts.items() <= facts.items()
            row.state = RowState.KNOWN if same else RowState.DIFFERS
            continue
        held[new.natural_key] = (new.id, dict(new.facts))
        row.record, row.state = new.id, RowState.RECORDED
        fresh.append(new)
    append(new=fresh, by=by, edition=book.edition)
    if item.adverse:
        told = [*fresh, *filter(untold, again)]
        post_many([_notice(new, item, on, book) for new in told])
    return _digest(fresh)


def _new_record(row: Row, batch: Batch, item: Item, kinds: dict[UUID, str]) -> NewRecord:
    if row.subject is None:
        raise ValueError(row.number)
    personal = personal_values(row)
    whole = {**row.values, **personal}
    kind = kinds[row.subject]
    person = kind == SubjectKind.NATURAL_PERSON
    return NewRecord(
        item=item.code,
        subject=row.subject,
        subject_kind=kind,
        unit=batch.unit,
        natural_key=_natural_key(item, whole),
        adverse=item.adverse,
        # Charter 3: whatever the item's class, a person's record is never public.
        disclosure=Disclosure.BY_CONSENT if person else item.disclosure,
        decided_on=date.fromisoformat(whole["decided_on"]),
        document_number=row.values.get("document_number", ""),
        facts=dict(row.values),
        personal=personal,
        basis="；".join(str(basis) for basis in item.basis),
        batch=batch.id,
        row=row.number,
        file_sha256=batch.file_sha256,
        link_evidence=row.evidence,
    )


def _natural_key(item: Item, values: dict[str, str]) -> str:
    """A keyed digest: the key of a person's record must not be guessable from an ID number."""
    parts = [item.code, *(values.get(name, "") for name in item.natural_key)]
    return sealer().blind_index(canonical_json(parts).decode())


def _notice(new: NewRecord, item: Item, on: date, book: Rulebook) -> Draft:
    """The notice of an adverse record 告知.

    If the decision was served with the notice (两书同达) it counts from the day of service. Else
    it waits in the outbox: it counts when the subject acknowledges it or the unit proves service
    (`register.correct` of 送达日期). Nothing is deemed delivered that nobody could have read.
    """
    day = _served(new, on)
    rule = book.on(on, "notice.deemed_delivery")
    facts = {"item": item.code, "unit": new.unit, "decided_on": new.decided_on.isoformat()}
    return Draft(
        about=new.id,
        to_subject=new.subject,
        template="adverse_record",
        served=day is not None,
        delivered_on=day,
        basis=str(rule.basis),
        facts=facts,
    )


def _served(new: NewRecord, on: date) -> date | None:
    text = new.facts.get(SERVED_ON, "")
    day = date.fromisoformat(text) if text else None
    return day if day is not None and day <= on else None


def _digest(records: Sequence[NewRecord]) -> str:
    lines = sorted(f"{new.id} {sha256_hex(canonical_json(dict(new.facts)))}" for new in records)
    return sha256_hex("\n".join(lines).encode())
