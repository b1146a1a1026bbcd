"""One step of a case, for every verb: lock, power, rule, event, mark, notice, log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.casework.errors import UnknownCase
from chengxin.casework.models import Case, CaseEvent
from chengxin.casework.queries import course_of, speaks, standing_of
from chengxin.casework.rules import OPEN, next_state, turn_of
from chengxin.casework.rules.clocks import clock, due, promised, pushed
from chengxin.casework.values import Course, Kind, Move, Said, State, Step
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.values import Rulebook
from chengxin.register import services as register
from chengxin.register.values import Mark, RecordState

FILE, CHECK, ANSWER, DECIDE, REVIEW = (
    "casework.file", "casework.check", "casework.answer", "casework.decide", "casework.review",
)  # fmt: skip
K, M = Kind, Move
_OFFICERS: Final[Mapping[Move, str]] = {
    M.ASK_SUPPLEMENT: CHECK, M.ACCEPT: CHECK, M.REFUSE: CHECK, M.PROPOSE: ANSWER,
    M.SEND_BACK: DECIDE, M.DECIDE: DECIDE, M.CLOSE_GONE: DECIDE, M.REVIEW_KEEP: REVIEW,
    M.REVIEW_RETURN: REVIEW, M.CONCLUDE: ANSWER, M.CARRY_OUT: DECIDE, M.NOTIFY_FALSE: ANSWER,
    M.CANCEL: DECIDE, M.LET_STAND: DECIDE, M.REMIND: "casework.watch", M.ESCALATE: "casework.watch",
}  # fmt: skip
_OF_THE_UNIT: Final = {CHECK: ANSWER, REVIEW: DECIDE}  # 谁认定、谁修复: its unit does all of it
_OF_THE_CENTRE: Final = {ANSWER: CHECK, DECIDE: REVIEW}
MARKED_WHILE: Final = frozenset({State.RUNNING, State.ORDERED})


def power(kind: Kind, move: Move) -> str:
    """The power a step takes. A repair is wholly its unit's, a complaint wholly the centre's."""
    verb = _OFFICERS.get(move, FILE)
    if kind is K.REPAIR:
        return _OF_THE_UNIT.get(verb, verb)
    if kind in (K.COMPLAINT, K.INFRINGEMENT):
        return _OF_THE_CENTRE.get(verb, verb)
    return verb


@dataclass
class Held:
    """A case nobody else changes until the transaction ends, and its record as it stands."""

    case: Case
    course: Course
    standing: RecordState | None

    @property
    def kind(self) -> Kind:
        """What it is about."""
        return self.course.kind


def held(number: str, move: Move, *, by: Actor, on: date) -> Held:
    """Lock a case for a step this actor may take. Raises: `UnknownCase`, `NotPermitted`."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError
    found = Case.objects.filter(number=number).values("record_id", "id").first()
    if found is None:
        raise UnknownCase(asked=number)
    if found["record_id"]:  # always the record first: nobody waits for the other way round
        register.hold(found["record_id"])
    rows = Case.objects.select_for_update(of=("self",)).select_related("record")
    case = rows.get(id=found["id"])
    verb = power(Kind(case.kind), move)
    if verb == FILE:
        require_speaking(by, case.subject_id)
    else:
        by.require(verb, unit=case.unit)
    return Held(case, course_of(case), standing_of(case, on=on))


def require_speaking(by: Actor, subject: UUID) -> None:
    """Raises: `NotPermitted` unless the actor speaks for the subject, or for one body with it."""
    if not speaks(by, subject):
        by.require_for(FILE, subject)


def take(
    was: Held,
    step: Step,
    *,
    by: Actor,
    book: Rulebook,
    facts: Mapping[str, Any] | None = None,
    said: Said | None = None,
    counted_from: date | None = None,
) -> Case:
    """Ask the rules whether a step may follow; append its event, set or take the mark, tell, note.

    `counted_from`: the day the next term counts from, if not the day of the step.
    Raises: as `rules.next_state`.
    """
    case, after = was.case, next_state(was.course, step)
    rules = _clocks(was, step, after, counted_from or step.on, book)
    CaseEvent.objects.create(
        case=case,
        move=step.move.value,
        state=after.value,
        turn=turn_of(was.kind, after).value,
        due_on=rules.due_on,
        promised_on=rules.promised_on,
        effective_on=step.on,
        known_at=now(),
        login=by.login,
        unit=by.unit,
        reason=hide_id_numbers(step.reason.strip()),
        facts=dict(facts or {}),
        sealed=sealer().seal(canonical_json(said.as_json())) if said else None,
        basis=rules.basis or case.basis,
        edition=book.edition,
    )
    case.refresh_from_db()
    _mark(was, after, step.on, by, book)
    if step.move is not Move.REMIND:
        tell(case, step)
    audit.note(
        by=by,
        verb=f"casework.{step.move.value}",
        target=f"case:{case.number}",
        unit=case.unit,
        basis=rules.basis or case.basis,
        facts={"kind": case.kind, "state": after.value, "on": step.on.isoformat()},
    )
    return case


@dataclass(frozen=True)
class _Clocks:
    due_on: date | None
    promised_on: date | None
    basis: str = ""


def _clocks(was: Held, step: Step, after: State, start: date, book: Rulebook) -> _Clocks:
    """By when the next step is due, and what day the subject is promised."""
    kept = was.case.promised_on
    if step.move in (Move.REMIND, Move.ESCALATE):
        return _Clocks(was.case.due_on, kept)
    name = clock(was.kind, after)
    answer = due(name, start, book) if name else None
    if step.move in (Move.FILE, Move.REVIEW_RETURN) and (total := promised(was.kind)):
        kept = due(total, start, book).value
    elif step.move is Move.ADD:
        asked = next((one.on for one in reversed(was.course.past)), step.on)
        kept = pushed(kept, asked, step.on, book)
    elif step.move is Move.ASK_REVIEW and answer is not None:
        kept = answer.value
    last = answer.value if answer else None
    working = after in (State.WORKING, State.PROPOSED)
    if working and last is not None and kept is not None:
        last = max(min(last, kept), step.on)
    return _Clocks(last, kept, str(answer.basis) if answer else "")


def _mark(was: Held, after: State, on: date, by: Actor, book: Rulebook) -> None:
    """The mark stands beside the record exactly while the case runs."""
    record, case = was.case.record_id, was.case
    if record is None or was.kind not in (Kind.OBJECTION, Kind.PROCEEDING):
        return
    running = OPEN if was.kind is Kind.OBJECTION else MARKED_WHILE
    before, still = was.course.state in running, after in running
    if still and not before:
        kind = str(case.facts.get("proceeding", was.kind.value))
        said = Mark(kind, case.number, case.field, on)
        register.mark(record_id=record, said=said, basis=case.basis, by=by, edition=book.edition)
    elif before and not still:
        register.unmark(
            record_id=record,
            case=case.number,
            on=on,
            basis=case.basis,
            by=by,
            edition=book.edition,
        )


def tell(case: Case, step: Step) -> None:
    """A notice to the subject of what happened, why, and what comes next."""
    facts = {
        "case": case.number,
        "record": str(case.record_id or ""),
        "state": case.state,
        "reason": hide_id_numbers(step.reason.strip()),
        "due_on": case.due_on.isoformat() if case.due_on else "",
        "promised_on": case.promised_on.isoformat() if case.promised_on else "",
    }
    draft = Draft(
        about=case.id,
        to_subject=case.subject_id,
        template=f"case_{case.kind}_{step.move.value}",
        served=False,
        delivered_on=None,
        basis=case.basis,
        facts=facts,
    )
    post_many([draft])
