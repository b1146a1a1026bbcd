"""One digest over the records an act wrote, for the log."""

import hashlib

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
        line = f"{record} {hashlib.sha256(facts.encode()).hexdigest()}\n"
        self._sum.update(line.encode())
        self.records += 1

    def add_table(self, records: pa.Table) -> None:
        """Many records: the columns `id` and `facts`."""
        for record, facts in zip(
            records["id"].to_pylist(), records["facts"].to_pylist(), strict=True
        ):
            self.add(record, facts)

    def hexdigest(self) -> str:
        """The digest so far; "" when nothing was written."""
        return self._sum.hexdigest() if self.records else ""
