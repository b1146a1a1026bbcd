"""A case as the rules need it, and the record it is about."""

from datetime import date

from chengxin.casework.models import Case
from chengxin.casework.values import Course, Kind, Move, Past, State
from chengxin.kernel.clock import now
from chengxin.register import queries as register
from chengxin.register.values import RecordState


def course_of(case: Case) -> Course:
    """Where a case stands, and by whose hands it came there."""
    events = case.events.order_by("id").values_list("move", "login", "effective_on")
    return Course(
        kind=Kind(case.kind),
        state=State(case.state),
        last_on=case.last_on,
        due_on=case.due_on,
        past=tuple(Past(Move(move), login, on) for move, login, on in events),
        entered_by=case.entered_by,
    )


def standing_of(case: Case, *, on: date) -> RecordState | None:
    """The record a case is about, as it stands; None for a case about none."""
    if case.record_id is None or case.record is None:
        return None
    return register.state(case.record_id, on=max(on, case.record.decided_on), known=now())
