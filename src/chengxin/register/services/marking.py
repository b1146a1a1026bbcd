"""What stands beside a record 标注, and what hides it without ending it 屏蔽、封存.

Called by the verbs of cases, which have asked for the power, inside their transaction. Nothing
of the record itself changes.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.register.errors import UnknownRecord
from chengxin.register.models import EventKind, Record, RecordEvent
from chengxin.register.values import Holding, Mark


def hold(*record_ids: UUID) -> list[Holding]:
    """Lock records until the transaction ends, in one order for everybody; unknown ones lack."""
    rows = Record.objects.select_for_update().filter(id__in=record_ids).order_by("id")
    return [Holding(one.id, one.unit, one.subject_kind, one.decided_on) for one in rows]


def mark(*, record_id: UUID, said: Mark, basis: str, by: Actor, edition: str) -> None:
    """Say beside a record that a case about it runs 标注; seen by the next reader everywhere."""
    facts = {"mark": said.kind, "case": said.case, "field": said.field}
    _beside(record_id, EventKind.MARKED, said.since, facts, basis, by, edition)


def unmark(*, record_id: UUID, case: str, on: date, basis: str, by: Actor, edition: str) -> None:
    """Take the mark of a case away 取消标注."""
    _beside(record_id, EventKind.UNMARKED, on, {"case": case}, basis, by, edition)


def shield(
    *, record_id: UUID, case: str, since: date, until: date, basis: str, by: Actor, edition: str
) -> None:
    """Hide a record for a time 暂时屏蔽: from `since`, and by itself no longer from `until`.

    Its terms run on: nothing is shown longer because it was shielded.
    """
    facts = {"case": case, "until": until.isoformat()}
    _beside(record_id, EventKind.SHIELDED, since, facts, basis, by, edition)
    _beside(record_id, EventKind.SHIELD_ENDED, until, {"case": case}, basis, by, edition)


def end_shield(
    *, record_id: UUID, case: str, on: date, basis: str, by: Actor, edition: str
) -> None:
    """End a shield before its day 提前结束屏蔽, as when the plan fails."""
    _beside(record_id, EventKind.SHIELD_ENDED, on, {"case": case}, basis, by, edition)


def seal(*, record_id: UUID, case: str, on: date, basis: str, by: Actor, edition: str) -> None:
    """Hide a record for good 封存: neither shown nor used, until it is erased."""
    _beside(record_id, EventKind.SEALED, on, {"case": case}, basis, by, edition)


def resume(*, record_id: UUID, reason: str, on: date, basis: str, by: Actor, edition: str) -> None:
    """Undo an early end of publication 恢复公示 that was got by false papers.

    The longest term is what it was: nothing shows past it.
    """
    _beside(record_id, EventKind.RESUMED, on, {}, basis, by, edition, reason)


@transaction.atomic
def _beside(
    record_id: UUID,
    kind: EventKind,
    on: date,
    facts: Mapping[str, str],
    basis: str,
    by: Actor,
    edition: str,
    reason: str = "",
) -> None:
    row = Record.objects.select_for_update().filter(id=record_id).first()
    if row is None:
        raise UnknownRecord(asked=str(record_id))
    RecordEvent.objects.create(
        record_id=row.id,
        kind=kind,
        effective_on=max(on, row.decided_on),
        known_at=now(),
        facts=dict(facts),
        reason=reason,
        basis=basis[:400],
        login=by.login,
        unit=by.unit or row.unit,
        edition=edition,
    )
    audit.note(
        by=by,
        verb=f"register.{kind.value}",
        target=f"record:{row.id}",
        unit=row.unit,
        basis=basis,
        facts={"on": on.isoformat(), **facts},
    )
