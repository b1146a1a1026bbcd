"""What waits in cases: the most pressing first, with its clock; and one case on one screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chengxin.casework import queries as casework
from chengxin.casework.queries import Case
from chengxin.casework.rules import allowed, barred, harm, left
from chengxin.casework.rules.wordings import DRAFTS, KINDS, STATES, TURNS, Word
from chengxin.casework.services.stepping import FILE, power
from chengxin.casework.values import Kind, Move, Step
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.measures.queries import measures_of
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import facts_of
from chengxin.register import queries as register
from chengxin.register.values import RecordState
from chengxin.subjects.queries import called

MOST = 300
USUAL = frozenset({Move.ACCEPT, Move.PROPOSE, Move.DECIDE, Move.CONCLUDE, Move.CARRY_OUT})
BY_MACHINE = frozenset({Move.REMIND, Move.ESCALATE})


@dataclass(frozen=True)
class Line:
    """A case in the queue. `left`: working days, negative overdue, None where nobody can say."""

    case: Case
    kind: Word
    state: Word
    turn: Word
    who: str
    left: int | None
    harm: int
    signs: frozenset[str]


def casework_waiting(by: Actor) -> int:
    """How many cases wait for this officer's side."""
    return casework.waiting(by=by).count() if by.may("casework.read") else 0


def lines(rows: Sequence[Case], *, on: date, book: Rulebook) -> list[Line]:
    """Cases with what their records may be doing meanwhile, the most pressing first."""
    records = [one.record_id for one in rows if one.record_id]
    states = {one.id: one for one in register.states_of(records, on=on, known=now())}
    facts = facts_of(records, on=on, book=book)
    binding = measures_of(records, on=on, book=book)
    names = called({one.subject_id for one in rows})
    found = []
    for one in rows:
        remaining = left(one.due_on, on, book) if one.open else None
        state = states.get(one.record_id) if one.record_id else None
        fact = facts.get(one.record_id) if one.record_id else None
        signs = _signs(one, state, remaining, book)
        if fact is not None and fact.showing.on(on):
            signs.add("public")
        if one.record_id in binding:
            signs.add("measured")
        who = names[one.subject_id][1] if one.subject_id in names else ""
        words = (KINDS[one.kind], STATES[one.state], TURNS[one.turn])
        pressing = harm(signs, on, book)
        found.append(Line(one, *words, who, remaining, pressing, frozenset(signs)))
    far = date.max
    return sorted(found, key=lambda line: (-line.harm, line.case.due_on or far, line.case.number))


def _signs(
    case: Case, state: RecordState | None, remaining: int | None, book: Rulebook
) -> set[str]:
    signs = set()
    if remaining is not None and remaining < 0:
        signs.add("overdue")
    if case.kind == Kind.PROCEEDING:
        signs.add("proceeding")
    if state is not None and state.adverse:
        signs.add("adverse")
        if book.consequences.list_of(state.item, state.facts.get("list_code", "")):
            signs.add("listed")
    return signs


def steps(case: Case, *, by: Actor, on: date) -> tuple[list[Move], bool]:
    """The steps that stand open for this officer; and whether some are barred for being its own."""
    course = casework.course_of(case)
    mine, own = [], False
    for move in allowed(course):
        verb = power(course.kind, move)
        if verb == FILE or move in BY_MACHINE or not by.may(verb, case.unit):
            continue
        if barred(course, Step(move, on, by.login)):
            own = True
        else:
            mine.append(move)
    return sorted(mine, key=lambda move: move not in USUAL), own


def drafts(case: Case, move: Move, state: RecordState | None, book: Rulebook) -> list[str]:
    """Drafts of reasons with this case's words in them; a person edits and decides."""
    field = document = ""
    if state is not None:
        item = catalogue.item(book, state.item)
        labels = {one.name: one.label for one in item.fields}
        field, document = labels.get(case.field, "该信息"), state.document_number
    made = DRAFTS.get((Kind(case.kind), move), ())
    return [one.format(field=field, document=document) for one in made]


def stands(case: Case, state: RecordState | None, book: Rulebook) -> dict[str, Any]:
    """The doubted field as it was when the case was filed, and as it stands."""
    if state is None or not case.field:
        return {}
    item = catalogue.item(book, state.item)
    named = next((one for one in item.fields if one.name == case.field), None)
    if named is None or named.personal:
        return {}
    return {
        "label": named.label.replace(f"({named.source_unit})", ""),
        "label_en": named.label_en,
        "then": case.facts.get("stands", ""),
        "now": state.facts.get(case.field, ""),
    }
