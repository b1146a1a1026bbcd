"""One digest over the records an act wrote, for the log."""

import hashlib
from collections.abc import Sequence

import pyarrow as pa


class Digest:
    """SHA-256 over a line per record: its id and the SHA-256 of its open facts.

    The lines come in the order the records were written; anyone who has the records and the
    order of their ids can compute it again.
    """

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.records = 0

    def add(self, record: str, facts: str) -> None:
        """A record of these open facts (canonical JSON)."""
        self.add_lines([_line(record, facts)])

    def add_lines(self, lines: Sequence[bytes]) -> None:
        """Many records, by their `lines_of`."""
        self._sum.update(b"".join(lines))
        self.records += len(lines)

    def hexdigest(self) -> str:
        """The digest so far; "" when nothing was written."""
        return self._sum.hexdigest() if self.records else ""


def lines_of(records: pa.Table) -> list[bytes]:
    """A line for each of many records: of the columns `id` and `facts`."""
    texts = (records[name].to_pylist() for name in ("id", "facts"))
    return [_line(record, facts) for record, facts in zip(*texts, strict=True)]


def _line(record: str, facts: str) -> bytes:
    return f"{record} {hashlib.sha256(facts.encode()).hexdigest()}\n".encode()
