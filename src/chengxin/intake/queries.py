"""Questions about batches and rows."""

import json
from collections import Counter
from collections.abc import Collection
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import duckdb
from django.conf import settings
from django.db.models import Count, QuerySet

from chengxin.access.queries import sealer
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.refusals import UnknownBatch
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import SHANGHAI
from chengxin.kernel.store import ContentStore
from chengxin.register import queries as register

PAGE = 500
_OPENED: Final = "_opened"


def originals() -> ContentStore:
    """Where files are kept as received, by their hash."""
    return ContentStore(Path(settings.CHENGXIN_HOME) / "originals")


def place_of(found: Batch) -> Path:
    """Where the clean rows of a submitted batch are held until it is decided."""
    return Path(settings.CHENGXIN_HOME) / "held" / found.id.hex / "clean.parquet"


def batch(number: str, *, by: Actor) -> Batch:
    """The batch of that number, if the actor may read it.

    Raises: `UnknownBatch`, `NotPermitted`.
    """
    found = Batch.objects.filter(number=number).first()
    if found is None:
        raise UnknownBatch(asked=number)
    by.require("intake.read", unit=found.unit)
    return found


def number_of(batch_id: UUID) -> str:
    """The number of a batch; empty if there is none."""
    return Batch.objects.filter(id=batch_id).values_list("number", flat=True).first() or ""


def batches(*, by: Actor) -> QuerySet[Batch]:
    """The batches an actor may read, newest first: its own unit's, or all."""
    by.require("intake.read", unit=by.unit)
    rows = Batch.objects.order_by("-submitted_at", "number")
    return rows if by.may("intake.read", unit="") else rows.filter(unit=by.unit)


def awaiting_match(*, by: Actor) -> QuerySet[Row]:
    """Rows whose subject a person must settle 待认定主体, oldest batch first.

    Only of batches the actor may decide about. Raises: `NotPermitted`.
    """
    by.require("intake.decide_match", unit=by.unit)
    rows = Row.objects.filter(state=RowState.AWAITING_MATCH).select_related("batch")
    if not by.may("intake.decide_match", unit=""):
        rows = rows.filter(batch__unit=by.unit)
    return rows.order_by("batch__submitted_at", "batch", "number")


def differing(*, by: Actor) -> QuerySet[Row]:
    """Rows of a decision held with other content 与已有信息不同, oldest batch first.

    Only of batches the actor may decide about. Raises: `NotPermitted`.
    """
    by.require("intake.accept_difference", unit=by.unit)
    rows = Row.objects.filter(state=RowState.DIFFERS).select_related("batch")
    if not by.may("intake.accept_difference", unit=""):
        rows = rows.filter(batch__unit=by.unit)
    return rows.order_by("batch__submitted_at", "batch", "number")


def row(row_id: int, *, by: Actor) -> Row:
    """One row, if the actor may read its batch. Raises: `UnknownBatch`, `NotPermitted`."""
    found = Row.objects.select_related("batch").filter(id=row_id).first()
    if found is None:
        raise UnknownBatch(asked=str(row_id))
    by.require("intake.read", unit=found.batch.unit)
    return found


def counts(found: Batch) -> dict[str, int]:
    """Rows per state, listed or not; they add up to the rows read."""
    states = Row.objects.filter(batch=found).values_list("state").annotate(n=Count("id"))
    return dict(Counter(dict(states.order_by())) + Counter(_unlisted(found)))


def _unlisted(found: Batch) -> dict[str, int]:
    """Rows per state that are not in `Row`, as the database knows them now."""
    (tally,) = Batch.objects.filter(id=found.id).values_list("tally", flat=True)
    unlisted: dict[str, int] = tally.get("unlisted", {})
    return unlisted


def receipt(found: Batch) -> dict[str, Any]:
    """The receipt 回执 of a batch: what was received, when, and what became of each row."""
    return {
        "batch": found.number,
        "item": found.item,
        "unit": found.unit,
        "channel": found.channel,
        "state": found.state,
        "state_label": found.get_state_display(),
        "filename": found.filename,
        "sheet": found.sheet,
        "corrects": found.corrects,
        "file_sha256": found.file_sha256,
        "size_bytes": found.size_bytes,
        "rows": found.rows_read,
        "by_state": (by_state := counts(found)),
        "by_state_labels": {RowState(state).label: n for state, n in by_state.items()},
        "edition": found.edition,
        "submitted_by": found.submitted_by,
        "submitted_at": found.submitted_at.astimezone(SHANGHAI).isoformat(),
        "decided_by": found.decided_by,
        "decided_at": found.decided_at.astimezone(SHANGHAI).isoformat()
        if found.decided_at
        else None,
        "return_reason": found.return_reason,
    }


def rows(found: Batch, *, state: str = "", after: int = 0) -> list[dict[str, Any]]:
    """Rows of a batch after a line, at most `PAGE`, as a machine reads them; nothing personal.

    Rows that wait unlisted for release, or became records, are among them.
    """
    wanted = Row.objects.filter(batch=found, number__gt=after).order_by("number")
    if state:
        wanted = wanted.filter(state=state)
    answer = [
        {"row": row.number, "state": row.state, "faults": row.faults, "record": row.record}
        for row in wanted[:PAGE]
    ]
    if state in ("", RowState.RECORDED):
        answer += _became_records(found, after, {one["record"] for one in answer})
    if state in ("", RowState.CLEAN):
        answer += _held(found, after)
    return sorted(answer, key=itemgetter("row"))[:PAGE]


def _became_records(found: Batch, after: int, listed: Collection[UUID]) -> list[dict[str, Any]]:
    records = register.of_batch(found.id, after=after, limit=PAGE)
    return [
        {"row": line, "state": RowState.RECORDED.value, "faults": [], "record": record}
        for line, record in records
        if record not in listed
    ]


def _held(found: Batch, after: int) -> list[dict[str, Any]]:
    place = place_of(found)
    if RowState.CLEAN not in _unlisted(found) or not place.exists():
        return []
    with duckdb.connect(config={"threads": 1}) as work:
        lines = work.execute(
            "SELECT line FROM read_parquet(?) WHERE line > ? ORDER BY line LIMIT ?",
            [str(place), after, PAGE],
        ).fetchall()
    clean = RowState.CLEAN.value
    return [{"row": line, "state": clean, "faults": [], "record": None} for (line,) in lines]


def whole_values(row: Row) -> dict[str, str]:
    """A row's values with the personal ones unsealed: for the room's own verbs only."""
    return {**row.values, **personal_values(row)}


def personal_values(row: Row) -> dict[str, str]:
    """The personal values of a row, unsealed: for the room's own verbs only."""
    return _sealed_parts(row).get("values", {})


def received_texts(row: Row) -> dict[str, str]:
    """The cells as received, with the personal ones unsealed: for the room's own verbs only."""
    return {**row.received, **_sealed_parts(row).get("received", {})}


def effective_texts(row: Row) -> dict[str, str]:
    """The cells as received, with the proposals accepted since in place of theirs."""
    opened = {one["field"]: one["to"] for one in row.amended if "to" in one}
    return {**received_texts(row), **opened, **_sealed_parts(row).get("amended", {})}


def _sealed_parts(row: Row) -> dict[str, dict[str, str]]:
    if row.sealed is None:
        return {}
    kept: dict[str, dict[str, str]]
    sealed, kept = row.__dict__.get(_OPENED, (None, {}))
    if sealed is not row.sealed:
        kept = json.loads(sealer().unseal(bytes(row.sealed)))
    return kept


def remember_opened(row: Row, kept: dict[str, dict[str, str]]) -> None:
    """Let a row just made know what it has sealed, as long as that act holds it in memory.

    Taken in at once, its cells need not be unsealed again; sealed anew, they are.
    """
    row.__dict__[_OPENED] = (row.sealed, kept)
