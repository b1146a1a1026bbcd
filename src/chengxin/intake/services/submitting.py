"""Submitting a file 提交: the original kept, the rows checked, nothing yet in the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
from django.db import IntegrityError, transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.engine.services import Examined
from chengxin.engine.values import Severity
from chengxin.intake.models import Batch, BatchState, RowState
from chengxin.intake.queries import originals, place_of
from chengxin.intake.refusals import AlreadySubmitted, NothingGiven, QuestionsOpen, UnknownUnit
from chengxin.intake.rules.reporting import shown_fault
from chengxin.intake.services.doubting import doubtful_rows
from chengxin.intake.services.holding import (
    GRAVE,
    HELD_DIGEST,
    content_digest,
    drop,
    filled_cells,
    hold,
)
from chengxin.intake.services.listing import AT_ONCE, Found, listed, quarantined, stored_fault
from chengxin.intake.services.looking import Look, look
from chengxin.intake.services.remembering import count_use, recall_for, remember_mapping
from chengxin.intake.services.returning import rows_mended
from chengxin.intake.services.reviving import working_folder
from chengxin.intake.services.storing import store
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.uuids import time_ordered
from chengxin.policy.values import Rulebook

EVERY: Final = tuple(Severity)


@dataclass(frozen=True)
class _Original:
    """The file as received: from whom, how, under which name, where it is kept."""

    unit: str
    filename: str
    sha256: str
    size_bytes: int
    channel: str
    corrects: str


def submit(  # noqa: PLR0913 – each is a fact of the act
    *,
    filename: str,
    item: str,
    unit: str,
    by: Actor,
    on: date,
    book: Rulebook,
    data: bytes | None = None,
    source: Path | None = None,
    mapping: Mapping[str, str | None] | None = None,
    sheet: str | None = None,
    channel: str = "browser",
    corrects: str = "",
) -> Batch:
    """Take in a table of one item from one unit 提交批次: the bytes `data` or the file `source`.

    The original is kept whole under its hash before anything else, also when it is then refused.
    `mapping` (header → field, None to leave a column out) settles what the preview asks and is
    remembered for the unit's next file; `sheet` says which of several tables is meant. A file of
    mended rows (`export_faults`) says itself which batch it `corrects`. Sent twice, a table is
    one batch. A killed submission leaves no batch and can be sent again.

    Raises: `NotPermitted`, `UnknownUnit`, `UnknownItem`, `ItemEnded`, `AlreadySubmitted`,
    `QuestionsOpen`, `NotItsRows`, and what `preview` raises for a file that cannot be read.
    """
    by.require("intake.submit", unit=unit)
    if unit not in book.units:
        raise UnknownUnit(unit=unit)
    defined = catalogue.open_item(book, item, on)
    digest = _kept(data, source)
    _not_twice(unit, item, digest, sheet or "")
    path = originals().path(digest)
    with working_folder("submit") as folder:
        seen = look(
            path,
            filename,
            folder=folder,
            book=book,
            on=on,
            item_code=item,
            sheet=sheet,
            mapping=mapping,
            recall=recall_for(unit),
        )
        if doubts := seen.preview.blocking_questions:
            raise QuestionsOpen(
                count=len(doubts),
                questions=" ".join(doubt.message_zh for doubt in doubts),
                questions_en=" ".join(doubt.message_en for doubt in doubts),
            )
        size = path.stat().st_size
        mended = rows_mended(seen, unit=unit, item=item)
        corrects = mended.number if mended else corrects
        original = _Original(unit, filename[-255:], digest, size, channel, corrects)
        try:
            with transaction.atomic():
                batch = _store(original, seen, defined, sheet or "", by=by, on=on, book=book)
                _remember(seen, mapping, batch, by=by, book=book)
                if mended:
                    batch.layout["mends"] = mended.lines
                    batch.save(update_fields=["layout"])
                return batch
        except IntegrityError:
            # Two sendings of one file at the same moment: the other one won.
            _not_twice(unit, item, digest, sheet or "")
            raise


def _remember(
    seen: Look,
    mapping: Mapping[str, str | None] | None,
    batch: Batch,
    *,
    by: Actor,
    book: Rulebook,
) -> None:
    headers = [column.header for column in seen.preview.columns]
    if mapping is not None:
        remember_mapping(
            unit=batch.unit, item=batch.item, headers=headers, mapping=mapping, by=by, book=book
        )
    elif seen.preview.remembered:
        count_use(unit=batch.unit, item=batch.item, headers=headers)


def _kept(data: bytes | None, source: Path | None) -> str:
    if data is not None:
        return originals().put(data)
    if source is not None:
        return originals().put_file(source)
    raise NothingGiven


def _not_twice(unit: str, item: str, digest: str, sheet: str) -> None:
    earlier = (
        Batch.objects.filter(unit=unit, item=item, file_sha256=digest, sheet=sheet)
        .exclude(state=BatchState.RETURNED)
        .first()
    )
    if earlier is not None:
        raise AlreadySubmitted(
            number=earlier.number,
            submitted_at=earlier.submitted_at,
            state=earlier.get_state_display(),
            state_en=earlier.state,
        )


def _store(
    original: _Original,
    seen: Look,
    item: Item,
    sheet: str,
    *,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Batch:
    moment = now()
    batch = Batch(
        id=time_ordered(moment),
        item=item.code,
        unit=original.unit,
        state=BatchState.SUBMITTED,
        channel=original.channel,
        corrects=original.corrects,
        filename=original.filename,
        sheet=sheet,
        file_sha256=original.sha256,
        size_bytes=original.size_bytes,
        layout=_layout(seen),
        rows_read=seen.preview.rows,
        edition=book.edition,
        submitted_by=by.login,
        submitted_at=moment,
    )
    batch.number = f"{on:%Y%m%d}-{batch.id.hex[-8:]}"
    examined = seen.examined
    clean = hold(batch, examined.checked, item, doubtful_rows(examined)) if examined else 0
    try:
        with transaction.atomic():
            return _write(batch, seen, item, clean, by=by)
    except BaseException:
        drop(batch)
        raise


def _write(batch: Batch, seen: Look, item: Item, clean: int, *, by: Actor) -> Batch:
    states = {RowState.CLEAN.value: clean} if clean else {}
    held = content_digest(place_of(batch)) if clean else ""
    batch.tally = {"unlisted": dict(states), "filled": {}, "found": [], HELD_DIGEST: held}
    batch.save(force_insert=True)
    states |= _list_damaged(batch, seen, item)
    if seen.examined is not None:
        states |= _list_rows(batch, seen, seen.examined, item)
        batch.tally["filled"] = filled_cells(seen.examined.checked)
        batch.tally["found"] = _found(seen.examined)
    batch.tally["states"] = states
    batch.save(update_fields=["tally"])
    audit.note(
        by=by,
        verb="intake.submit",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        basis="；".join(str(basis) for basis in item.basis),
        facts={
            "number": batch.number,
            "item": item.code,
            "file_sha256": batch.file_sha256,
            "channel": batch.channel,
            "rows": batch.rows_read,
            "clean": clean,
            HELD_DIGEST: held,
            "edition": batch.edition,
        },
    )
    return batch


def _list_damaged(batch: Batch, seen: Look, item: Item) -> dict[str, int]:
    """Write the rows damaged at their source; returns how many."""
    count = 0
    rows = quarantined(batch, item, seen)
    while some := list(islice(rows, AT_ONCE)):
        store(some)
        count += len(some)
    return {RowState.QUARANTINED.value: count} if count else {}


def _list_rows(batch: Batch, seen: Look, examined: Examined, item: Item) -> dict[str, int]:
    """Write the rows that cannot go on as they are; returns how many per state."""
    faulty = 0
    found = _faults_by_line(seen, examined, item)
    for rows in listed(
        batch, item, examined.checked, where=GRAVE, state=RowState.FAULTY, faults=found
    ):
        store(rows)
        faulty += len(rows)
    return {RowState.FAULTY.value: faulty} if faulty else {}


def _faults_by_line(seen: Look, examined: Examined, item: Item) -> Found:
    """The faults of every row that has a grave one, as the row stores them."""
    with pq.ParquetFile(examined.checked) as file:  # `read_table` loads pandas where it is
        table = file.read(columns=["line", GRAVE])
    lines = table["line"].to_pylist()
    grave = {row for row, wrong in enumerate(table[GRAVE].to_pylist()) if wrong}
    headers: dict[str | None, str] = {
        one.field: one.header for one in seen.preview.columns if one.field
    }
    found: dict[int, list[dict[str, Any]]] = {}
    if not grave:
        return found
    for fault in examined.faults(severities=EVERY, rows=grave):
        cell = shown_fault(fault, item, headers, lines[fault.row])
        found.setdefault(cell.row, []).append(stored_fault(cell))
    return found


def _found(examined: Examined) -> Sequence[list[Any]]:
    lines = examined.kept("line")
    return [
        [g.field, g.code, g.severity.value, g.count, [lines[row].as_py() for row in g.rows]]
        for g in examined.groups
    ]


def _layout(seen: Look) -> dict[str, Any]:
    preview = seen.preview
    return {
        "format": preview.format,
        "encoding": preview.encoding,
        "sheet": preview.sheet,
        "header_row": preview.header_row,
        "columns": [column.as_json() for column in preview.columns],
    }
