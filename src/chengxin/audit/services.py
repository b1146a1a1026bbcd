"""The one writer of the log, and how it is followed."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC
from typing import Any

from django.db import transaction

from chengxin.audit.models import AuditEntry, LogHead, LogReader
from chengxin.audit.rules import entry_hash
from chengxin.audit.values import GENESIS, Act
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now


def note(
    *,
    by: Actor,
    verb: str,
    target: str,
    unit: str = "",
    purpose: str = "",
    basis: str = "",
    facts: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry for the act 操作 under way; call it last, in the act's own transaction.

    The head row is locked until the transaction ends, which is what keeps the chain single;
    so an act does its own work first and notes it at the end. `facts` holds counts, digests
    and public identifiers, never personal data.

    Raises: `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError
    head = _locked_head()
    moment = now().astimezone(UTC)
    entry = {
        "sequence": head.sequence + 1,
        "at": moment.isoformat(timespec="microseconds"),
        "login": by.login,
        "unit": unit or by.unit,
        "verb": verb,
        "target": target,
        "purpose": purpose,
        "basis": basis,
        "facts": json.loads(canonical_json(dict(facts or {}))),
    }
    digest = entry_hash(head.hash, entry)
    written = AuditEntry.objects.create(
        **{**entry, "at": moment}, previous_hash=head.hash, hash=digest
    )
    LogHead.objects.filter(id=1).update(sequence=written.sequence, hash=digest)
    return written


def _locked_head() -> LogHead:
    locked = LogHead.objects.select_for_update()
    if found := locked.filter(id=1).first():
        return found
    LogHead.objects.bulk_create([LogHead(id=1, sequence=0, hash=GENESIS)], ignore_conflicts=True)
    return locked.get(id=1)


def read_on(*, reader: str, verbs: Collection[str], limit: int) -> list[Act]:
    """The acts of some kinds that `reader` has not dealt with yet, oldest first.

    Call it in the transaction that deals with them: until that ends nobody else reads under this
    name, and if it is cut off they are read again. The log has no gaps and is in the order in
    which acts became true, so nothing is missed and nothing is read twice.

    Raises: `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError
    LogReader.objects.bulk_create([LogReader(name=reader)], ignore_conflicts=True)
    place = LogReader.objects.select_for_update().get(name=reader)
    end = LogHead.objects.filter(id=1).values_list("sequence", flat=True).first() or 0
    rows = AuditEntry.objects.filter(
        sequence__gt=place.sequence, sequence__lte=end, verb__in=verbs
    ).order_by("sequence")
    found = list(rows[:limit])
    reached = found[-1].sequence if len(found) == limit else max(end, place.sequence)
    if reached != place.sequence:
        place.sequence = reached
        place.save(update_fields=["sequence"])
    return [Act(one.sequence, one.verb, one.target, one.facts) for one in found]
