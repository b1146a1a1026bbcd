"""How an entry ends before its term: early removal, or revocation."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.kernel.actor import Actor
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.measures.errors import EntryOver, RemovalTooEarly
from chengxin.measures.models import ListEntry
from chengxin.measures.queries import standing
from chengxin.measures.rules import removal_from
from chengxin.measures.services.events import locked, needed, store
from chengxin.measures.values import Act, EntryAct, EntryState, Life
from chengxin.policy.values import Rulebook
from chengxin.register import services as register


@transaction.atomic
def remove_entry(*, entry_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Life:
    """Let the subject leave early 提前移出 from `on`; its measures are lifted with it.

    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `RemovalTooEarly`, `TextNeeded`,
    `EntryOver`.
    """
    row, life = locked(entry_id, by, "measures.remove_entry")
    act = Act(EntryAct.REMOVED, on, by.login, reason=hide_id_numbers(reason))
    if life.decided_on is not None:
        earliest = removal_from(book.credit_list(row.list_code), life.decided_on, book)
        if on < earliest.value:
            raise RemovalTooEarly(earliest=earliest.value, basis=earliest.basis)
    if life.state is EntryState.IN_EFFECT:
        _still(row, on, book)
    after = store(row, life, act, by, book)
    register.end_publication(
        record_id=row.record,
        reason=act.reason,
        basis=book.credit_list(row.list_code).basis[0],
        by=by,
        on=on,
        edition=book.edition,
    )
    return after


@transaction.atomic
def revoke_entry(*, entry_id: UUID, reason: str, by: Actor, on: date, book: Rulebook) -> Life:
    """Withdraw a decision that was wrong 撤销; as if it had not been, from `on`, reason published.

    Raises: `UnknownEntry`, `NotPermitted`, `MoveNotAllowed`, `TextNeeded`.
    """
    row, life = locked(entry_id, by, "measures.revoke_entry")
    words = hide_id_numbers(needed(reason, "理由", "reasons"))
    act = Act(EntryAct.REVOKED, max(on, life.last_on), by.login, reason=words)
    after = store(row, life, act, by, book)
    if life.served_on is not None:
        register.revoke(
            record_id=row.record,
            reason=words,
            basis=book.credit_list(row.list_code).basis[0],
            by=by,
            on=on,
            edition=book.edition,
        )
    return after


def _still(row: ListEntry, on: date, book: Rulebook) -> None:
    """Raises: `EntryOver` if the entry has ended by rule already."""
    if standing(row, on=on, book=book).state is not EntryState.IN_EFFECT:
        raise EntryOver
