"""What a decision does, through the verbs of the rooms below, in the deciding transaction."""

from datetime import date

from chengxin.casework.models import Case
from chengxin.casework.queries import way_out_of
from chengxin.casework.rules import may_ask
from chengxin.casework.services.stepping import Held
from chengxin.casework.values import Move, State
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.law.values import Basis
from chengxin.measures import services as measures
from chengxin.measures.queries import entry_behind
from chengxin.policy.values import Rulebook
from chengxin.register import services as register
from chengxin.register.values import RecordState

OBJECTION, ROUTE = "objection.promised_deadline", "repair.promised_deadline"


def last_proposal(case: Case) -> tuple[State | None, str]:
    """The answer last proposed, and the value a field is to be corrected to."""
    event = case.events.filter(move=Move.PROPOSE.value).order_by("id").last()
    if event is None:
        return None, ""
    return State(event.facts["outcome"]), str(event.facts.get("value", ""))


def bring_about(
    was: Held,
    outcome: State | None,
    value: str,
    reason: str,
    *,
    by: Actor,
    on: date,
    book: Rulebook,
) -> None:
    """Do what was decided; nothing for an answer that changes nothing."""
    standing = was.standing
    if standing is None:
        return
    if outcome is State.CORRECTED:
        register.correct(
            record_id=standing.id,
            changes={was.case.field: value},
            reason=reason,
            basis=book.on(on, OBJECTION).basis,
            by=by,
            on=on,
            book=book,
        )
    elif outcome is State.DELETED:
        withdraw_record(standing, reason, by=by, on=on, book=book)
    elif outcome is State.GRANTED:
        _end_everything(standing, reason, by=by, on=on, book=book)


def withdraw_record(
    standing: RecordState,
    reason: str,
    *,
    by: Actor,
    on: date,
    book: Rulebook,
    set_aside_on: date | None = None,
) -> None:
    """Take a record out of display and use for good 删除、撤销; the reason is published."""
    entry = entry_behind(standing.id)
    if entry is not None:
        measures.revoke_entry(entry_id=entry.id, reason=reason, by=by, on=on, book=book)
        return
    register.revoke(
        record_id=standing.id,
        reason=reason,
        basis=_basis(standing, book),
        by=by,
        on=on,
        edition=book.edition,
        set_aside_on=set_aside_on,
    )


def _end_everything(
    standing: RecordState, reason: str, *, by: Actor, on: date, book: Rulebook
) -> None:
    """A repair granted: display, sharing, use, the list entry and its measures end together.

    One event: that the record is shown or used, that an entry stands, that a measure binds are
    questions about it, asked anew by every reader.
    """
    may_ask(way_out_of(standing, on=on, book=book), on, book)
    entry = entry_behind(standing.id)
    if entry is not None:
        measures.remove_entry(entry_id=entry.id, reason=reason, by=by, on=on, book=book)
        return
    register.end_publication(
        record_id=standing.id,
        reason=reason,
        basis=book.on(on, ROUTE).basis,
        by=by,
        on=on,
        edition=book.edition,
    )


def _basis(standing: RecordState, book: Rulebook) -> Basis:
    return catalogue.item(book, standing.item).basis[0]
