"""What the pages of list entries and measures show, and which steps stand open to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import get_language

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import today
from chengxin.looks.services import computing
from chengxin.measures import queries as rooms
from chengxin.measures.queries import EntryEvent, ListEntry, MeasureView
from chengxin.measures.values import EntryStanding, EntryState, MeasureState
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values import CreditList, MadeBy, Rulebook
from chengxin.publication.values import PublicFact
from chengxin.subjects import queries as subjects
from chengxin.subjects.values import SubjectView

S, M = EntryState, MeasureState
LATEST: Final = 100
ENTRY_STEPS: Final[Mapping[EntryState, tuple[str, ...]]] = {
    S.DRAFT: ("give_notice", "drop_entry"),
    S.NOTIFIED: ("record_statement", "record_hearing", "decide_entry", "drop_entry"),
    S.DECIDED: ("serve_decision", "revoke_entry"),
    S.IN_EFFECT: ("remove_entry", "revoke_entry"),
}
MEASURE_STEPS: Final[Mapping[MeasureState, tuple[str, ...]]] = {
    M.PROPOSED: ("impose", "decline"),
    M.IMPOSED: ("acknowledge",),
    M.ACKNOWLEDGED: ("feed_back",),
    M.FED_BACK: ("feed_back",),
    M.LIFTED: ("feed_back",),
}
POWERS: Final = {
    "drop_entry": "measures.decide_entry",
    "record_hearing": "measures.record_statement",
    "decline": "measures.impose",
    "acknowledge": "measures.execute",
    "feed_back": "measures.execute",
}


@dataclass(frozen=True)
class EntryLine:
    """An entry in a list of them."""

    row: ListEntry
    listed: CreditList
    standing: EntryStanding
    subject: SubjectView | None


@dataclass(frozen=True)
class EntryPage(EntryLine):
    """An entry with its events, its measures and the steps open to the officer."""

    events: tuple[EntryEvent, ...]
    measures: tuple[MeasureView, ...]
    steps: tuple[str, ...]
    own: bool


def lines(rows: Iterable[ListEntry], *, on: date, book: Rulebook) -> list[EntryLine]:
    """Entries as a table shows them."""
    kept = list(rows)
    named = subjects.entries([row.subject_id for row in kept])
    return [
        EntryLine(
            row,
            book.credit_list(row.list_code),
            rooms.standing(row, on=on, book=book),
            named.get(row.subject_id),
        )
        for row in kept
    ]


def entry_page(row: ListEntry, *, by: Actor, on: date, book: Rulebook) -> EntryPage:
    """One entry as its officer sees it."""
    (line,) = lines([row], on=on, book=book)
    life = line.standing.life
    steps = [
        step
        for step in ENTRY_STEPS.get(line.standing.state, ())
        if by.may(POWERS.get(step, f"measures.{step}"), row.unit)
        and (step != "record_hearing" or (life.hearing_asked and not life.heard))
    ]
    cases = rooms.measures(by=by).filter(record_id=row.record)
    return EntryPage(
        row=row,
        listed=line.listed,
        standing=line.standing,
        subject=line.subject,
        events=tuple(row.events.order_by("known_at", "id").defer("sealed")),
        measures=tuple(rooms.viewed(cases, on=on, book=book)),
        steps=tuple(steps),
        own=row.proposed_by == by.login,
    )


def measure_steps(view: MeasureView, *, by: Actor) -> tuple[str, ...]:
    """The steps about a measure that stand open to the officer."""
    if view.imposed is None and view.state is M.LIFTED:
        return ()
    return tuple(
        step
        for step in MEASURE_STEPS.get(view.state, ())
        if by.may(
            POWERS.get(step, f"measures.{step}"),
            view.case.unit if step in {"impose", "decline"} else view.case.executor,
        )
    )


def lists_for(fact: PublicFact, *, by: Actor, on: date, book: Rulebook) -> list[tuple[str, str]]:
    """The lists a record may be the evidence for, of those the officer's unit decides on."""
    if not by.may("measures.propose_entry", fact.passport.source_unit):
        return []
    chinese = (get_language() or "zh-hans").startswith("zh")
    return [
        (one.code, one.label if chinese else one.label_en)
        for one in book.consequences.lists.values()
        if one.made_by is MadeBy.DECISION and one.in_force(on)
        if by.unit in one.deciding_units and fact.item in one.evidence
    ]


@computing()
def measures_waiting(by: Actor) -> int:
    """How many measures wait for this officer: to be decided, taken or reported."""
    if not by.may("measures.read"):
        return 0
    latest = rooms.measures(by=by)[:LATEST]
    views = rooms.viewed(latest, on=today(), book=current_rulebook())
    open_ = {M.PROPOSED, M.IMPOSED, M.ACKNOWLEDGED}
    return sum(view.state in open_ and bool(measure_steps(view, by=by)) for view in views)
