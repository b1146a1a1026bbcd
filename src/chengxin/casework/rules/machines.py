"""The lives of cases: one table of moves per kind; whatever is not in it does not happen."""

from collections.abc import Mapping
from typing import Final

from chengxin.casework.errors import (
    MoveNotAllowed,
    OutcomeNeeded,
    ReasonNeeded,
    SameHands,
    TooEarly,
    TooLate,
    WrongDay,
)
from chengxin.casework.values import Course, Kind, Move, State, Step, Turn

S, M, K = State, Move, Kind
Moves = Mapping[tuple[State, Move], tuple[State, ...]]

OPEN: Final = frozenset(
    {
        S.FILED, S.SUPPLEMENT, S.WORKING, S.PROPOSED, S.REVIEW, S.RUNNING, S.ORDERED,
        S.CANCELLING,
    }
)  # fmt: skip
"""States in which somebody still has to do something."""


def _handled(
    *answers: State, unfavourable: tuple[State, ...]
) -> dict[tuple[State, Move], tuple[State, ...]]:
    """What objections, repairs and complaints share: taken in, proposed, decided, reviewed."""
    table: dict[tuple[State, Move], tuple[State, ...]] = {
        (S.NEW, M.FILE): (S.FILED,),
        (S.FILED, M.ASK_SUPPLEMENT): (S.SUPPLEMENT,),
        (S.FILED, M.ACCEPT): (S.WORKING,),
        (S.FILED, M.REFUSE): (S.NOT_TAKEN,),
        (S.SUPPLEMENT, M.ADD): (S.FILED,),
        (S.SUPPLEMENT, M.REFUSE): (S.NOT_TAKEN,),
        (S.WORKING, M.PROPOSE): (S.PROPOSED,),
        (S.PROPOSED, M.SEND_BACK): (S.WORKING,),
        (S.PROPOSED, M.DECIDE): answers,
        (S.REVIEW, M.REVIEW_KEEP): (S.FINAL,),
        (S.REVIEW, M.REVIEW_RETURN): (S.WORKING,),
    }
    for state in (S.FILED, S.SUPPLEMENT, S.WORKING, S.PROPOSED, S.REVIEW):
        table[state, M.WITHDRAW] = (S.WITHDRAWN,)
        table[state, M.CLOSE_GONE] = (S.GONE,)
    for state in (S.NOT_TAKEN, *unfavourable):
        table[state, M.ASK_REVIEW] = (S.REVIEW,)
    return table


_PROCEEDING: Final[Moves] = {
    (S.NEW, M.FILE): (S.FILED,),
    (S.FILED, M.ASK_SUPPLEMENT): (S.SUPPLEMENT,),
    (S.FILED, M.ACCEPT): (S.RUNNING,),
    (S.FILED, M.REFUSE): (S.NOT_TAKEN,),
    (S.FILED, M.WITHDRAW): (S.WITHDRAWN,),
    (S.FILED, M.CLOSE_GONE): (S.GONE,),
    (S.SUPPLEMENT, M.ADD): (S.FILED,),
    (S.SUPPLEMENT, M.REFUSE): (S.NOT_TAKEN,),
    (S.SUPPLEMENT, M.WITHDRAW): (S.WITHDRAWN,),
    (S.RUNNING, M.CONCLUDE): (S.MAINTAINED, S.ORDERED, S.WITHDRAWN),
    (S.RUNNING, M.CLOSE_GONE): (S.GONE,),
    (S.ORDERED, M.CARRY_OUT): (S.CARRIED_OUT,),
    (S.ORDERED, M.CLOSE_GONE): (S.GONE,),
}
_REPAIR: Final[Moves] = _handled(S.GRANTED, S.DENIED, unfavourable=(S.DENIED,)) | {
    (S.GRANTED, M.NOTIFY_FALSE): (S.CANCELLING,),
    (S.CANCELLING, M.CANCEL): (S.CANCELLED,),
    (S.CANCELLING, M.LET_STAND): (S.GRANTED,),
}


def _watched(table: Moves) -> Moves:
    """Reminders and escalations change nothing but the record of them."""
    kept = dict(table)
    for state in {was for was, _ in table} & OPEN:
        kept[state, M.REMIND] = kept[state, M.ESCALATE] = (state,)
    return kept


MACHINES: Final[Mapping[Kind, Moves]] = {
    K.OBJECTION: _watched(
        _handled(S.CORRECTED, S.DELETED, S.KEPT, unfavourable=(S.KEPT, S.CORRECTED))
    ),
    K.REPAIR: _watched(_REPAIR),
    K.PROCEEDING: _watched(_PROCEEDING),
    K.COMPLAINT: _watched(_handled(S.FOUNDED, S.UNFOUNDED, unfavourable=(S.UNFOUNDED,))),
    K.INFRINGEMENT: _watched(_handled(S.FOUNDED, S.UNFOUNDED, unfavourable=(S.UNFOUNDED,))),
}

REASONED: Final = frozenset(
    {
        M.ASK_SUPPLEMENT, M.REFUSE, M.PROPOSE, M.SEND_BACK, M.DECIDE, M.CLOSE_GONE, M.REVIEW_KEEP,
        M.REVIEW_RETURN, M.CONCLUDE, M.CARRY_OUT, M.NOTIFY_FALSE, M.CANCEL, M.LET_STAND,
        M.ASK_REVIEW,
    }
)  # fmt: skip
"""Moves that say why."""

BY_SUBJECT: Final = frozenset({M.FILE, M.ADD, M.WITHDRAW, M.ASK_REVIEW})
BY_SYSTEM: Final = frozenset({M.REMIND, M.ESCALATE})
ONCE: Final = frozenset({M.ASK_REVIEW})
_HANDLED_BEFORE: Final = (
    M.FILE, M.ADD, M.ASK_REVIEW, M.ACCEPT, M.REFUSE, M.PROPOSE, M.SEND_BACK, M.DECIDE,
)  # fmt: skip
BARRED: Final[Mapping[Move, tuple[Move, ...]]] = {
    M.ACCEPT: (M.FILE, M.ADD),
    M.REFUSE: (M.FILE, M.ADD),
    M.ASK_SUPPLEMENT: (M.FILE, M.ADD),
    M.PROPOSE: (M.FILE, M.ADD),
    M.SEND_BACK: (M.FILE, M.ADD, M.PROPOSE),
    M.DECIDE: (M.FILE, M.ADD, M.PROPOSE, M.DECIDE),
    M.CLOSE_GONE: (M.FILE, M.ADD),
    M.REVIEW_KEEP: _HANDLED_BEFORE,
    M.REVIEW_RETURN: _HANDLED_BEFORE,
    M.CANCEL: (M.FILE, M.ADD, M.NOTIFY_FALSE),
    M.LET_STAND: (M.FILE, M.ADD, M.NOTIFY_FALSE),
}
"""Who did one of these does not do that 回避: another person takes the second look."""

OWN_ENTRY: Final = frozenset({M.DECIDE, M.REVIEW_KEEP, M.REVIEW_RETURN})
"""Moves not made by who entered the record the case is about."""


def next_state(course: Course, step: Step) -> State:
    """The state after a step.

    Raises: `MoveNotAllowed`, `OutcomeNeeded`, `WrongDay`, `ReasonNeeded`, `SameHands`,
    `TooEarly`, `TooLate`.
    """
    after = MACHINES[course.kind].get((course.state, step.move))
    again = step.move in ONCE and any(one.move is step.move for one in course.past)
    if after is None or again:
        raise MoveNotAllowed(state=course.state.value, move=step.move.value)
    if len(after) > 1 and step.outcome not in after:
        raise OutcomeNeeded
    if step.on < course.last_on:
        raise WrongDay(on=step.on, last=course.last_on)
    if step.move in REASONED and not step.reason.strip():
        raise ReasonNeeded
    if barred(course, step):
        raise SameHands
    _in_time(course, step)
    return step.outcome if step.outcome in after else after[0]


def barred(course: Course, step: Step) -> bool:
    """Whether this person must leave the step to another; nobody and the machine always must."""
    if step.move in BY_SYSTEM:
        return False
    if step.login in {"", "system"}:
        return True
    if step.move in OWN_ENTRY and step.login == course.entered_by:
        return True
    own = {one.move for one in course.past if one.login == step.login}
    return not own.isdisjoint(BARRED.get(step.move, ()))


def _in_time(course: Course, step: Step) -> None:
    """The subject's own time is the subject's: not cut short, and it ends."""
    if course.due_on is None:
        return
    if course.state in (S.SUPPLEMENT, S.CANCELLING):
        early = step.move in {M.REFUSE, M.CANCEL}
        if early and step.on <= course.due_on:
            raise TooEarly(until=course.due_on)
    elif step.move is M.ASK_REVIEW and step.on > course.due_on:
        raise TooLate(until=course.due_on)


def allowed(course: Course) -> tuple[Move, ...]:
    """The moves a state allows, in the order of the table."""
    done = {one.move for one in course.past}
    return tuple(
        move
        for (state, move) in MACHINES[course.kind]
        if state is course.state and not (move in ONCE and move in done)
    )


def turn_of(kind: Kind, state: State) -> Turn:
    """Whose turn it is in a state."""
    if state not in OPEN:
        return Turn.NOBODY
    if state is S.SUPPLEMENT:
        return Turn.SUBJECT
    if kind in (K.COMPLAINT, K.INFRINGEMENT):
        return Turn.CENTRE
    centre = {
        K.OBJECTION: {S.FILED, S.REVIEW},
        K.PROCEEDING: {S.FILED},
        K.REPAIR: set(),
    }[kind]
    return Turn.CENTRE if state in centre else Turn.SOURCE
