"""The life of one line of a file, from what was received to what stands now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.audit import queries as audit
from chengxin.desk.errors import LineUnknown
from chengxin.intake import queries as intake
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today
from chengxin.kernel.uuids import part_of
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import fact
from chengxin.publication.values import PublicFact
from chengxin.register import queries as register
from chengxin.register.values import RecordState
from chengxin.subjects import queries as subjects


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, by whom, what (a code and its vocabulary), and why."""

    at: datetime
    login: str
    unit: str
    code: str
    vocabulary: str
    reason: str = ""
    basis: str = ""
    effective_on: date | None = None
    subject: tuple[str, str] | None = None
    evidence: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Life:
    """All there is of a line; `row` is None once nobody has to look at it."""

    batch: Any
    line: int
    row: Any
    record: UUID | None
    state: RecordState | None
    fact: PublicFact | None
    steps: tuple[Step, ...] = ()
    cases: tuple[Any, ...] = ()
    log: tuple[Any, ...] = field(default=())


def life_of(number: str, line: int, *, by: Actor, book: Rulebook) -> Life:
    """The whole history of a line 数据行全过程; nothing personal.

    Raises: `UnknownBatch`, `NotPermitted`, `LineUnknown`.
    """
    batch = intake.batch(number, by=by)
    row = batch.rows.filter(number=line).first()
    log = [entry for entry in audit.about(f"batch:{batch.id}") if entry.facts.get("row") == line]
    record = (row.record if row else None) or _record_of(log) or part_of(batch.id, line)
    state = register.state(record, on=today(), known=now())
    if row is None and state is None:
        raise LineUnknown(line=line, number=number)
    own = state if state and (state.batch, state.row) == (batch.id, line) else None
    steps = [*_of_batch(batch), *(_of_record(own) if own else ())]
    if own:
        log += audit.about(f"record:{own.id}")
    return Life(
        batch=batch,
        line=line,
        row=row,
        record=state.id if state else None,
        state=state,
        fact=fact(state.id, on=today(), book=book) if state else None,
        steps=tuple(sorted(steps, key=lambda step: step.at)),
        cases=tuple(register.cases_of(own.id)) if own else (),
        log=tuple(sorted(log, key=lambda entry: entry.sequence)),
    )


def _record_of(log: Sequence[Any]) -> UUID | None:
    """The record a line became, as the log tells it of a line that waits again."""
    named = [str(entry.facts["record"]) for entry in log if entry.facts.get("record")]
    return UUID(named[-1]) if named and named[-1] != "None" else None


def _of_batch(batch: Any) -> Iterator[Step]:
    yield Step(batch.submitted_at, batch.submitted_by, batch.unit, "intake.submit", "act")
    if batch.decided_at:
        verb = "intake.return_batch" if batch.state == "returned" else "intake.release"
        reason = batch.return_reason
        yield Step(batch.decided_at, batch.decided_by, batch.unit, verb, "act", reason)


def _of_record(state: RecordState) -> Iterator[Step]:
    for event in register.history(state.id):
        yield Step(
            event.known_at,
            event.login,
            event.unit,
            event.kind,
            "event",
            event.reason,
            event.basis,
            event.effective_on,
        )
    first, later = register.links_from(state.id)
    named = subjects.called(one.subject for one in (first, *later) if one.subject)
    for link in (first, *later):
        yield Step(
            link.known_at,
            link.by,
            state.unit,
            "linked" if link.subject else "unlinked",
            "event",
            link.reason,
            subject=named.get(link.subject) if link.subject else None,
            evidence=tuple(link.evidence.get("evidence", ())),
        )
