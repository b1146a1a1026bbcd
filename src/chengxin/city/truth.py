"""Writes what is true beside what arrives: the instrument every later measurement uses.

Tables are written row by row and hashed as they go; see `docs/reference/city.md`.
"""

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from chengxin.city.cells import AMOUNTS
from chengxin.city.values import Values
from chengxin.policy.values import Rulebook

ROW_COLUMNS: Final = (
    "file",
    "row",
    "item",
    "outcome",
    "planted",
    "decision",
    "organisation",
    "uscc",
    "person",
    "decided_on",
    "working_days",
    "digest",
)
LINK_COLUMNS: Final = (
    "file",
    "row",
    "link",
    "written_name",
    "written_uscc",
    "true_name",
    "true_uscc",
    "organisation",
)
FILE_COLUMNS: Final = (
    "file",
    "unit",
    "item",
    "received_on",
    "expected",
    "format",
    "encoding",
    "layout",
    "header_row",
    "rows",
    "planted",
    "again",
)
COLUMN_COLUMNS: Final = ("file", "column", "header", "field")

CODE_LISTS: Final[Mapping[str, str]] = {
    "subject_kind": "subject_kind",
    "id_type": "id_type",
    "representative_id_type": "id_type",
    "penalty_kind": "penalty_kind",
    "permit_kind": "permit_kind",
    "status": "permit_status",
    "severity": "severity",
    "historical_severity": "severity_jiangsu_2013",
}


class Sink:
    """A file written in pieces that knows its digest: `digest` after closing."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """SHA-256 of what was written so far."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Append `data`."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


class Table(Sink):
    """A comma-separated table, UTF-8, line ends of one character."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        super().__init__(path)
        self._writer = csv.writer(_Lines(self), lineterminator="\n")
        self._columns = columns
        self._writer.writerow(columns)

    def add(self, **cells: object) -> None:
        """Append a row. Raises: `KeyError` for a column that is not given."""
        self._writer.writerow([cells[name] for name in self._columns])


class _Lines:
    """Hands text lines on as bytes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, text: str) -> int:
        self._sink.write(text.encode())
        return len(text)


class Canon:
    """Turns true values into the catalogue's spelling: codes for labels, yuan with two decimals."""

    def __init__(self, book: Rulebook) -> None:
        self._lists = {field: book.codelists[name] for field, name in CODE_LISTS.items()}
        self._known: dict[tuple[str, str], str] = {}

    def values(self, true: Values) -> dict[str, str]:
        """Field → canonical text, in the order of the fields' names."""
        return {name: self._one(name, true[name]) for name in sorted(true) if true[name]}

    def _one(self, name: str, text: str) -> str:
        if name in AMOUNTS:
            return f"{text}.00"
        if name == "org_code":
            return text.replace("-", "")
        if name not in self._lists:
            return text
        return ";".join(self._code(name, part) for part in text.split(";"))

    def _code(self, name: str, label: str) -> str:
        known = self._known.get((name, label))
        if known is None:
            entry = self._lists[name].find(label)
            if entry is None:
                raise AssertionError(f"the rulebook has no {name} {label}")
            known = self._known[name, label] = entry.code
        return known
