"""Shielding in reorganisation 破产重整暂时屏蔽: the past waits while the plan runs."""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.casework.errors import DocumentNeeded, NoPlan, ReasonNeeded
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.register import queries as register
from chengxin.register import services as writing
from chengxin.register.values import RecordState

SHIELD = "casework.shield"
COURT_ITEM, PROCEDURE, APPROVED = "bankruptcy", "bankruptcy_procedure", "plan_approved"


@transaction.atomic
def shield(
    *, order: UUID, until: date, reason: str, by: Actor, on: date, book: Rulebook
) -> tuple[str, int]:
    """Hide every adverse record of a subject in reorganisation, from today until the plan ends.

    `order` is the record of the court's order; `until` the first day after the plan. Each record's
    own term runs on. Returns: the number of the act, and how many records it hides.

    Law: the item's own basis (企业破产法) and 信用修复管理办法.
    Raises: `NotPermitted`, `NoPlan`, `ReasonNeeded`.
    """
    by.require(SHIELD)
    if not reason.strip():
        raise ReasonNeeded
    ruling = register.state(order, on=on, known=now())
    if not _orders(ruling) or until <= on:
        raise NoPlan
    assert ruling is not None  # noqa: S101 – `_orders` has seen to it
    assert ruling.subject is not None  # noqa: S101 – likewise
    number = f"PB{on:%Y%m%d}-{secrets.token_hex(4)}"
    found = register.records_of(ruling.subject, on=on, known=now())
    hidden = [one for one in found if one.adverse and not one.hidden_by and one.revoked_on is None]
    writing.hold(*(one.id for one in hidden))
    for one in hidden:
        writing.shield(
            record_id=one.id,
            case=number,
            since=on,
            until=until,
            basis=f"{ruling.document_number}",
            by=by,
            edition=book.edition,
        )
    return number, len(hidden)


@transaction.atomic
def end_shield(*, number: str, subject: UUID, by: Actor, on: date, book: Rulebook) -> int:
    """End a shield before its day, as when the plan fails 提前结束. Returns: how many records."""
    by.require(SHIELD)
    if not number.strip():
        raise DocumentNeeded
    found = [
        one
        for one in register.records_of(subject, on=on, known=now())
        if one.hidden_by == "shielded"
    ]
    for one in found:
        writing.end_shield(
            record_id=one.id, case=number, on=on, basis=number, by=by, edition=book.edition
        )
    return len(found)


def _orders(ruling: RecordState | None) -> bool:
    return (
        ruling is not None
        and ruling.item == COURT_ITEM
        and ruling.subject is not None
        and ruling.revoked_on is None
        and ruling.facts.get(PROCEDURE) == APPROVED
    )
