"""The careful way from rows to records: one by one, each weighed by itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chengxin.access.queries import sealer
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Disclosure, Item
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.queries import personal_values, whole_values
from chengxin.intake.rules.parties import party_of
from chengxin.intake.services.digests import Digest
from chengxin.intake.services.undoing import came_from, take_again, untold
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.text import normalise_name
from chengxin.kernel.uuids import part_of
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects
from chengxin.subjects.queries import kinds_of
from chengxin.subjects.rules import name_key
from chengxin.subjects.services import register_from_rows
from chengxin.subjects.values import Decision, Evidence, Judgement, Party, SubjectKind

SERVED_ON = "served_on"


def settle(
    batch: Batch, rows: Sequence[Row], *, by: Actor, on: date, book: Rulebook, digest: Digest
) -> None:
    """Link rows and take in those that are linked; each row is told its state and evidence.

    The rows are not saved: the caller knows which of them are in the database.
    """
    if not rows:
        return
    parties = [party_of(whole_values(row)) for row in rows]
    judgements = _settle_new(parties, subjects.recognise(parties))
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
    take_in(batch, linked, by=by, on=on, book=book, digest=digest)


def _settle_new(parties: Sequence[Party], judgements: Sequence[Judgement]) -> list[Judgement]:
    """Judgements in which one new code bears one name; a second name for it is a question.

    The same name in another legal form is no second name, as in `subjects.services.link_table`.
    """
    first_name: dict[str, str] = {}
    settled = []
    for party, judgement in zip(parties, judgements, strict=True):
        if judgement.decision is Decision.NEW:
            code = party.codes.get("id_number") or party.codes["uscc"]
            name = name_key(normalise_name(party.name))
            if first_name.setdefault(code, name) != name:
                differs = (Evidence("name_in_batch"),)
                judgement = Judgement(Decision.ASK, "name-differs", differs)  # noqa: PLW2901
        settled.append(judgement)
    return settled


def take_in(
    batch: Batch, rows: Sequence[Row], *, by: Actor, on: date, book: Rulebook, digest: Digest
) -> None:
    """Append the records of linked rows and post the notices they call for; rows are told.

    A decision already held with the same content is `known`, with other content `differs`: it is
    corrected by its own verb, never overwritten by a second file.
    """
    if not rows:
        return
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
    for new in fresh:
        digest.add(str(new.id), canonical_json(dict(new.facts)).decode())


def _new_record(row: Row, batch: Batch, item: Item, kinds: dict[UUID, str]) -> NewRecord:
    if row.subject is None:
        raise ValueError(row.number)
    personal = personal_values(row)
    whole = {**row.values, **personal}
    kind = kinds[row.subject]
    person = kind == SubjectKind.NATURAL_PERSON
    return NewRecord(
        id=part_of(batch.id, row.number),
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
        basis=basis_of(item),
        batch=batch.id,
        row=row.number,
        file_sha256=batch.file_sha256,
        link_evidence=row.evidence,
    )


def basis_of(item: Item) -> str:
    """What a record of the item stands on, as the record says it."""
    return "；".join(str(basis) for basis in item.basis)


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
