"""By when: the terms of the rulebook, in working days. No guess beyond the calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from chengxin.casework.values import Kind, State
from chengxin.kernel.dates import add_months
from chengxin.law.values import Answer
from chengxin.policy.errors import BeyondCalendar
from chengxin.policy.values import Rulebook

K, S = Kind, State
_TERMS: Final[Mapping[State, str]] = {
    S.FILED: "acceptance_deadline",
    S.SUPPLEMENT: "supplement_period",
    S.PROPOSED: "confirmation_deadline",
    S.REVIEW: "review_deadline",
    S.CANCELLING: "false_material_statement",
    S.NOT_TAKEN: "review_request_period",
    S.KEPT: "review_request_period",
    S.CORRECTED: "review_request_period",
    S.DENIED: "review_request_period",
    S.UNFOUNDED: "review_request_period",
}
_OF: Final[Mapping[Kind, str]] = {
    K.OBJECTION: "objection",
    K.REPAIR: "repair",
    K.PROCEEDING: "proceeding",
    K.COMPLAINT: "complaint",
    K.INFRINGEMENT: "complaint",
}
WITHDRAWAL: Final = "publication.withdrawal_deadline"


def clock(kind: Kind, state: State) -> str:
    """The parameter that says how long a state may last; "" where none does."""
    if state is S.WORKING:
        return (
            "objection.answer_deadline" if kind is K.OBJECTION else f"{_OF[kind]}.decision_deadline"
        )
    if kind is K.PROCEEDING:
        special = {S.FILED: "proceeding.acceptance_deadline", S.ORDERED: WITHDRAWAL}
        return special.get(state, "objection.supplement_period" if state is S.SUPPLEMENT else "")
    term = _TERMS.get(state, "")
    return f"{_OF[kind]}.{term}" if term else ""


def promised(kind: Kind) -> str:
    """The parameter of the promised day; "" for a proceeding: another body decides it."""
    return "" if kind is K.PROCEEDING else f"{_OF[kind]}.promised_deadline"


def due(name: str, start: date, book: Rulebook) -> Answer[date | None]:
    """The last day of a term that began on `start`; None beyond the calendar.

    A right is not refused because next year's holidays are not out.
    """
    rule = book.on(start, name)
    if book.parameter(name).unit == "months":
        return rule.then(lambda months: add_months(start, int(months)))
    try:
        day = book.calendar.add_working_days(start, int(rule.value))
    except BeyondCalendar:
        return rule.then(lambda _: None)
    return rule.then(lambda _: day)


def pushed(day: date | None, asked_on: date, answered_on: date, book: Rulebook) -> date | None:
    """A promised day moved by the working days the subject took to supplement 补正不计入."""
    if day is None:
        return None
    try:
        taken = book.calendar.working_days_between(asked_on, answered_on)
        return book.calendar.add_working_days(day, taken)
    except BeyondCalendar:
        return None


def left(due_on: date | None, on: date, book: Rulebook) -> int | None:
    """Working days left, negative when overdue; None where nobody can say."""
    if due_on is None:
        return None
    try:
        return book.calendar.working_days_between(on, due_on)
    except BeyondCalendar:
        return None
