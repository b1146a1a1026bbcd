"""Asking a unit why it looked, and its answer."""

import json
import secrets
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.looks.values import Via
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft
from chengxin.policy.errors import BeyondCalendar
from chengxin.policy.values import Rulebook
from chengxin.rights.errors import (
    AlreadyAsked,
    AnsweredAlready,
    AnswersOwnLook,
    OwnLook,
    UnknownQuestion,
    WordsMissing,
)
from chengxin.rights.models import Question
from chengxin.rights.queries.questions import rows_waiting
from chengxin.rights.queries.tracking import one_look
from chengxin.rights.values import LONGEST_WORDS

DEADLINE = "rights.answer_deadline"


@transaction.atomic
def ask_why(
    *, look_id: UUID, subject: UUID, text: str, by: Actor, on: date, book: Rulebook
) -> Question:
    """Ask the unit that looked why it did 问为什么; it answers within working days.

    Raises: `NotPermitted`, `UnknownLook`, `OwnLook`, `AlreadyAsked`.
    """
    by.require_for("rights.ask", subject)
    look = one_look(look_id, subject)
    if look.via == Via.OWN:
        raise OwnLook
    held = Question.objects.select_for_update().filter(look=look.id).first()
    if held is not None:
        raise AlreadyAsked(number=held.number)
    rule = book.on(on, DEADLINE)
    try:
        due = book.calendar.add_working_days(on, int(rule.value))
    except BeyondCalendar:  # a right is not refused because next year's holidays are not out
        due = None
    moment = now()
    number = f"WX{moment:%Y%m%d}-{secrets.token_hex(3).upper()}"
    row = Question.objects.create(
        id=time_ordered(moment),
        number=number,
        subject_id=subject,
        look=look.id,
        looked_by=look.login,
        unit=look.unit,
        sealed=_sealed(text.strip()[:LONGEST_WORDS], number),
        asked_by=by.login,
        asked_at=moment,
        due_on=due,
        basis=str(rule.basis),
        edition=book.edition,
    )
    audit.note(
        by=by,
        verb="rights.ask",
        target=f"question:{number}",
        unit=look.unit,
        basis=str(rule.basis),
        facts={"look": str(look.id), "due_on": due},
    )
    return row


@transaction.atomic
def answer(*, number: str, text: str, by: Actor, book: Rulebook) -> Question:
    """Answer a question 答复; the subject is told. Not by who looked.

    Raises: `NotPermitted`, `UnknownQuestion`, `AnsweredAlready`, `AnswersOwnLook`,
    `WordsMissing`.
    """
    del book
    row = rows_waiting(by).select_for_update().filter(number=number).first()
    if row is None:
        raise UnknownQuestion(asked=number)
    if row.answered_at is not None:
        raise AnsweredAlready(number=number)
    if row.looked_by == by.login:
        raise AnswersOwnLook
    words = text.strip()
    if not words or len(words) > LONGEST_WORDS:
        raise WordsMissing(most=LONGEST_WORDS)
    row.sealed_answer = _sealed(words, number)
    row.answered_by, row.answered_at = by.login, now()
    row.save(update_fields=["sealed_answer", "answered_by", "answered_at"])
    told = Draft(
        about=row.id,
        to_subject=row.subject_id,
        template="question_answered",
        served=False,
        delivered_on=None,
        basis=row.basis,
        facts={"question": number, "unit": row.unit},
    )
    post_many([told])
    audit.note(
        by=by, verb="rights.answer", target=f"question:{number}", unit=row.unit, basis=row.basis
    )
    return row


def _sealed(text: str, number: str) -> bytes:
    return sealer().seal(json.dumps({"text": text}, ensure_ascii=False).encode(), owner=number)
