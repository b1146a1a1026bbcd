"""What officers do: take in, ask for more, refuse, propose, send back, decide."""

from datetime import date

from django.db import transaction

from chengxin.casework.errors import NotCorrectable, OutcomeNeeded, StillThere
from chengxin.casework.models import Case
from chengxin.casework.rules import next_state
from chengxin.casework.services.effects import bring_about, last_proposal
from chengxin.casework.services.stepping import Held, held, take
from chengxin.casework.values import Kind, Move, State, Step
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook
from chengxin.register.rules import correctable

OUTCOMES = {
    Kind.OBJECTION: (State.CORRECTED, State.DELETED, State.KEPT),
    Kind.REPAIR: (State.GRANTED, State.DENIED),
    Kind.COMPLAINT: (State.FOUNDED, State.UNFOUNDED),
    Kind.INFRINGEMENT: (State.FOUNDED, State.UNFOUNDED),
    Kind.PROCEEDING: (),
}


@transaction.atomic
def accept(*, number: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Take a case in 受理: an objection goes to its source, a proceeding gets its mark.

    Raises: as `stepping.held` and `rules.next_state`.
    """
    return take(
        held(number, Move.ACCEPT, by=by, on=on), Step(Move.ACCEPT, on, by.login), by=by, book=book
    )


@transaction.atomic
def ask_supplement(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Ask the subject for what is missing 要求补正, all at once; the promised day waits."""
    step = Step(Move.ASK_SUPPLEMENT, on, by.login, reason)
    return take(held(number, step.move, by=by, on=on), step, by=by, book=book)


@transaction.atomic
def refuse(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Do not take a case in 不予受理, with reasons. What lacks a supplement: after its time."""
    step = Step(Move.REFUSE, on, by.login, reason)
    return take(held(number, step.move, by=by, on=on), step, by=by, book=book)


@transaction.atomic
def propose(
    *,
    number: str,
    outcome: State,
    reason: str,
    value: str = "",
    by: Actor,
    on: date,
    book: Rulebook,
) -> Case:
    """Propose an answer 拟办, with its reasons; `value` is what the field is corrected to.

    Raises: `OutcomeNeeded`, `NotCorrectable`, and as `rules.next_state`.
    """
    was = held(number, Move.PROPOSE, by=by, on=on)
    if outcome not in OUTCOMES[was.kind]:
        raise OutcomeNeeded
    if outcome is State.CORRECTED:
        _can_be_corrected(was, book)
    facts = {"outcome": outcome.value, "value": value.strip()}
    return take(was, Step(Move.PROPOSE, on, by.login, reason), by=by, book=book, facts=facts)


@transaction.atomic
def send_back(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Do not agree with a proposal 退回重核, and say why."""
    step = Step(Move.SEND_BACK, on, by.login, reason)
    return take(held(number, step.move, by=by, on=on), step, by=by, book=book)


@transaction.atomic
def decide(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Decide as proposed 审定, the second look; what it does is done in the same transaction.

    A correction or deletion through the register, a repair through the end of everything the
    record does. Raises: as `rules.next_state`, `register.correct`, `register.revoke`,
    `measures.remove_entry`, `rules.may_ask`.
    """
    was = held(number, Move.DECIDE, by=by, on=on)
    outcome, value = last_proposal(was.case)
    step = Step(Move.DECIDE, on, by.login, reason, outcome)
    facts = {"outcome": outcome.value} if outcome else {}
    next_state(was.course, step)
    bring_about(was, outcome, value, reason, by=by, on=on, book=book)
    return take(was, step, by=by, book=book, facts=facts)


@transaction.atomic
def close_gone(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """End a case because its record is no longer there 信息已不存在. Raises: `StillThere`."""
    was = held(number, Move.CLOSE_GONE, by=by, on=on)
    standing = was.standing
    if (
        standing is not None
        and standing.revoked_on is None
        and standing.publication_ended_on is None
    ):
        raise StillThere
    return take(was, Step(Move.CLOSE_GONE, on, by.login, reason), by=by, book=book)


def _can_be_corrected(was: Held, book: Rulebook) -> None:
    if was.standing is None:
        raise NotCorrectable(field="")
    item = catalogue.item(book, was.standing.item)
    if was.case.field not in {one.name for one in correctable(item)}:
        labels = {one.name: one.label for one in item.fields}
        raise NotCorrectable(field=labels.get(was.case.field, "整条信息"))
