"""The one writer of the log."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db import transaction

from chengxin.audit.models import AuditEntry, LogHead
from chengxin.audit.rules import entry_hash
from chengxin.audit.values import GENESIS
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
