"""Erasing a record 清除: what the law says may not be held at all leaves the tables for good."""

import secrets
from uuid import UUID

import pgtrigger
from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json, sha256_hex
from chengxin.register.errors import NotSealed, UnknownRecord
from chengxin.register.models import EventKind, LinkCase, Record, RecordEvent, RecordLink
from chengxin.register.values import Erasure

ERASE = "register.erase"
_GUARDS = (
    "register.Record:append_only",
    "register.RecordEvent:append_only",
    "register.RecordLink:append_only",
    "register.LinkCase:no_delete",
)


@transaction.atomic
def erase(*, record_id: UUID, basis: str, by: Actor) -> Erasure:
    """Take a sealed record out of the tables, with its events, links and checks 清除.

    The log keeps that something was erased, when, by whom and on which law, but nothing that
    leads back to it: no id, no unit, no number. `by` is not who sealed it.

    Raises: `NotPermitted`, `UnknownRecord`, `NotSealed`.
    """
    row = Record.objects.select_for_update().filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    by.require(ERASE, unit=row.unit)
    sealed = RecordEvent.objects.filter(record_id=row.id, kind=EventKind.SEALED).last()
    if sealed is None or sealed.login == by.login:
        raise NotSealed
    events = RecordEvent.objects.filter(record_id=row.id).order_by("id")
    held = [
        {
            "kind": one.kind,
            "on": one.effective_on,
            "facts": one.facts,
            "sealed": bytes(one.sealed or b"").hex(),
        }
        for one in events
    ]
    digest = sha256_hex(canonical_json(held))
    secret = secrets.token_hex(32)
    with pgtrigger.ignore(*_GUARDS):
        LinkCase.objects.filter(record_id=row.id).delete()
        RecordLink.objects.filter(record_id=row.id).delete()
        events.delete()
        Record.objects.filter(id=row.id).delete()
    commitment = sha256_hex(f"{secret}:{digest}".encode())
    entry = audit.note(
        by=by, verb=ERASE, target="erasure", basis=basis, facts={"commitment": commitment}
    )
    return Erasure(commitment, secret, digest, entry.sequence)
