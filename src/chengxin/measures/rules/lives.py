"""The life of a list entry: one table of moves; whatever is not in it does not happen."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from chengxin.measures.errors import MoveNotAllowed, NoNoticeNoEffect, TextNeeded, WrongOrder
from chengxin.measures.rules.effects import entry_lacks
from chengxin.measures.values import Act, EntryAct, EntryState, Life

S, A = EntryState, EntryAct
MOVES: Final[Mapping[tuple[EntryState, EntryAct], EntryState]] = {
    (S.DRAFT, A.NOTIFIED): S.NOTIFIED,
    (S.DRAFT, A.DROPPED): S.DROPPED,
    (S.NOTIFIED, A.STATED): S.NOTIFIED,
    (S.NOTIFIED, A.HEARD): S.NOTIFIED,
    (S.NOTIFIED, A.DROPPED): S.DROPPED,
    (S.NOTIFIED, A.DECIDED): S.DECIDED,
    (S.DECIDED, A.SERVED): S.IN_EFFECT,
    (S.DECIDED, A.REVOKED): S.REVOKED,
    (S.IN_EFFECT, A.REMOVED): S.REMOVED,
    (S.IN_EFFECT, A.REVOKED): S.REVOKED,
}
REASONED: Final = frozenset({A.DROPPED, A.REMOVED, A.REVOKED})


def begin(proposed_by: str, on: date) -> Life:
    """A draft 拟列入: nothing follows from it."""
    return Life(S.DRAFT, proposed_by, on)


def advance(life: Life, act: Act, *, needs_approval: bool = False, basis: str = "") -> Life:
    """The life after an act.

    Raises: `MoveNotAllowed`, `WrongOrder`, `TextNeeded`, `NoNoticeNoEffect`.
    """
    after = MOVES.get((life.state, act.kind))
    if after is None:
        raise MoveNotAllowed(state=life.state.value, act=act.kind.value)
    if act.on < life.last_on:
        raise WrongOrder(on=act.on, last=life.last_on)
    if act.kind in REASONED and not act.reason.strip():
        raise TextNeeded(what="理由", what_en="reasons")
    lacks = entry_lacks(life, act, needs_approval=needs_approval)
    if lacks:
        raise NoNoticeNoEffect(lacks, basis)
    return step(life, act, after)


def step(life: Life, act: Act, after: EntryState) -> Life:
    """The life with an act's facts in it; whether it was allowed has been asked before."""
    moved = replace(life, state=after, last_on=max(act.on, life.last_on))
    if act.kind is A.NOTIFIED:
        return replace(moved, notified_on=act.on)
    if act.kind is A.STATED:
        asked = life.hearing_asked or act.hearing
        return replace(moved, stated=True, hearing_asked=asked)
    if act.kind is A.HEARD:
        return replace(moved, stated=True, heard=True)
    if act.kind is A.DECIDED:
        return replace(
            moved,
            decided_on=act.on,
            decided_by=act.login,
            decided_told_on=act.told_on,
            decided_waited=act.waits_until,
            decided_reason=act.reason,
            decided_remedy=act.remedy,
            document=act.document,
        )
    if act.kind is A.SERVED:
        return replace(moved, served_on=act.told_on)
    return replace(moved, ended_on=act.on)


def fold(first: Life, acts: Iterable[Act]) -> Life:
    """The life of stored acts, in the order they became known; each was allowed when stored."""
    life = first
    for act in acts:
        after = MOVES.get((life.state, act.kind))
        if after is not None:
            life = step(life, act, after)
    return life
