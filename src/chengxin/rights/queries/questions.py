"""Questions about looks, for who asked and for the unit that must answer."""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from chengxin.access.queries import sealer
from chengxin.kernel.actor import Actor
from chengxin.rights.models import Question
from chengxin.rights.values import QuestionView
from chengxin.subjects.queries import family

READ, ANSWER = "rights.read", "rights.answer"


def questions_of(subject: UUID, *, by: Actor, on: date) -> list[QuestionView]:
    """What a subject asked, newest first. Raises: `NotPermitted`."""
    by.require_for(READ, subject)
    rows = Question.objects.filter(subject__in=family(subject)).order_by("-asked_at")
    return [view(row, on) for row in rows]


def rows_waiting(by: Actor) -> QuerySet[Question]:
    """Questions the officer's unit has to answer; those of nobody's unit are the centre's."""
    by.require(ANSWER, unit=by.unit)
    rows = Question.objects.order_by(F("due_on").asc(nulls_last=True), "asked_at")
    return rows if by.may(ANSWER, unit="") else rows.filter(unit=by.unit)


def waiting(*, by: Actor, on: date, answered: bool = False) -> Sequence[QuestionView]:
    """The unit's questions, the most urgent first. Raises: `NotPermitted`."""
    rows = rows_waiting(by).filter(answered_at__isnull=not answered)
    return [view(row, on) for row in rows[:500]]


def waiting_count(by: Actor) -> int:
    """How many wait; 0 for who answers none."""
    if not by.may(ANSWER):
        return 0
    return rows_waiting(by).filter(answered_at=None).count()


def view(row: Question, on: date) -> QuestionView:
    """A question with its words."""
    answer = _words(row.sealed_answer, row) if row.sealed_answer else ""
    late = row.answered_at is None and row.due_on is not None and on > row.due_on
    return QuestionView(
        number=row.number,
        look=row.look,
        unit=row.unit,
        text=_words(row.sealed, row),
        asked_at=row.asked_at,
        due_on=row.due_on,
        overdue=late,
        answer=answer,
        answered_at=row.answered_at,
    )


def _words(sealed: bytes | memoryview, row: Question) -> str:
    return str(json.loads(sealer().unseal(bytes(sealed), owner=row.number))["text"])
