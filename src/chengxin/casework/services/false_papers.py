"""False papers 虚假材料: told first, heard, then decided by another officer; never at once."""

from datetime import date

from django.db import transaction

from chengxin.casework.models import Case
from chengxin.casework.services.stepping import held, take
from chengxin.casework.values import Move, Step
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.measures.queries import entry_behind
from chengxin.policy.values import Rulebook
from chengxin.register import services as register


@transaction.atomic
def notify_false(*, number: str, reason: str, by: Actor, on: date, book: Rulebook) -> Case:
    """Tell the subject that a granted repair is to be undone 拟撤销, and why; it may answer.

    Nothing changes until its time is over. Law: parameter `repair.false_material_statement`.
    """
    step = Step(Move.NOTIFY_FALSE, on, by.login, reason)
    return take(held(number, step.move, by=by, on=on), step, by=by, book=book)


@transaction.atomic
def judge_false(
    *, number: str, false: bool, reason: str, by: Actor, on: date, book: Rulebook
) -> Case:
    """Undo a repair got by false papers 撤销准予, or let it stand; by another officer.

    Undone, the record shows again until its longest term, no day longer; and no new request is
    taken for the time of `repair.false_material_ban`. A list entry that was left early does not
    come back: entering a list takes its own notice and decision (charter 5).
    Raises: `TooEarly`, as `rules.next_state`.
    """
    move = Move.CANCEL if false else Move.LET_STAND
    was = held(number, move, by=by, on=on)
    case = take(was, Step(move, on, by.login, reason), by=by, book=book)
    if false and was.standing is not None and entry_behind(was.standing.id) is None:
        register.resume(
            record_id=was.standing.id,
            reason=hide_id_numbers(reason.strip()),
            on=on,
            basis=case.basis,
            by=by,
            edition=book.edition,
        )
    return case
