"""How a reconsideration or a lawsuit ended, and what follows in the register within its days."""

from datetime import date

from django.db import transaction

from chengxin.casework.errors import DocumentNeeded, OutcomeNeeded
from chengxin.casework.models import Case
from chengxin.casework.rules import next_state
from chengxin.casework.services.effects import withdraw_record
from chengxin.casework.services.stepping import held, take
from chengxin.casework.values import Move, State, Step
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook

ENDS = (State.MAINTAINED, State.ORDERED, State.WITHDRAWN)


@transaction.atomic
def conclude(
    *,
    number: str,
    outcome: State,
    document: str,
    set_aside_on: date | None = None,
    reason: str,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Take in how it ended 结果: upheld, withdrawn, or set aside (`ORDERED`) on `set_aside_on`.

    What was set aside must leave within three working days of that day (行政处罚法 第四十八条);
    until then the mark stays. Raises: `OutcomeNeeded`, `DocumentNeeded`, as `rules.next_state`.
    """
    was = held(number, Move.CONCLUDE, by=by, on=on)
    if outcome not in ENDS:
        raise OutcomeNeeded
    if not document.strip() or (outcome is State.ORDERED and set_aside_on is None):
        raise DocumentNeeded
    day = set_aside_on if outcome is State.ORDERED else None
    facts = {"outcome": outcome.value, "document": document.strip()}
    if day is not None:
        facts["set_aside_on"] = day.isoformat()
    step = Step(Move.CONCLUDE, on, by.login, reason, outcome)
    return take(was, step, by=by, book=book, facts=facts, counted_from=day)


@transaction.atomic
def carry_out(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Withdraw the record whose decision was set aside 撤回公示, from the day it was.

    Raises: as `rules.next_state`, `register.revoke`.
    """
    was = held(number, Move.CARRY_OUT, by=by, on=on)
    event = was.case.events.filter(move=Move.CONCLUDE.value).order_by("id").last()
    day = date.fromisoformat(event.facts["set_aside_on"]) if event else None
    step = Step(Move.CARRY_OUT, on, by.login, reason)
    next_state(was.course, step)
    if was.standing is not None and was.standing.revoked_on is None:
        withdraw_record(was.standing, reason, by=by, on=on, book=book, set_aside_on=day)
    return take(was, step, by=by, book=book)
