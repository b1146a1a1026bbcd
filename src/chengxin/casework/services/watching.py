"""Clocks 催办: who is slow is reminded, and what is overdue is seen by those above."""

from datetime import date

from django.db import transaction

from chengxin.casework.models import Case
from chengxin.casework.rules.clocks import left
from chengxin.casework.services.stepping import held, take
from chengxin.casework.values import Move, Step
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook

WATCH, REMINDER = "casework.watch", "casework.reminder"


def watch(*, by: Actor, on: date, book: Rulebook) -> dict[str, int]:
    """Remind of what is nearly due and escalate what is overdue, each once per term.

    Overdue, the subject is told so too, and the centre sees the case in its own queue. Nothing is
    decided by time: silence of an office is never an answer. Safe to run as often as one likes.
    """
    by.require(WATCH)
    before = int(book.on(on, REMINDER).value)
    done = {"remind": 0, "escalate": 0}
    numbers = Case.objects.filter(open=True, due_on__isnull=False).exclude(turn="subject")
    for number, due_on in numbers.values_list("number", "due_on"):
        remaining = left(due_on, on, book)
        if remaining is None or remaining > before:
            continue
        move = Move.ESCALATE if remaining < 0 else Move.REMIND
        if _step(number, move, by, on, book):
            done[move.value] += 1
    return done


@transaction.atomic
def _step(number: str, move: Move, by: Actor, on: date, book: Rulebook) -> bool:
    was = held(number, move, by=by, on=on)
    watched = {Move.REMIND, Move.ESCALATE}
    since = [one.move for one in was.course.past]
    while since and since[-1] in watched:
        if since.pop() is move:
            return False
    if not was.case.open or was.case.due_on is None or on < was.case.last_on:
        return False
    take(was, Step(move, on, by.login), by=by, book=book)
    return True
