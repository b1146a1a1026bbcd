"""No notice, no effect 未告知不生效: what an adverse effect may not lack.

The same is asked again by the database when the event is stored: `schema`.
Law: 国办发〔2020〕49号; charter 5 and 7.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from chengxin.measures.values import Act, EntryAct, Imposition, Life

NOBODY: Final = frozenset({"", "system"})


def entry_lacks(life: Life, act: Act, *, needs_approval: bool = False) -> tuple[str, ...]:
    """What a decision or its service lacks: codes of `errors.LACKS`; empty if nothing."""
    if act.kind is EntryAct.DECIDED:
        return tuple(_decision(life, act, needs_approval=needs_approval))
    if act.kind is EntryAct.SERVED and (
        act.told_on is None or life.decided_on is None or act.told_on < life.decided_on
    ):
        return ("notice",)
    return ()


def _decision(life: Life, act: Act, *, needs_approval: bool) -> Iterator[str]:
    told_on = act.told_on if life.notified_on is not None else None
    if not act.exemption:
        yield from _notice(told_on, act.waits_until, act.on)
    if life.hearing_asked and not life.heard:
        yield "hearing"
    if not act.reason.strip():
        yield "reason"
    if not act.remedy.strip():
        yield "remedy"
    if not act.document.strip():
        yield "document"
    if needs_approval and not act.approval.strip():
        yield "approval"
    if act.login in NOBODY:
        yield "official"
    elif act.login == life.proposed_by:
        yield "four_eyes"


def _notice(told_on: date | None, waits_until: date | None, on: date) -> Iterator[str]:
    if told_on is None or told_on > on:
        yield "notice"
    elif waits_until is None or not told_on < waits_until <= on:
        yield "waiting"


def imposition_lacks(asked: Imposition) -> tuple[str, ...]:
    """What a measure lacks before it may be imposed; an incentive needs only its official."""
    return tuple(_imposition(asked))


def _imposition(asked: Imposition) -> Iterator[str]:
    if asked.subject_kind == "natural_person":
        yield "person"
    if asked.login in NOBODY:
        yield "official"
    elif asked.login == asked.proposed_by:
        yield "four_eyes"
    if not asked.reason.strip():
        yield "reason"
    if not asked.constraint:
        return
    if not asked.remedy.strip():
        yield "remedy"
    if not asked.exemption:
        yield from _notice(asked.told_on, asked.waits_until, asked.on)
