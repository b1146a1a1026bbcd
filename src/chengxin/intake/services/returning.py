"""Rows that come back mended: which lines of which batch they take the place of."""

from dataclasses import dataclass

import pyarrow.parquet as pq

from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.refusals import NotItsRows
from chengxin.intake.rules.returning import mended_batch
from chengxin.intake.services.looking import Look


@dataclass(frozen=True)
class Return:
    """The batch that is mended, and its lines that came back."""

    number: str
    lines: list[int]


def rows_mended(seen: Look, *, unit: str, item: str) -> Return | None:
    """What a file says it mends; None for new data. Raises: `NotItsRows`."""
    found = mended_batch(seen.header.names)
    if found is None:
        return None
    number, place = found
    batch = Batch.objects.filter(number=number, unit=unit, item=item).first()
    if batch is None:
        raise NotItsRows(number=number)
    column = f"c{place}"
    told = pq.read_table(seen.staged.rows, columns=[column])[column].to_pylist()
    lines = {int(text) for text in told if text and text.strip().isdecimal()}
    return Return(number, sorted(lines))


def supersede(batch: Batch) -> int:
    """The old lines of the batch it mends are done with; called by `release`, inside it.

    Returns: how many were.
    """
    if not batch.corrects:
        return 0
    lines = batch.layout.get("mends", [])
    rows = Row.objects.filter(
        batch__number=batch.corrects,
        batch__unit=batch.unit,
        number__in=lines,
        state__in=(RowState.FAULTY, RowState.QUARANTINED),
    )
    return rows.update(state=RowState.SUPERSEDED, evidence={"superseded_by": batch.number})
