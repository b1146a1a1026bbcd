"""What the public sees of an organisation, now or as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from uuid import UUID

from chengxin.audit import queries as audit
from chengxin.audit.values import LogPlace
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Disclosure
from chengxin.kernel.clock import SHANGHAI, now, today
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.notices import queries as notices
from chengxin.policy.values import Rulebook
from chengxin.publication.rules import in_words, showing, shown_fields
from chengxin.publication.values import (
    Case,
    Passport,
    Proof,
    PublicFact,
    Showing,
    Withdrawal,
)
from chengxin.register import queries as register
from chengxin.register.values import RecordState

SERVED_ON = "served_on"
RIGHTS = "/rights"
CAME_IN_BY = ("intake.release", "intake.decide_match", "measures.entry_served")
BROUGHT = ("batch", "entry")  # an entry of our own lists has its id where a batch's would be


def public_facts(
    subject: UUID, *, on: date, book: Rulebook, known: datetime | None = None
) -> list[PublicFact]:
    """The facts of an organisation that were public on day `on`, newest decision first.

    `known` answers "as known at that moment"; by default now. Looking back never brings back what
    has left publication: a fact shows only if it may be shown today too (charter 8).
    """
    day, moment = today(), now()
    states = register.records_of(subject, on=on, known=known or moment)
    shown = [fact for fact in facts_from(states, book, known) if fact.showing.on(on)]
    if on == day and known is None:
        return shown
    return _still(shown, subject, day, moment, book)


def facts_served(subject: UUID, *, on: date, at: datetime, book: Rulebook) -> list[PublicFact]:
    """What `public_facts` answered for day `on` when asked at the moment `at`, by its `book`.

    It may tell what has left publication since: never for the public.
    """
    day, states = at.astimezone(SHANGHAI).date(), register.records_of(subject, on=on, known=at)
    shown = [fact for fact in facts_from(states, book, at) if fact.showing.on(on)]
    return shown if on == day else _still(shown, subject, day, at, book)


def _still(
    shown: list[PublicFact], subject: UUID, day: date, known: datetime, book: Rulebook
) -> list[PublicFact]:
    standing = facts_from(register.records_of(subject, on=day, known=known), book, known)
    still = {fact.record for fact in standing if fact.showing.on(day)}
    return [fact for fact in shown if fact.record in still]


def fact(
    record_id: UUID, *, on: date, book: Rulebook, known: datetime | None = None
) -> PublicFact | None:
    """One record with its passport, public or not (`.showing.on(day)` tells); for officers.

    None if it did not exist on `on` or was not known at `known`, or is about a person.
    """
    state = register.state(record_id, on=on, known=known or now())
    if state is None or state.subject_kind == "natural_person":
        return None
    return facts_from([state], book, known)[0]


def facts_of(
    records: Sequence[UUID], *, on: date, book: Rulebook, known: datetime | None = None
) -> dict[UUID, PublicFact]:
    """Many records as `fact` gives one; persons' records are absent."""
    return facts_in(register.states_of(records, on=on, known=known or now()), book, known)


def facts_in(
    states: Sequence[RecordState], book: Rulebook, known: datetime | None = None
) -> dict[UUID, PublicFact]:
    """The same of records already read, as they were known at `known`."""
    shown = [state for state in states if state.subject_kind != "natural_person"]
    return {fact.record: fact for fact in facts_from(shown, book, known)}


def in_use(states: Sequence[RecordState], book: Rulebook) -> dict[UUID, Showing]:
    """From when to when each record may be used 使用期: as it may be shown, whatever its class.

    What was repaired, has expired, was withdrawn, was never told, or is said to be another's is
    neither shown nor used (charter 5, 8); a shared record is used by authorities without being
    shown. Persons' records are absent.
    """
    told = _days_told(states)
    return {
        state.id: showing(
            replace(_case(state, told.get(state.id)), disclosure=Disclosure.PUBLIC),
            catalogue.item(book, state.item),
            book,
        )
        for state in states
        if state.subject_kind != "natural_person"
    }


def case_of(states: Sequence[RecordState]) -> dict[UUID, Case]:
    """Many records as `rules.showing` takes them; nothing in it is for a page."""
    told = _days_told(states)
    return {state.id: _case(state, told.get(state.id)) for state in states}


def public_fact(
    record_id: UUID, *, on: date, book: Rulebook, known: datetime | None = None
) -> PublicFact | None:
    """One record if it was public on day `on` and still is; see `public_facts`."""
    found = fact(record_id, on=on, book=book, known=known)
    if found is None or not found.showing.on(on):
        return None
    standing = fact(record_id, on=today(), book=book)
    return found if standing is not None and standing.showing.on(today()) else None


def latest(item: str, *, on: date, book: Rulebook, limit: int = 8) -> list[PublicFact]:
    """The public facts of an item that came in last; fewer if some of them do not show."""
    states = register.latest(item, on=on, known=now(), limit=limit * 4)
    return [fact for fact in facts_from(states, book) if fact.showing.on(on)][:limit]


def end_of(day: date, zone: tzinfo = SHANGHAI) -> datetime:
    """The last moment of a day, for asking what was known by then."""
    return datetime.combine(day, time.max, tzinfo=zone)


def facts_from(
    states: Sequence[RecordState], book: Rulebook, known: datetime | None = None
) -> list[PublicFact]:
    """Records as they stood, each with its passport."""
    days = _days_told(states, known)
    brought = {f"{kind}:{state.batch}" for kind in BROUGHT for state in states}
    places = audit.places(brought, CAME_IN_BY, until=known)
    return [_fact(state, days.get(state.id), places, book) for state in states]


def _days_told(states: Sequence[RecordState], known: datetime | None = None) -> dict[UUID, date]:
    pairs = [(s.id, s.subject) for s in states if s.adverse and s.subject]
    told = notices.delivered_to(pairs, known=known)
    return {record: day for (record, _), day in told.items()}


def _fact(
    state: RecordState,
    told: date | None,
    places: Mapping[str, Sequence[LogPlace]],
    book: Rulebook,
) -> PublicFact:
    item = catalogue.item(book, state.item)
    shown = showing(_case(state, told), item, book)
    return PublicFact(
        record=state.id,
        subject=state.subject,
        item=state.item,
        fields=shown_fields(item, state.facts, book),
        passport=_passport(state, shown, _proof(state, places), book),
        showing=shown,
    )


def _case(state: RecordState, told: date | None) -> Case:
    return Case(
        subject_kind=state.subject_kind,
        disclosure=state.disclosure,
        adverse=state.adverse,
        decided_on=state.decided_on,
        recorded_on=state.recorded_at.astimezone(SHANGHAI).date(),
        facts=state.facts,
        delivered_on=_told(state, told),
        revoked_on=state.revoked_on,
        ended_on=state.publication_ended_on,
        linked=state.subject is not None,
        under_check=state.under_check_since is not None,
        hidden_by=state.hidden_by,
    )


def _told(state: RecordState, notice: date | None) -> date | None:
    """The day the subject was told: by the notice, or by service as the unit proved it later."""
    served = state.facts.get(SERVED_ON, "")
    days = [notice, date.fromisoformat(served) if served else None]
    return min((day for day in days if day is not None), default=None)


def _remedy(state: RecordState, book: Rulebook, language: str) -> str:
    """What the subject can do: object always; repair and appeal where the record is adverse."""
    ways = ("objection", "repair", "appeal") if state.adverse else ("objection",)
    between = " " if language else ""
    return between.join(book.site.remedy.get(way + language, "") for way in ways)


def _proof(state: RecordState, places: Mapping[str, Sequence[LogPlace]]) -> Proof | None:
    acts = (act for kind in BROUGHT for act in places.get(f"{kind}:{state.batch}", ()))
    later = (act for act in acts if act.at >= state.recorded_at)
    return next((Proof(act.sequence, act.hash, act.at) for act in later), None)


def _passport(state: RecordState, shown: Showing, proof: Proof | None, book: Rulebook) -> Passport:
    item = catalogue.item(book, state.item)
    unit = book.units.get(state.unit)
    basis = tuple(dict.fromkeys(str(one) for one in shown.basis))
    unconfirmed = not shown.confirmed or any(one.status != "confirmed" for one in shown.basis)
    return Passport(
        record=state.id,
        item=item.code,
        item_label=item.label,
        item_label_en=item.label_en,
        source_unit=state.unit,
        source_unit_name=unit.name if unit else state.unit,
        source_unit_name_en=unit.name_en if unit else state.unit,
        authority=state.facts.get("authority", ""),
        basis=basis,
        basis_unconfirmed=unconfirmed,
        document_number=state.document_number,
        file_sha256=state.file_sha256,
        batch=state.batch,
        row=state.row,
        edition=state.edition,
        decided_on=state.decided_on,
        recorded_at=state.recorded_at.astimezone(SHANGHAI),
        corrected_at=state.corrected_at and state.corrected_at.astimezone(SHANGHAI),
        public_since=shown.since,
        public_until=shown.until,
        earliest_end=shown.earliest_end,
        severity=shown.severity,
        remedy_zh=_remedy(state, book, ""),
        remedy_en=_remedy(state, book, "_en"),
        remedy_url=RIGHTS,
        proof=proof,
        marks=tuple(in_words(one, item) for one in state.marks),
    )


def under_check(record_id: UUID, *, on: date, book: Rulebook) -> bool:
    """Whether a record is hidden only because its subject says it is not about it 核查中.

    Then its address says so and nothing else; never about a person.
    """
    state = register.state(record_id, on=on, known=now())
    if state is None or state.under_check_since is None:
        return False
    standing = facts_from([replace(state, under_check_since=None)], book)[0]
    return standing.showing.on(on)


def withdrawal(record_id: UUID, *, on: date, book: Rulebook) -> Withdrawal | None:
    """Why a published decision was revoked 撤销, told as long as it would have shown.

    None if it was not revoked by `on`, had not shown before, would no longer show, is linked to
    nobody, or is about a person.

    Law: 行政处罚法 第四十八条 – withdrawn within three days, the reason published.
    """
    state = register.state(record_id, on=on, known=now())
    if state is None or state.revoked_on is None or state.subject_kind == "natural_person":
        return None
    withdrawn_on = (
        state.revoked_at.astimezone(SHANGHAI).date() if state.revoked_at else state.revoked_on
    )
    standing = facts_from([replace(state, revoked_on=None, under_check_since=None)], book)[0]
    since, passport = standing.showing.since, standing.passport
    if since is None or since > max(withdrawn_on, state.revoked_on) or not standing.showing.on(on):
        return None
    return Withdrawal(
        record=state.id,
        item_label=passport.item_label,
        item_label_en=passport.item_label_en,
        document_number=passport.document_number,
        authority=passport.authority,
        source_unit_name=passport.source_unit_name,
        source_unit_name_en=passport.source_unit_name_en,
        adverse=state.adverse,
        revoked_on=state.revoked_on,
        withdrawn_on=withdrawn_on,
        reason=hide_id_numbers(state.reason),
    )
