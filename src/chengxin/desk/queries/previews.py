"""A preview as its page shows it."""

from collections.abc import Mapping, Sequence

from chengxin.catalogue import queries as catalogue
from chengxin.catalogue.values import Item
from chengxin.desk.rules import faulty_rows, grouped, sample
from chengxin.desk.values import ColumnView, PreviewView
from chengxin.intake.values import Column, Preview
from chengxin.policy.values import Rulebook

SAMPLE_ROWS = 3


def preview_view(seen: Preview, *, book: Rulebook) -> PreviewView:
    """The preview with its columns' first values as understood, and its faults in groups."""
    item = catalogue.item(book, seen.item) if seen.item else None
    samples = _samples(seen, item, book) if item else []
    return PreviewView(
        seen=seen,
        columns=tuple(_column(at, one, samples) for at, one in enumerate(seen.columns)),
        groups=grouped(seen.faults),
        faulty_rows=faulty_rows(seen.faults, seen.rows),
    )


def _column(index: int, column: Column, samples: list[dict[str, str]]) -> ColumnView:
    texts = tuple(row.get(column.field or "", "") for row in samples)
    return ColumnView(
        index=index,
        header=column.header,
        field=column.field or "",
        percent=round(column.confidence * 100),
        personal=column.personal,
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
