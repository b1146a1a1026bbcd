"""How batches came out, counted: for those who watch over the data. Writes nothing.

Counts come from the tally each batch was given when it was read; only rows somebody has to look
at are counted one by one. A batch is received on the day it was submitted, by the legal clock:
the day its number begins with.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from chengxin.engine.values import Severity
from chengxin.intake.models import Batch, BatchState, Row, RowState

MISSING_COLUMN = "INTAKE-MISSING-COLUMN"
MISSING = ("INTAKE-REQUIRED", MISSING_COLUMN)
MISSING_WHEN = "INTAKE-REQUIRED-WHEN"
UNSOUND = (RowState.FAULTY, RowState.QUARANTINED, RowState.SUPERSEDED)


@dataclass(frozen=True)
class Found:
    """How often a field had a fault."""

    field: str
    code: str
    severity: str
    rows: int


@dataclass(frozen=True)
class Received:
    """A batch as it came and as it stands.

    `states` are its rows as they stand now, `unsound` how many did not pass when it was read,
    `filled` cells per field (None where the batch was read before they were counted).
    """

    id: UUID
    number: str
    unit: str
    item: str
    state: str
    channel: str
    received_on: date
    rows: int
    states: Mapping[str, int]
    unsound: int
    found: Sequence[Found] = field(default=())
    filled: Mapping[str, int] | None = None

    @property
    def returned(self) -> bool:
        """Whether it was sent back 已退回: its rows then count for nothing."""
        return self.state == BatchState.RETURNED

    @property
    def open(self) -> bool:
        """Whether nobody has decided about it yet."""
        return self.state in (BatchState.SUBMITTED, BatchState.RELEASING)

    def missing(self, *codes: str) -> int:
        """How many cells were found missing, by the codes of their faults."""
        return sum(one.rows for one in self.found if one.code in codes)


def received_between(
    since: date,
    until: date,
    *,
    units: Collection[str] | None = None,
    items: Collection[str] | None = None,
) -> list[Received]:
    """Batches received from `since` to the day before `until`, the oldest first."""
    rows = Batch.objects.filter(
        number__gte=f"{since:%Y%m%d}", number__lt=f"{until:%Y%m%d}"
    ).order_by("number")
    rows = rows if units is None else rows.filter(unit__in=list(units))
    rows = rows if items is None else rows.filter(item__in=list(items))
    batches = list(rows.defer("layout"))
    listed = _listed([one.id for one in batches])
    untallied = [one.id for one in batches if not one.tally]
    found = _found(untallied)
    return [_received(one, listed.get(one.id, {}), found.get(one.id, ())) for one in batches]


def _received(batch: Batch, listed: Mapping[str, int], found: Sequence[Found]) -> Received:
    tally: Mapping[str, Any] = batch.tally
    states = dict(listed)
    for state, count in tally.get("unlisted", {}).items():
        states[state] = states.get(state, 0) + count
    first = tally.get("states", states)
    return Received(
        id=batch.id,
        number=batch.number,
        unit=batch.unit,
        item=batch.item,
        state=batch.state,
        channel=batch.channel,
        received_on=date.fromisoformat(batch.number.partition("-")[0]),
        rows=batch.rows_read,
        states=states,
        unsound=sum(first.get(state, 0) for state in UNSOUND),
        found=[_one_found(*one[:4]) for one in tally["found"]] if "found" in tally else found,
        filled=tally.get("filled"),
    )


def _one_found(name: str, code: str, severity: str, rows: int) -> Found:
    return Found(name, code, severity, int(rows))


def _listed(batches: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    rows = Row.objects.filter(batch__in=batches).values_list("batch", "state")
    listed: dict[UUID, dict[str, int]] = {}
    for batch, state, count in rows.annotate(n=Count("id")).order_by():
        listed.setdefault(batch, {})[state] = count
    return listed


def _found(batches: Sequence[UUID]) -> dict[UUID, list[Found]]:
    """Missing cells of batches read before tallies were kept."""
    found: dict[UUID, list[Found]] = {}
    if not batches:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT row.batch_id, fault ->> 'field', fault ->> 'code', fault ->> 'severity', count(*)
            FROM intake_row AS row, jsonb_array_elements(row.faults) AS fault
            WHERE row.batch_id = ANY(%s) AND fault ->> 'severity' = %s
            GROUP BY 1, 2, 3, 4
            """,
            [list(batches), Severity.ERROR.value],
        )
        for batch, name, code, severity, count in cursor.fetchall():
            found.setdefault(batch, []).append(Found(name, code, severity, count))
    return found


@dataclass(frozen=True)
class Open:
    """Rows of one batch that somebody has to do something about, by their day of decision."""

    batch: str
    unit: str
    item: str
    state: str
    decided_on: date
    rows: int


def rows_to_do(*, units: Collection[str] | None = None) -> list[Open]:
    """Faulty rows and rows waiting for a match, by batch and day of decision.

    Rows whose day of decision cannot be read have no deadline to remind of; batches sent back
    have to be sent again as a whole.
    """
    rows = Row.objects.filter(
        Q(state=RowState.FAULTY) | Q(state=RowState.AWAITING_MATCH),
        values__decided_on__regex=r"^\d{4}-\d{2}-\d{2}$",
    ).exclude(batch__state=BatchState.RETURNED)
    if units is not None:
        rows = rows.filter(batch__unit__in=list(units))
    names = ("batch__number", "batch__unit", "batch__item", "state", "values__decided_on")
    grouped = rows.values_list(*names).annotate(n=Count("id")).order_by()
    return list(_opened(grouped))


def _opened(grouped: Iterable[tuple[str, str, str, str, str, int]]) -> Iterable[Open]:
    for batch, unit, item, state, text, count in grouped:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        yield Open(batch, unit, item, state, day, count)


def waiting_batches(*, units: Collection[str] | None = None) -> list[Received]:
    """Batches that wait for a reviewer, the oldest first; without their counts."""
    rows = Batch.objects.filter(state=BatchState.SUBMITTED).order_by("number")
    rows = rows if units is None else rows.filter(unit__in=list(units))
    return [_received(one, {}, ()) for one in rows.defer("layout")]
