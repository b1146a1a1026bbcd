"""A file between upload and submission, as plain values for its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chengxin.intake.values import SURE, CellFault, Preview, Question

ANSWERABLE = frozenset({"swapped", "shifted", "contradiction", "repeated_header", "broken_header"})
"""Kinds of question that a mapping settles; the others need another file or another item."""
WHICH_SHEET = "sheets"


@dataclass(frozen=True)
class Ticket:
    """An upload between preview and submission: which bytes, called what, read how.

    `mapping` is None while the officer has not answered: the system's proposal then holds.
    `sheet` is the table chosen among the `tables` of the file; "" while none had to be.
    """

    sha256: str
    filename: str
    item: str = ""
    mapping: Mapping[str, str] | None = None
    sheet: str = ""
    tables: Sequence[str] = ()


@dataclass(frozen=True)
class ColumnView:
    """A column of the file as the preview lists it, with its first values as understood."""

    index: int
    header: str
    field: str
    percent: int
    personal: bool
    source: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class FaultGroup:
    """All faults of one code at one field; `example` and `lines` as far as they are listed."""

    field: str
    code: str
    severity: str
    count: int
    lines: tuple[int, ...] = ()
    proposals: int = 0
    example: CellFault | None = None


@dataclass(frozen=True)
class SheetView:
    """A table of the file: its name, whether it is the one shown, the batch it was sent as."""

    name: str
    shown: bool
    batch: str


@dataclass(frozen=True)
class PreviewView:
    """All a preview page shows, beside the preview itself.

    `mends` is the number of the batch whose rows the file brings back mended, "" for new data.
    """

    seen: Preview
    columns: tuple[ColumnView, ...]
    groups: tuple[FaultGroup, ...]
    faulty_rows: int
    mends: str = ""

    @property
    def answerable(self) -> tuple[Question, ...]:
        """Questions the officer can settle on the page."""
        return tuple(q for q in self.seen.blocking_questions if q.kind in ANSWERABLE)

    @property
    def unanswerable(self) -> tuple[Question, ...]:
        """Questions that keep the file from being submitted as it is."""
        asked = (q for q in self.seen.blocking_questions if q.kind not in ANSWERABLE)
        return tuple(q for q in asked if q.kind != WHICH_SHEET)

    @property
    def choosing(self) -> bool:
        """Whether the officer has to say first which of several tables is meant."""
        return any(question.kind == WHICH_SHEET for question in self.seen.blocking_questions)

    @property
    def remarks(self) -> tuple[Question, ...]:
        """What should be known and does not stop the file."""
        return tuple(q for q in self.seen.questions if not q.blocking)

    @property
    def used(self) -> int:
        """How many columns have a field."""
        return sum(bool(column.field) for column in self.columns)

    @property
    def doubtful(self) -> bool:
        """Whether a column's field is only likely, so that a person should look."""
        return any(one.field and one.percent < SURE * 100 for one in self.columns)

    @property
    def clean_rows(self) -> int:
        """Whole rows without an error: those that can enter the register."""
        return self.seen.rows - self.faulty_rows - self.seen.quarantined

    @property
    def proposals(self) -> int:
        """How many faults a value is proposed for that can be accepted after submission."""
        return sum(group.proposals for group in self.groups if group.severity == "error")
