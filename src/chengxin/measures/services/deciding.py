"""The decision of a named head, and its service, from which the entry takes effect."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.measures.errors import (
    AlreadyProposed,
    MoveNotAllowed,
    NotEvidence,
    WrongOrder,
)
from chengxin.measures.models import EntryEvent, ListEntry
from chengxin.measures.rules import ends_on, waits_until
from chengxin.measures.services.events import (
    delivery,
    in_force,
    locked,
    remedy_of,
    store,
    told,
)
from chengxin.measures.services.proposing import WHY
from chengxin.measures.services.triggering import propose_measures
from chengxin.measures.values import Act, EntryAct, EntryState, Life, Service
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import BusinessKind, CreditList, Rulebook
from chengxin.publication.queries import fact as fact_of
from chengxin.register import queries as register
from chengxin.register.services import append
from chengxin.register.values import NewRecord
from chengxin.subjects import queries as subjects


@transaction.atomic
def decide_entry(
    *,
    entry_id: UUID,
    reason: str,
    document_number: str,
    by: Actor,
    on: date,
    book: Rulebook,
    approval: str = "",
    until: date | None = None,
) -> Life:
    """Decide to enter the subject 决定列入: by a named head who did not draft it, with reasons.

    `until` may end the entry sooner than its term. It takes effect with service, not before.
    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `NoNoticeNoEffect`, `NotEvidence`,
    `NotYourList`, `WrongOrder`.
    """
    row, life = locked(entry_id, by, "measures.decide_entry")
    listed = book.credit_list(row.list_code)
    in_force(listed, on)
    _evidence_stands(row, listed, on, book)
    day = told(row.id, row.subject_id)
    waits = waits_until(listed.statement_period, day, book).value if day else None
    end = ends_on(listed, on, book, sooner=until).value
    if end <= on:
        raise WrongOrder(on=end, last=on)
    act = Act(
        EntryAct.DECIDED,
        on,
        by.login,
        reason=hide_id_numbers(reason),
        remedy=remedy_of(book),
        document=document_number,
        approval=approval,
        told_on=day,
        waits_until=waits,
        exemption=row.exemption,
    )
    return store(row, life, act, by, book, ends_on=end)


def _evidence_stands(row: ListEntry, listed: CreditList, on: date, book: Rulebook) -> None:
    found = fact_of(row.evidence_id, on=on, book=book)
    if found is None or not found.showing.on(on) or found.subject != row.subject_id:
        zh, en = WHY["gone"]
        raise NotEvidence(name=listed.label, name_en=listed.label_en, why_zh=zh, why_en=en)


@transaction.atomic
def drop_entry(*, entry_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Life:
    """Decide not to enter the subject 不予列入; final for this draft.

    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `TextNeeded`.
    """
    row, life = locked(entry_id, by, "measures.decide_entry")
    return store(row, life, Act(EntryAct.DROPPED, on, by.login, reason=reason), by, book)


@transaction.atomic
def serve_decision(
    *, entry_id: UUID, how: Service, given_on: date, by: Actor, on: date, book: Rulebook
) -> Life:
    """Serve the decision 送达: from its delivery the entry is a record, in effect and published.

    The measures its list triggers are proposed in the same transaction.
    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `NotYourList`, `WrongOrder`,
    `BeyondCalendar`.
    """
    row, life = locked(entry_id, by, "measures.serve_decision")
    in_force(book.credit_list(row.list_code), on)
    if life.state is not EntryState.DECIDED:
        raise MoveNotAllowed(state=life.state.value, act=EntryAct.SERVED.value)
    if not life.last_on <= given_on <= on:
        raise WrongOrder(on=given_on, last=life.last_on)
    arrives = delivery(how, given_on, book)
    _append(row, arrives, by, book)
    handed = how is Service.HANDED
    facts = {"list": row.list_code, "document": life.document, "remedy": life.decided_remedy}
    post_many(
        [Draft(row.record, row.subject_id, "list_decided", handed, arrives, row.basis, facts)]
    )
    act = Act(EntryAct.SERVED, max(given_on, arrives), by.login, told_on=arrives)
    after = store(row, life, act, by, book)
    propose_measures(by=by, on=on, book=book, records=[row.record])
    return after


def _append(row: ListEntry, served_on: date, by: Actor, book: Rulebook) -> None:
    """The entry as a record of its catalogue item, like one a department sends."""
    listed = book.credit_list(row.list_code)
    item = catalogue.item(book, listed.item)
    decided = EntryEvent.objects.get(entry=row, kind=EntryAct.DECIDED.value)
    facts = _facts(row, listed, decided, served_on, book)
    known = {field.name for field in item.fields}
    kept = {name: text for name, text in facts.items() if name in known and text}
    parts = [item.code, *(kept.get(name, "") for name in item.natural_key)]
    document = {"reason": decided.reason, "remedy": decided.remedy, **kept}
    key = sealer().blind_index(canonical_json(parts).decode())
    if register.held_keys([key]):
        raise AlreadyProposed(name=listed.label, name_en=listed.label_en)
    new = NewRecord(
        item=item.code,
        subject=row.subject_id,
        subject_kind=row.subject_kind,
        unit=row.unit,
        natural_key=key,
        adverse=item.adverse,
        disclosure=item.disclosure.value,
        decided_on=decided.effective_on,
        document_number=decided.document_number,
        facts=kept,
        personal={},
        basis=row.basis,
        batch=row.id,
        row=1,
        file_sha256=sha256_hex(canonical_json(document)),
        link_evidence={"reason": f"entry:{row.id}"},
        id=row.record,
    )
    append(new=[new], by=by, edition=book.edition)


def _facts(
    row: ListEntry, listed: CreditList, decided: EntryEvent, served_on: date, book: Rulebook
) -> dict[str, str]:
    subject = subjects.by_id(row.subject_id)
    unit = book.unit(row.unit)
    return {
        "subject_name": subject.name if subject else "",
        "subject_kind": str(BusinessKind.of(row.subject_kind) or ""),
        "uscc": subjects.full_codes([row.subject_id]).get(row.subject_id, ""),
        "document_number": decided.document_number,
        "list_code": listed.item_code,
        "list_basis": row.basis,
        "removal_terms": listed.removal_terms,
        "reason": decided.reason,
        "arrears_facts": row.facts,
        "decided_on": decided.effective_on.isoformat(),
        "list_until": decided.ends_on.isoformat() if decided.ends_on else "",
        "served_on": served_on.isoformat(),
        "authority": unit.name,
        "authority_uscc": unit.uscc,
        "source": unit.name,
        "source_uscc": unit.uscc,
    }
