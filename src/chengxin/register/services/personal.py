"""Reading the personal fields of a record."""

import json
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.errors import NotPermitted
from chengxin.looks.services import look
from chengxin.looks.values import Decision
from chengxin.register.errors import PurposeNeeded, UnknownRecord
from chengxin.register.models import Record


def open_personal(
    *, record_id: UUID, purpose: str, known_purposes: Collection[str], basis: str, by: Actor
) -> dict[str, str]:
    """Read the personal fields of a record 查阅自然人信息: for a purpose, under a power, logged.

    The entry in the log is written in the same transaction as the read; a refused attempt is
    logged too, in a transaction of its own. Law: PIPL 第十三条、第三十四条; charter 4.
    Raises: `UnknownRecord`, `NotPermitted`, `PurposeNeeded`.
    """
    try:
        with transaction.atomic():
            return _opened(record_id, purpose, known_purposes, basis, by)
    except (NotPermitted, PurposeNeeded) as refusal:
        with transaction.atomic():
            audit.note(
                by=by,
                verb="register.open_personal.refused",
                target=f"record:{record_id}",
                purpose=purpose,
                facts={"code": refusal.code},
            )
            row = Record.objects.filter(id=record_id).first()
            if row is not None:
                look(
                    subject=row.subject_id,
                    record=row.id,
                    fields=(),
                    by=by,
                    purpose=purpose,
                    basis=basis,
                    decision=Decision.REFUSED,
                )
        raise


def _opened(
    record_id: UUID, purpose: str, known_purposes: Collection[str], basis: str, by: Actor
) -> dict[str, str]:
    row = Record.objects.filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    by.require("subjects.read_person", unit=row.unit)
    if purpose not in known_purposes:
        raise PurposeNeeded(known=sorted(known_purposes))
    personal: dict[str, str] = {}
    for event in row.events.order_by("known_at", "id"):
        if event.sealed is not None:
            personal |= json.loads(sealer().unseal(bytes(event.sealed)))
    audit.note(
        by=by,
        verb="register.open_personal",
        target=f"record:{record_id}",
        unit=row.unit,
        purpose=purpose,
        facts={"fields": sorted(personal), "subject": str(row.subject_id)},
    )
    look(
        subject=row.subject_id,
        record=row.id,
        fields=sorted(personal),
        by=by,
        purpose=purpose,
        basis=basis,
    )
    return personal
