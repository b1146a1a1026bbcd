"""What the pages of evaluations show, and which steps stand open to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from chengxin.evaluation import queries as rooms
from chengxin.evaluation.queries import Evaluation, Standing
from chengxin.evaluation.values import State
from chengxin.kernel.actor import Actor
from chengxin.looks.services import computing
from chengxin.policy.values import Rulebook
from chengxin.policy.values.models import Grade, Model
from chengxin.subjects import queries as subjects
from chengxin.subjects.values import SubjectView

VERBS: Final = ("evaluation.run", "evaluation.serve", "evaluation.object", "evaluation.confirm")
SHOWN: Final = 12
MOST: Final = 99
STEPS: Final[Mapping[State, tuple[str, ...]]] = {
    State.PROPOSED: ("serve", "drop"),
    State.NOTIFIED: ("object_to", "confirm", "drop"),
}
POWERS: Final = {"object_to": "evaluation.object", "drop": "evaluation.confirm"}


@dataclass(frozen=True)
class Line:
    """An evaluation with its model, its grade and whose it is; `before` is what was in effect."""

    standing: Standing
    model: Model
    grade: Grade
    subject: SubjectView | None
    before: Grade | None = None


@dataclass(frozen=True)
class Run:
    """A snapshot with its model and how many of each grade."""

    snapshot: object
    model: Model
    grades: tuple[tuple[Grade, int], ...]


def sees(by: Actor) -> bool:
    """Whether the officer has anything to do with evaluations."""
    return any(by.may(verb) for verb in VERBS)


def units_of(by: Actor, book: Rulebook) -> list[str]:
    """The units whose models the officer sees. Raises: `NotPermitted`."""
    if not sees(by):
        by.require(VERBS[0])
    deciding = {one.decided_by for one in book.models.values()}
    return sorted(unit for unit in deciding if any(by.may(verb, unit) for verb in VERBS))


def waiting_rows(by: Actor, book: Rulebook) -> QuerySet[Evaluation]:
    """Worse grades that wait, of the models the officer sees, oldest first."""
    return rooms.waiting_rows(units=units_of(by, book), book=book)


def lines_of(rows: Iterable[Evaluation], book: Rulebook) -> list[Line]:
    """Evaluations as a table shows them."""
    return _lines(rooms.standings(list(rows), book=book), book)


@computing()
def waiting_count(by: Actor, book: Rulebook) -> int:
    """How many worse grades the officer sees that wait, up to `MOST`."""
    return len(waiting_rows(by, book).values_list("id")[:MOST]) if sees(by) else 0


def run_lines(by: Actor, book: Rulebook) -> list[Run]:
    """The latest snapshots of the models the officer sees."""
    found = rooms.runs(units=units_of(by, book), book=book, limit=SHOWN)
    return [
        Run(
            one,
            book.model(one.model),
            tuple(
                (grade, one.grades[grade.code])
                for grade in book.model(one.model).grades
                if one.grades.get(grade.code)
            ),
        )
        for one in found
    ]


def line_of(standing: Standing, *, on: date, book: Rulebook) -> Line:
    """One evaluation as its page shows it."""
    row = standing.evaluation
    (line,) = _lines([standing], book)
    others = rooms.in_force([row.subject_id], [row.model], on=on, book=book)
    held = others.get(row.subject_id, {}).get(row.model)
    before = line.model.grade(held.grade) if held and held.id != row.id else None
    return Line(standing, line.model, line.grade, line.subject, before)


def steps_of(standing: Standing, *, by: Actor, book: Rulebook) -> tuple[str, ...]:
    """The steps about a worse grade that stand open to the officer."""
    if not standing.evaluation.worse:
        return ()
    unit = book.model(standing.evaluation.model).decided_by
    return tuple(
        step
        for step in STEPS.get(standing.state, ())
        if by.may(POWERS.get(step, f"evaluation.{step}"), unit)
    )


def _lines(found: Sequence[Standing], book: Rulebook) -> list[Line]:
    named = subjects.entries([one.evaluation.subject_id for one in found])
    return [
        Line(
            one,
            model := book.model(one.evaluation.model),
            model.grade(one.evaluation.grade),
            named.get(one.evaluation.subject_id),
        )
        for one in found
    ]
