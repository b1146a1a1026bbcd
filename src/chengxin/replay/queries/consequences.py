"""List entries and measures as they stood."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.kernel.clock import SHANGHAI
from chengxin.measures import queries as measures
from chengxin.measures.queries import EntryEvent, ListEntry, MeasureEvent, MeasureView
from chengxin.measures.values import EntryStanding, EntryState
from chengxin.policy.values import Rulebook
from chengxin.replay.values import ConsequenceStood, Happened, named

LIST, MEASURE = "list", "measure"


@dataclass(frozen=True)
class Followed:
    """The list entries drafted and the measures proposed by then, as they stood; read once."""

    entries: tuple[tuple[ListEntry, EntryStanding], ...]
    measures: tuple[MeasureView, ...]


def followed(bodies: Collection[UUID], *, on: date, known: datetime, book: Rulebook) -> Followed:
    """Read what had followed, or was to follow, from the records of a body."""
    return Followed(
        tuple(measures.entries_stood(bodies, on=on, known=known, book=book)),
        tuple(measures.measures_stood(bodies, on=on, known=known, book=book)),
    )


def consequences(found: Followed, book: Rulebook) -> tuple[ConsequenceStood, ...]:
    """Every list entry and every measure; entries first."""
    return (
        *(_entry(row, standing, book) for row, standing in found.entries),
        *(_measure(view) for view in found.measures),
    )


def _entry(row: ListEntry, one: EntryStanding, book: Rulebook) -> ConsequenceStood:
    listed = book.credit_list(row.list_code)
    return ConsequenceStood(
        kind=LIST,
        id=str(row.id),
        code=row.list_code,
        label=listed.label,
        label_en=listed.label_en,
        unit=row.unit,
        state=one.state.value,
        binds=one.state is EntryState.IN_EFFECT,
        since=one.life.served_on,
        until=one.ends_on,
        told_on=one.told_on,
        reason=one.life.decided_reason or row.reason,
        basis=row.basis,
        edition=row.edition,
    )


def _measure(view: MeasureView) -> ConsequenceStood:
    row, imposed = view.case, view.imposed
    return ConsequenceStood(
        kind=MEASURE,
        id=str(row.id),
        code=row.measure,
        label=view.rule.label,
        label_en=view.rule.label_en,
        unit=row.executor,
        state=view.state.value,
        binds=view.binds,
        since=imposed.effective_on if imposed else None,
        until=view.until,
        told_on=imposed.told_on if imposed else None,
        reason=imposed.reason if imposed else "",
        basis=row.basis,
        edition=row.edition,
    )


def happened_to_consequences(found: Followed, *, on: date, book: Rulebook) -> Iterator[Happened]:
    """What had happened to them, as acts."""
    for row, _ in found.entries:
        about = book.credit_list(row.list_code).label
        yield Happened(
            row.proposed_at, row.proposed_on, "proposed", *named("proposed"), about,
            str(row.evidence_id), row.proposed_by, row.unit, row.reason, row.basis, row.edition,
            True,
        )  # fmt: skip
        for event in row.events.all():
            yield _event(event, event.kind, about, str(row.record), on)
    for view in found.measures:
        case, label = view.case, view.rule.label
        yield Happened(
            case.proposed_at, case.proposed_at.astimezone(SHANGHAI).date(), "measure_proposed",
            *named("measure_proposed"), label, str(case.record_id), case.proposed_by, case.unit,
            "", case.basis, case.edition, True,
        )  # fmt: skip
        for each in view.events:
            yield _event(each, each.kind, label, str(case.record_id), on)


def _event(
    event: EntryEvent | MeasureEvent, kind: str, about: str, record: str, on: date
) -> Happened:
    return Happened(
        event.known_at, event.effective_on, kind, *named(kind), about, record, event.login,
        event.unit, event.reason, event.basis, event.edition, event.effective_on <= on,
    )  # fmt: skip
