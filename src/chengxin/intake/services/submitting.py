"""Submitting a file 提交: the original kept, the rows checked, nothing yet in the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.engine.values import Severity
from chengxin.intake.models import Batch, BatchState, Row, RowState
from chengxin.intake.queries import originals
from chengxin.intake.refusals import AlreadySubmitted, QuestionsOpen, UnknownUnit
from chengxin.intake.rules.parties import personal_fields
from chengxin.intake.services.previewing import preview
from chengxin.intake.values import Preview
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook

CHUNK = 2000


@dataclass(frozen=True)
class _Original:
    """The file as received: from whom, under which name, where it is kept."""

    unit: str
    filename: str
    sha256: str
    size_bytes: int


def submit(
    *,
    data: bytes,
    filename: str,
    item: str,
    unit: str,
    by: Actor,
    on: date,
    book: Rulebook,
    mapping: Mapping[str, str | None] | None = None,
) -> Batch:
    """Take in a file of one item from one unit 提交批次.

    The original is kept whole under its hash before anything else, also when it is then refused.
    `mapping` (header → field, None to leave a column out) settles what the preview asks.
    Sent twice, a file is one batch. A killed submission leaves no batch and can be sent again.

    Raises: `NotPermitted`, `UnknownUnit`, `UnknownItem`, `AlreadySubmitted`, `QuestionsOpen`,
    and what `preview` raises for a file that cannot be read.
    """
    by.require("intake.submit", unit=unit)
    if unit not in book.units:
        raise UnknownUnit(unit=unit)
    defined = catalogue.item(book, item)
    digest = originals().put(data)
    _not_twice(unit, item, digest)
    seen = preview(
        data=data, filename=filename, book=book, on=on, item_code=item, mapping=_plain(mapping)
    )
    if doubts := seen.blocking_questions:
        raise QuestionsOpen(
            count=len(doubts),
            questions=" ".join(doubt.message_zh for doubt in doubts),
            questions_en=" ".join(doubt.message_en for doubt in doubts),
        )
    try:
        original = _Original(unit, filename[-255:], digest, len(data))
        return _store(original, seen, defined, by=by, on=on, book=book)
    except IntegrityError:
        # Two sendings of one file at the same moment: the other one won.
        _not_twice(unit, item, digest)
        raise


def _not_twice(unit: str, item: str, digest: str) -> None:
    earlier = (
        Batch.objects.filter(unit=unit, item=item, file_sha256=digest)
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


@transaction.atomic
def _store(
    original: _Original,
    seen: Preview,
    item: Item,
    *,
    by: Actor,
    on: date,
    book: Rulebook,
) -> Batch:
    batch = Batch(
        item=item.code,
        unit=original.unit,
        state=BatchState.SUBMITTED,
        filename=original.filename,
        file_sha256=original.sha256,
        size_bytes=original.size_bytes,
        layout=_layout(seen),
        rows_read=seen.rows,
        edition=book.edition,
        submitted_by=by.login,
        submitted_at=now(),
    )
    batch.number = f"{on:%Y%m%d}-{batch.id.hex[:8]}"
    batch.save(force_insert=True)
    rows = _rows(batch, seen, item)
    Row.objects.bulk_create(rows, batch_size=CHUNK)
    audit.note(
        by=by,
        verb="intake.submit",
        target=f"batch:{batch.id}",
        unit=original.unit,
        basis="；".join(str(basis) for basis in item.basis),
        facts={
            "number": batch.number,
            "item": item.code,
            "file_sha256": original.sha256,
            "rows": len(rows),
            "clean": sum(row.state == RowState.CLEAN for row in rows),
            "edition": book.edition,
        },
    )
    return batch


def _layout(seen: Preview) -> dict[str, Any]:
    return {
        "format": seen.format,
        "encoding": seen.encoding,
        "sheet": seen.sheet,
        "header_row": seen.header_row,
        "columns": [column.as_json() for column in seen.columns],
    }


def _rows(batch: Batch, seen: Preview, item: Item) -> list[Row]:
    clean = seen.normalised
    faults = _faults_by_line(seen)
    rows = []
    for index, line in enumerate(seen.lines):
        values = {name: texts[index] or "" for name, texts in clean.items() if texts[index]}
        received = {name: texts[index] or "" for name, texts in seen.columns_of.items()}
        personal = personal_fields(item, values, received)
        # A required column that is missing is said once, but it is wrong in every row.
        found = faults.get(line, []) + faults.get(seen.header_row, [])
        wrong = any(fault["severity"] == Severity.ERROR for fault in found)
        rows.append(
            Row(
                batch=batch,
                number=line,
                received={n: t for n, t in received.items() if t and n not in personal},
                values={n: t for n, t in values.items() if n not in personal},
                sealed=_seal(values, received, personal),
                state=RowState.FAULTY if wrong else RowState.CLEAN,
                faults=found,
            )
        )
    return rows


def _plain(mapping: Mapping[str, str | None] | None) -> dict[str, str] | None:
    return None if mapping is None else {header: name or "" for header, name in mapping.items()}


def _faults_by_line(seen: Preview) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for cell in seen.faults:
        fault = {
            **cell.as_json(),
            "field": cell.fault.field,
            "severity": cell.fault.severity.value,
            "basis": cell.fault.basis,
        }
        found.setdefault(cell.row, []).append(fault)
    return found


def _seal(
    values: Mapping[str, str], received: Mapping[str, str], personal: frozenset[str]
) -> bytes | None:
    kept = {
        "values": {name: values[name] for name in personal if values.get(name)},
        "received": {name: received[name] for name in personal if received.get(name)},
    }
    if not kept["values"] and not kept["received"]:
        return None
    return sealer().seal(canonical_json(kept))
