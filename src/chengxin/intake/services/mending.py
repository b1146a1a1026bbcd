"""Mending rows of a submitted batch 改错: the clerk accepts what the checks propose.

What was received stays as it was received. An accepted proposal is kept beside it, with who
accepted it, and the row is checked anew as if the cell had said so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from django.db import transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Item
from chengxin.engine.services import examine
from chengxin.engine.values import Fault, Program, Severity
from chengxin.intake.models import Batch, BatchState, Row, RowState
from chengxin.intake.queries import effective_texts, received_texts
from chengxin.intake.refusals import BatchNotOpen, NothingToAccept, UnknownBatch
from chengxin.intake.rules.parties import personal_fields
from chengxin.intake.rules.reporting import shown_fault
from chengxin.intake.services.listing import personal_cells, sealed_cells, stored_fault
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.zone import SHANGHAI
from chengxin.policy.values import Rulebook

AT_ONCE: Final = 500
AGAIN: Final = "INTAKE-DUPLICATE-ROW"


@dataclass(frozen=True)
class Wanted:
    """Which proposals are meant: of a fault code, a field, some lines; empty means any."""

    code: str = ""
    field: str = ""
    lines: frozenset[int] = frozenset()

    def meets(self, fault: Fault) -> bool:
        """Whether the proposal of `fault` is meant; notes have been applied already."""
        return (
            fault.proposal is not None
            and fault.severity is not Severity.NOTE
            and self.code in ("", fault.code)
            and self.field in ("", fault.field)
        )


@dataclass(frozen=True)
class Mended:
    """What accepting came to: cells changed, rows that pass now, rows that still do not."""

    cells: int
    passed: int
    still_faulty: int


@transaction.atomic
def accept_proposals(
    *,
    number: str,
    by: Actor,
    on: date,
    book: Rulebook,
    code: str = "",
    field: str = "",
    lines: Collection[int] = (),
) -> Mended:
    """Accept what is proposed for the faulty rows of a batch that waits for its release.

    `code`, `field` and `lines` narrow it: one cell, one row, all of a kind; nothing given means
    everything proposed. Nothing is accepted that was not proposed. A row reported twice stays
    faulty unless what makes it the same is mended.

    Raises: `UnknownBatch`, `NotPermitted`, `BatchNotOpen`, `NothingToAccept`, `ItemEnded`.
    """
    batch = Batch.objects.select_for_update().filter(number=number).first()
    if batch is None:
        raise UnknownBatch(asked=number)
    by.require("intake.submit", unit=batch.unit)
    if batch.state != BatchState.SUBMITTED:
        raise BatchNotOpen(
            number=batch.number, state=batch.get_state_display(), state_en=batch.state
        )
    item = catalogue.open_item(book, batch.item, on)
    wanted = Wanted(code, field, frozenset(lines))
    rows = Row.objects.filter(batch=batch, state=RowState.FAULTY).order_by("number")
    if wanted.lines:
        rows = rows.filter(number__in=wanted.lines)
    mending = _Mending(batch, item, compile_item(item, book), wanted, by)
    stream = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(stream, AT_ONCE)):
        mending.mend(some)
    if not mending.cells:
        raise NothingToAccept(number=batch.number)
    audit.note(
        by=by,
        verb="intake.accept_proposals",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={
            "number": batch.number,
            "code": code,
            "field": field,
            "cells": mending.cells,
            "passed": mending.passed,
        },
    )
    return Mended(mending.cells, mending.passed, mending.still_faulty)


class _Mending:
    """One acceptance over some rows after the others."""

    def __init__(
        self, batch: Batch, item: Item, program: Program, wanted: Wanted, by: Actor
    ) -> None:
        self._batch, self._item, self._program = batch, item, program
        self._wanted, self._by = wanted, by
        self._on = batch.submitted_at.astimezone(SHANGHAI).date()
        self._headers: dict[str | None, str] = {
            one["field"]: one["header"] for one in batch.layout["columns"] if one["field"]
        }
        self.cells = self.passed = self.still_faulty = 0

    def mend(self, rows: Sequence[Row]) -> None:
        texts = [effective_texts(row) for row in rows]
        faults, _ = self._examined(texts)
        accepted: list[dict[str, tuple[str, str]]] = [{} for _ in rows]
        for fault in faults:
            if self._wanted.meets(fault) and fault.field not in accepted[fault.row]:
                accepted[fault.row][fault.field] = (fault.proposal or "", fault.code)
        changed = [at for at, cells in enumerate(accepted) if cells]
        if not changed:
            return
        for at in changed:
            texts[at] |= {name: text for name, (text, _) in accepted[at].items()}
        faults, clean = self._examined([texts[at] for at in changed])
        for place, at in enumerate(changed):
            found = [fault for fault in faults if fault.row == place and fault.code != AGAIN]
            values = {name: column[place] or "" for name, column in clean.items() if column[place]}
            self._write(rows[at], texts[at], values, accepted[at], found)
        Row.objects.bulk_update(
            [rows[at] for at in changed], ["values", "sealed", "faults", "state", "amended"]
        )

    def _examined(
        self, texts: Sequence[Mapping[str, str]]
    ) -> tuple[list[Fault], Mapping[str, list[str | None]]]:
        names = list(dict.fromkeys([*filter(None, self._headers), *(n for t in texts for n in t)]))
        columns = {name: [cells.get(name) or None for cells in texts] for name in names}
        return examine(self._program, columns, on=self._on)

    def _write(
        self,
        row: Row,
        texts: Mapping[str, str],
        values: Mapping[str, str],
        accepted: Mapping[str, tuple[str, str]],
        found: Sequence[Fault],
    ) -> None:
        personal = personal_fields(self._item, values, texts)
        told = [
            stored_fault(shown_fault(fault, self._item, self._headers, row.number))
            for fault in found
        ]
        if not set(accepted) & set(self._item.natural_key):
            told += [fault for fault in row.faults if fault["code"] == AGAIN]
        moment = now().astimezone(SHANGHAI).isoformat(timespec="seconds")
        for name, (text, code) in accepted.items():
            kept = [one for one in row.amended if one["field"] != name]
            entry = {"field": name, "code": code, "by": self._by.login, "at": moment}
            row.amended = [*kept, entry | ({} if name in personal else {"to": text})]
        received = {name: text for name, text in received_texts(row).items() if text}
        mended = {name: texts[name] for name in {one["field"] for one in row.amended}}
        row.sealed = sealed_cells(personal_cells(values, received, personal, mended))
        row.values = {name: text for name, text in values.items() if name not in personal}
        row.faults = told
        wrong = any(fault["severity"] == Severity.ERROR for fault in told)
        row.state = RowState.FAULTY if wrong else RowState.CLEAN
        self.cells += len(accepted)
        self.passed += not wrong
        self.still_faulty += wrong
