"""What the subject does while a case runs: add to it, or take it back."""

from datetime import date

from django.db import transaction

from chengxin.casework.errors import NothingSaid
from chengxin.casework.models import Case
from chengxin.casework.services.papers import keep_papers
from chengxin.casework.services.stepping import held, take
from chengxin.casework.values import Move, Said, Step
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook


@transaction.atomic
def supplement(*, number: str, said: Said, by: Actor, on: date, book: Rulebook) -> Case:
    """Add what was asked for 补正. The promised day moves by the days this took.

    Raises: `NothingSaid`, `BadPaper`, and as `rules.next_state`.
    """
    was = held(number, Move.ADD, by=by, on=on)
    if not said.statement.strip() and not said.papers:
        raise NothingSaid
    case = take(was, Step(Move.ADD, on, by.login), by=by, book=book, said=said)
    keep_papers(case, said.papers, by)
    return case


@transaction.atomic
def withdraw(*, number: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Take a case back 撤回. Nothing is held against who does; a new one may be filed."""
    was = held(number, Move.WITHDRAW, by=by, on=on)
    return take(was, Step(Move.WITHDRAW, on, by.login), by=by, book=book)
