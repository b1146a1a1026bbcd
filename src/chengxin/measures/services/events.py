"""Locking an entry for a verb, and writing what the verb did."""

from datetime import date
from typing import Any
from uuid import UUID

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.measures.errors import NotYourList, TextNeeded, UnknownEntry
from chengxin.measures.models import EntryEvent, ListEntry
from chengxin.measures.queries import life_of
from chengxin.measures.rules import advance
from chengxin.measures.values import Act, Life, Service
from chengxin.notices import queries as notices
from chengxin.policy.values import CreditList, Rulebook

DEEMED = "notice.deemed_delivery"


def locked(entry_id: UUID, by: Actor, verb: str) -> tuple[ListEntry, Life]:
    """An entry nobody else changes until the transaction ends, and its life so far.

    Raises: `UnknownEntry`, `NotPermitted`.
    """
    row = ListEntry.objects.select_for_update().filter(id=entry_id).first()
    if row is None:
        raise UnknownEntry(asked=str(entry_id))
    by.require(verb, unit=row.unit)
    return row, life_of(row)


def store(row: ListEntry, life: Life, act: Act, by: Actor, book: Rulebook, **facts: Any) -> Life:
    """Ask the rules whether an act may follow; then append its event and note it.

    Raises: as `rules.advance`.
    """
    listed = book.credit_list(row.list_code)
    after = advance(life, act, needs_approval=listed.approval, basis=row.basis)
    EntryEvent.objects.create(
        entry=row,
        kind=act.kind.value,
        effective_on=act.on,
        known_at=now(),
        login=by.login,
        unit=by.unit,
        reason=act.reason.strip(),
        remedy=act.remedy,
        document_number=act.document.strip(),
        approval=act.approval.strip(),
        told_on=act.told_on,
        waits_until=act.waits_until,
        hearing=act.hearing,
        basis=row.basis,
        edition=book.edition,
        **facts,
    )
    audit.note(
        by=by,
        verb=f"measures.entry_{act.kind.value}",
        target=f"entry:{row.id}",
        unit=row.unit,
        basis=row.basis,
        facts={
            "list": row.list_code,
            "record": str(row.record),
            "on": act.on.isoformat(),
            "state": after.state.value,
        },
    )
    return after


def told(about: UUID, subject: UUID) -> date | None:
    """The day on which a subject counts as told of something."""
    return notices.delivered_to([(about, subject)]).get((about, subject))


def delivery(how: Service, given_on: date, book: Rulebook) -> date:
    """The day a paper counts as delivered: the day it was handed over, or as the rule deems it.

    Law: parameter `notice.deemed_delivery`. Raises: `BeyondCalendar`.
    """
    if how is Service.HANDED:
        return given_on
    days = int(book.on(given_on, DEEMED).value)
    return book.calendar.add_working_days(given_on, days)


def remedy_of(book: Rulebook) -> str:
    """What the subject can do about it 救济途径, as the site tells it."""
    ways = (book.site.remedy.get(way, "") for way in ("appeal", "objection", "repair"))
    return "".join(ways)


def needed(text: str, what: str, what_en: str) -> str:
    """The text, without blanks around it. Raises: `TextNeeded` if there is none."""
    if not text.strip():
        raise TextNeeded(what=what, what_en=what_en)
    return text.strip()


def in_force(listed: CreditList, on: date) -> None:
    """Raises: `NotYourList` if the list does not exist on `on`."""
    if not listed.in_force(on):
        raise not_yours(listed, on, "该名单当日不存在", "the list does not exist that day")


def not_yours(listed: CreditList, on: date, zh: str, en: str) -> NotYourList:
    """The refusal with both reasons and the law of the list."""
    basis = "；".join(str(one) for one in listed.basis)
    return NotYourList(
        name=listed.label, name_en=listed.label_en, on=on, why_zh=zh, why_en=en, basis=basis
    )
