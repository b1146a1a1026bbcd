"""What reading a file yields: cells as text, columns with their fields, faults and doubts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from chengxin.engine.values import Fault, FaultGroup, Severity

# What a cell was before it became text; one letter per cell keeps a million rows small.
TEXT, NUMBER, DATE, FLAG, BROKEN, BLANK, ROUNDED = "t", "n", "d", "b", "e", " ", "r"

SURE: Final = 0.8
"""Confidence from which a proposed column needs no confirmation."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its line (1-based, as Excel shows it), texts, and a letter per cell."""

    line: int
    cells: tuple[str, ...]
    kinds: str


@dataclass(frozen=True)
class Sheet:
    """A sheet 工作表 of rows that hold anything; blank rows are left out, lines keep the count."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Reading:
    """A file as read: its kind, its encoding (None for workbooks), its sheets, what looked odd."""

    format: str
    encoding: str | None
    sheets: tuple[Sheet, ...]
    oddities: tuple["Question", ...] = ()


@dataclass(frozen=True)
class Header:
    """The row of column names 表头: where it stands, and what it names.

    `line` is 0 where the names come with the records (JSON, Parquet); `last` is the last line
    that belongs to it; `names` has one text per column of the sheet, "" for none.
    """

    line: int
    last: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Staged:
    """The rows below a header, on disk 暂存: Parquet, texts as received, in order of the file.

    `rows` has the columns `line` INTEGER and `c0`…`cN` VARCHAR (blank is NULL), `kinds` VARCHAR
    too where a workbook told what its cells were. `damaged` holds the rows that cannot be taken
    as whole, with the columns `damage` (the reason) and `rest` (JSON list of the cells beyond the
    last column) beside; None when there are none. Every row of the file is in exactly one of the
    two. `filled` counts the cells per column that are not blank; `rounded` tells per column how
    many numbers a spreadsheet had rounded, and the line of the first.
    """

    rows: Path
    count: int
    width: int
    filled: tuple[int, ...]
    damaged: Path | None = None
    damage: Mapping[str, int] = field(default_factory=dict)
    rounded: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    way: str = "careful"

    @property
    def total(self) -> int:
        """Rows of the file below the header, whole or damaged."""
        return self.count + sum(self.damage.values())


@dataclass(frozen=True)
class Question:
    """A doubt 疑问 put to the clerk, with the evidence and what is proposed.

    Nothing is imported while a `blocking` question is open.
    """

    kind: str
    columns: tuple[str, ...]
    message_zh: str
    message_en: str
    proposal: Any = None
    blocking: bool = True
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The question as `intake preview --json` prints it."""
        return {
            "kind": self.kind,
            "columns": list(self.columns),
            "message_zh": self.message_zh,
            "message_en": self.message_en,
            "proposal": self.proposal,
        }


@dataclass(frozen=True)
class Table:
    """The table found in a sheet: where its header stands, the names of its columns, its rows."""

    header_row: int
    headers: tuple[str, ...]
    positions: tuple[int, ...]
    """Index in the sheet of each column kept (columns without name and content are left out)."""
    rows: Sequence[Row]

    def texts(self, column: int) -> list[str]:
        """Every cell of one column, in order of the rows; "" for none."""
        at = self.positions[column]
        return [row.cells[at] if at < len(row.cells) else "" for row in self.rows]

    def kinds(self, column: int) -> str:
        """The letters of one column, in order of the rows."""
        at = self.positions[column]
        return "".join(row.kinds[at] if at < len(row.kinds) else BLANK for row in self.rows)


@dataclass(frozen=True)
class Column:
    """A column of the file and the field proposed for it (None: not used).

    `source` says where the field comes from: `proposed` by the system, `remembered` from an
    earlier file of the unit, or `given` by a person for this one.
    """

    header: str
    field: str | None
    confidence: float
    personal: bool
    source: str = "proposed"

    def as_json(self) -> dict[str, Any]:
        """The column as `intake preview --json` prints it."""
        return {
            "header": self.header,
            "field": self.field,
            "confidence": self.confidence,
            "personal": self.personal,
            "source": self.source,
        }


@dataclass(frozen=True)
class CellFault:
    """A fault 校验问题 at a place in the file: `row` is the line of the sheet."""

    row: int
    column: str
    fault: Fault
    proposal_shown: str | None

    def as_json(self) -> dict[str, Any]:
        """The fault as `intake preview --json` prints it; personal values are masked."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.fault.code,
            "message_zh": self.fault.message_zh,
            "message_en": self.fault.message_en,
            "proposal": self.proposal_shown,
        }


@dataclass(frozen=True)
class Preview:
    """All that is known of a file before anything is written.

    `rows` counts all rows of data, `quarantined` those among them that are set aside as damaged.
    `faults` lists errors and warnings up to a limit, then notes; `groups` counts every fault.
    `faulty` counts the whole rows with an error; `tables` names the sheets that hold a table.
    `columns_of` holds the first texts as received per field, `normalised` the same in their one
    form, and `lines` the line of each; they may hold personal data; `as_json` does not.
    """

    format: str
    encoding: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    header_row: int
    item: str | None
    columns: tuple[Column, ...]
    rows: int
    faults: tuple[CellFault, ...]
    questions: tuple[Question, ...]
    groups: tuple[FaultGroup, ...] = ()
    tables: tuple[str, ...] = ()
    quarantined: int = 0
    faulty: int = 0
    remembered: bool = False
    lines: tuple[int, ...] = field(default=(), repr=False)
    columns_of: Mapping[str, list[str | None]] = field(default_factory=dict, repr=False)
    normalised: Mapping[str, list[str | None]] = field(default_factory=dict, repr=False)

    @property
    def blocking_questions(self) -> tuple[Question, ...]:
        """Doubts that must be answered before the file may be submitted."""
        return tuple(question for question in self.questions if question.blocking)

    @property
    def has_findings(self) -> bool:
        """Whether a person has to look: any error, warning or blocking question."""
        graver = (fault.fault.severity is not Severity.NOTE for fault in self.faults)
        counted = (group.severity is not Severity.NOTE for group in self.groups)
        return bool(self.blocking_questions) or any(graver) or any(counted)

    def as_json(self) -> dict[str, Any]:
        """What `intake preview --json` prints; no personal value is in it."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "item": self.item,
            "columns": [column.as_json() for column in self.columns],
            "rows": self.rows,
            "faults": [fault.as_json() for fault in self.faults],
            "questions": [question.as_json() for question in self.questions],
            "sheets": list(self.tables or self.sheets),
            "quarantined": self.quarantined,
            "remembered": self.remembered,
            "groups": [
                {
                    "field": group.field,
                    "code": group.code,
                    "severity": group.severity.value,
                    "count": group.count,
                }
                for group in self.groups
            ],
        }
