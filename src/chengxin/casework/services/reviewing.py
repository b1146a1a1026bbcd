"""A review 复核: the subject asks once, somebody who had no hand in it looks again."""

from datetime import date

from django.db import transaction

from chengxin.casework.models import Case
from chengxin.casework.services.stepping import held, take
from chengxin.casework.values import Move, Step
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook


@transaction.atomic
def ask_review(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Ask for a review 申请复核 of an answer, with reasons; the mark stands again.

    Raises: `TooLate`, and as `rules.next_state`.
    """
    step = Step(Move.ASK_REVIEW, on, by.login, reason)
    return take(held(number, step.move, by=by, on=on), step, by=by, book=book)


@transaction.atomic
def review(*, number: str, keep: bool, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Let an answer stand 维持, or have the case handled again by other hands 退回重办."""
    move = Move.REVIEW_KEEP if keep else Move.REVIEW_RETURN
    step = Step(move, on, by.login, reason)
    return take(held(number, move, by=by, on=on), step, by=by, book=book)
