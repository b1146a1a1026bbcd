"""Lines of an original file as they were received, for a person to compare with. Writes nothing."""

from collections.abc import Collection

from chengxin.intake.models import Batch
from chengxin.intake.queries import originals
from chengxin.intake.rules.headers import find_table, header_key
from chengxin.intake.rules.readers import pick_sheet, read_file


def received_lines(batch: Batch, lines: Collection[int]) -> dict[int, dict[str, str]]:
    """Line → field → text, read again from the kept file with the columns as they were settled.

    Raises: what reading the file raised then; `CreditError` if the kept bytes have changed.
    """
    data = originals().get(batch.file_sha256)
    reading = read_file(data, batch.filename)
    sheet = pick_sheet(reading, batch.filename, batch.layout.get("sheet"))
    fields = {one["header"]: one["field"] for one in batch.layout["columns"] if one["field"]}
    known = frozenset(header_key(header) for header in fields)
    table = find_table(sheet, known, batch.filename)
    used = [(at, fields[header]) for at, header in enumerate(table.headers) if header in fields]
    found: dict[int, dict[str, str]] = {}
    for row in table.rows:
        if row.line in lines:
            cells = row.cells
            texts = {
                name: cells[table.positions[at]]
                for at, name in used
                if table.positions[at] < len(cells)
            }
            found[row.line] = texts
    return found
