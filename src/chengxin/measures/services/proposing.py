"""Before the decision: the draft, the prior notice, what the subject says."""

import json
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.looks.services import touched
from chengxin.measures.errors import AlreadyProposed, NotEvidence, WrongOrder
from chengxin.measures.models import EntryEvent, ListEntry
from chengxin.measures.queries import standing
from chengxin.measures.services.events import (
    delivery,
    in_force,
    locked,
    needed,
    not_yours,
    remedy_of,
    store,
)
from chengxin.measures.values import Act, EntryAct, EntryState, Service
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import BusinessKind, CreditList, MadeBy, Rulebook
from chengxin.publication.queries import fact as fact_of
from chengxin.publication.values import PublicFact
from chengxin.subjects import queries as subjects

OVER = frozenset(
    {
        EntryState.DROPPED,
        EntryState.REMOVED,
        EntryState.REVOKED,
        EntryState.EXPIRED,
        EntryState.REPEALED,
    }
)
NOT_SERIOUS = (
    "文书认定的失信程度不符合该名单的要求",
    "the act is not of the gravity the list asks",
)
WHY = {
    "item": ("该事项不是该名单的依据", "this kind of record does not lead to the list"),
    "person": ("当事人不在该名单的对象之内", "the list is not for this kind of subject"),
    "gone": (
        "该信息已撤销、已终止或者主体待认定",
        "it was revoked, has ended or is linked to nobody",
    ),
    "unit": ("该信息不是本单位认定的", "it is a finding of another unit"),
}


@transaction.atomic
def propose_entry(
    *, list_code: str, evidence: UUID, facts: str, reason: str, by: Actor, on: date, book: Rulebook
) -> ListEntry:
    """Draft an entry 拟列入 by an officer of a unit that may decide on the list.

    `evidence` is a record of that unit about the subject. Nothing follows from a draft.
    Raises: `NotPermitted`, `UnknownName`, `NotYourList`, `NotEvidence`, `AlreadyProposed`,
    `TextNeeded`.
    """
    by.require("measures.propose_entry", unit=by.unit)
    listed = book.credit_list(list_code)
    in_force(listed, on)
    if listed.made_by is not MadeBy.DECISION:
        raise not_yours(listed, on, "该名单由其他机关决定，本平台只转载", "it is mirrored only")
    if by.unit not in listed.deciding_units:
        raise not_yours(listed, on, "不在本单位职能之内", "it is not your unit's function")
    shown = _evidence(evidence, listed, by, on, book)
    subject = subjects.by_id(shown.subject) if shown.subject else None
    kind = BusinessKind.of(subject.kind) if subject else None
    if subject is None or kind not in listed.subject_kinds:
        raise _no_evidence(listed, "person")
    earlier = ListEntry.objects.filter(subject_id=subject.id, list_code=list_code)
    if any(standing(one, on=on, book=book).state not in OVER for one in earlier):
        raise AlreadyProposed(name=listed.label, name_en=listed.label_en)
    row = ListEntry.objects.create(
        list_code=list_code,
        attempt=len(earlier) + 1,
        subject_id=subject.id,
        subject_kind=subject.kind,
        evidence_id=evidence,
        record=uuid4(),
        unit=by.unit,
        facts=hide_id_numbers(needed(facts, "事实", "facts")),
        reason=hide_id_numbers(needed(reason, "理由", "reasons")),
        basis="；".join(str(one) for one in listed.basis),
        exemption=str(listed.exemption or ""),
        waiting_days=int(book.on(on, listed.statement_period).value),
        edition=book.edition,
        proposed_by=by.login,
        proposed_on=on,
        proposed_at=now(),
    )
    audit.note(
        by=by,
        verb="measures.propose_entry",
        target=f"entry:{row.id}",
        basis=row.basis,
        facts={"list": list_code, "evidence": str(evidence)},
    )
    return row


def _evidence(record: UUID, listed: CreditList, by: Actor, on: date, book: Rulebook) -> PublicFact:
    """The record a draft may rest on. Raises: `NotEvidence`."""
    found = fact_of(record, on=on, book=book)
    if found is None:
        raise _no_evidence(listed, "person")
    if found.item not in listed.evidence:
        raise _no_evidence(listed, "item")
    if found.passport.source_unit != by.unit:
        raise _no_evidence(listed, "unit")
    if found.subject is None or not found.showing.on(on):
        raise _no_evidence(listed, "gone")
    if listed.evidence_severity and found.showing.severity not in listed.evidence_severity:
        raise NotEvidence(
            name=listed.label, name_en=listed.label_en, why_zh=NOT_SERIOUS[0], why_en=NOT_SERIOUS[1]
        )
    return found


def _no_evidence(listed: CreditList, cause: str) -> NotEvidence:
    zh, en = WHY[cause]
    return NotEvidence(name=listed.label, name_en=listed.label_en, why_zh=zh, why_en=en)


@transaction.atomic
def give_notice(
    *, entry_id: UUID, how: Service, given_on: date, by: Actor, on: date, book: Rulebook
) -> ListEntry:
    """Serve the prior notice 事先告知: facts, reasons, law, measures, the right to be heard.

    Handed over it counts from that day; posted, as the rulebook deems it delivered.
    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `WrongOrder`, `BeyondCalendar`.
    """
    row, life = locked(entry_id, by, "measures.give_notice")
    if given_on > on:
        raise WrongOrder(on=given_on, last=life.last_on)
    store(row, life, Act(EntryAct.NOTIFIED, given_on, by.login), by, book)
    listed = book.credit_list(row.list_code)
    told = {
        "list": row.list_code,
        "facts": row.facts,
        "reason": row.reason,
        "measures": [one.code for one in book.consequences.triggered_by(row.list_code)],
        "hearing": listed.hearing,
        "remedy": remedy_of(book),
    }
    handed = how is Service.HANDED
    arrives = delivery(how, given_on, book)
    post_many([Draft(row.id, row.subject_id, "list_prior", handed, arrives, row.basis, told)])
    return row


@transaction.atomic
def record_statement(
    *, entry_id: UUID, statement: str, asks_hearing: bool, by: Actor, on: date, book: Rulebook
) -> None:
    """Take down what the subject states in its defence 陈述申辩; sealed as it was said.

    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `TextNeeded`.
    """
    _said(EntryAct.STATED, entry_id, statement, by, on, book, hearing=asks_hearing)


@transaction.atomic
def record_hearing(*, entry_id: UUID, record: str, by: Actor, on: date, book: Rulebook) -> None:
    """Take down the record of the hearing 听证笔录; sealed.

    Raises: as `record_statement`.
    """
    _said(EntryAct.HEARD, entry_id, record, by, on, book, hearing=False)


def _said(
    kind: EntryAct, entry_id: UUID, text: str, by: Actor, on: date, book: Rulebook, *, hearing: bool
) -> None:
    row, life = locked(entry_id, by, "measures.record_statement")
    words = needed(text, "陈述申辩内容", "statement")
    sealed = sealer().seal(canonical_json({"text": words}))
    store(row, life, Act(kind, on, by.login, hearing=hearing), by, book, sealed=sealed)


@transaction.atomic
def read_statements(*, entry_id: UUID, by: Actor) -> list[str]:
    """Open what the subject said, for who drafts or decides; noted in the log.

    Raises: `UnknownEntry`, `NotPermitted`.
    """
    row, _ = locked(entry_id, by, "measures.read_statement")
    events = EntryEvent.objects.filter(entry=row, sealed__isnull=False).order_by("known_at", "id")
    said = [json.loads(sealer().unseal(bytes(one.sealed or b"")))["text"] for one in events]
    if said:
        touched(row.subject_id, row.record, ("statement",))
        audit.note(by=by, verb="measures.read_statement", target=f"entry:{row.id}", unit=row.unit)
    return said
