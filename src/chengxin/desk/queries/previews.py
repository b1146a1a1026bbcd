"""A preview as its page shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.desk.previewed import ColumnView, PreviewView, SheetView, Ticket
from chengxin.desk.rules import faulty_rows, grouped, sample
from chengxin.intake.rules.mapping import signature_of
from chengxin.intake.rules.returning import mended_batch
from chengxin.intake.services.grouping import sheets_sent
from chengxin.intake.services.remembering import remembered_mappings
from chengxin.intake.values import Column, Preview
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook

SAMPLE_ROWS = 3
MANY = 2


def preview_view(seen: Preview, *, book: Rulebook) -> PreviewView:
    """The preview with its columns' first values as understood, and its faults in groups."""
    item = catalogue.item(book, seen.item) if seen.item else None
    samples = _samples(seen, item, book) if item else []
    return PreviewView(
        seen=seen,
        columns=tuple(_column(at, one, samples) for at, one in enumerate(seen.columns)),
        groups=grouped(seen),
        faulty_rows=faulty_rows(seen),
        mends=(mended_batch([one.header for one in seen.columns]) or ("", 0))[0],
    )


def sheets_of(seen: Preview, ticket: Ticket, *, by: Actor) -> tuple[SheetView, ...]:
    """The tables of a file that holds several, each with the batch it was sent as already."""
    names = ticket.tables or seen.tables
    if len(names) < MANY:
        return ()
    sent = sheets_sent(unit=by.unit, sha256=ticket.sha256) if by.may("intake.read", by.unit) else {}
    return tuple(SheetView(name, name == ticket.sheet, sent.get(name, "")) for name in names)


def remembered_of(seen: Preview, *, by: Actor) -> Any:
    """What the unit decided before about such columns, if the preview uses it."""
    if not seen.remembered:
        return None
    signature = signature_of([one.header for one in seen.columns])
    kept = remembered_mappings(unit=by.unit, by=by)
    same = (one for one in kept if (one.item, one.signature) == (seen.item, signature))
    return next(same, None)


def _column(index: int, column: Column, samples: list[dict[str, str]]) -> ColumnView:
    texts = tuple(row.get(column.field or "", "") for row in samples)
    return ColumnView(
        index=index,
        header=column.header,
        field=column.field or "",
        percent=round(column.confidence * 100),
        personal=column.personal,
        source=column.source,
        samples=tuple(dict.fromkeys(text for text in texts if text)),
    )


def _samples(seen: Preview, item: Item, book: Rulebook) -> list[dict[str, str]]:
    rows = min(SAMPLE_ROWS, len(seen.lines))
    return [
        sample(item, _row(seen.normalised, at), _row(seen.columns_of, at), book)
        for at in range(rows)
    ]


def _row(columns: Mapping[str, Sequence[str | None]], at: int) -> dict[str, str]:
    return {name: texts[at] or "" for name, texts in columns.items()}
