"""Lines of an original file as they were received, for a person to compare with. Writes nothing."""

from collections.abc import Collection, Mapping
from pathlib import Path

from chengxin.intake.models import Batch
from chengxin.intake.queries import originals
from chengxin.intake.rules.delimited import QuotesBroken
from chengxin.intake.rules.headers import find_header, header_key
from chengxin.intake.rules.readers import Source, open_source
from chengxin.intake.services.reviving import working_folder


def received_lines(batch: Batch, lines: Collection[int]) -> dict[int, dict[str, str]]:
    """Line → field → text, read again from the kept file with the columns as they were settled.

    Reading stops at the last line asked for. Raises: what reading the file raises; what
    `ContentStore.checked_path` raises if the kept bytes are gone or have changed.
    """
    source = originals().checked_path(batch.file_sha256)
    with working_folder("lines") as folder:
        return _read(source, batch, frozenset(lines), folder)


def _read(
    source: Path, batch: Batch, lines: frozenset[int], folder: Path
) -> dict[int, dict[str, str]]:
    opened = open_source(source, batch.filename, folder)
    try:
        return _lines(opened, batch, lines)
    except QuotesBroken:
        # The source now takes quotes for what they are: plain characters.
        return _lines(opened, batch, lines)


def _lines(opened: Source, batch: Batch, lines: frozenset[int]) -> dict[int, dict[str, str]]:
    sheet = _sheet_of(opened, batch.layout.get("sheet"))
    fields: Mapping[str, str] = {
        one["header"]: one["field"] for one in batch.layout["columns"] if one["field"]
    }
    known = frozenset(header_key(header) for header in fields)
    header = opened.header(sheet) or find_header(opened.rows(sheet), known, batch.filename)
    places = [(at, fields[name]) for at, name in enumerate(header.names) if name in fields]
    found: dict[int, dict[str, str]] = {}
    for row in opened.rows(sheet):
        if row.line in lines:
            cells = row.cells
            found[row.line] = {name: cells[at] for at, name in places if at < len(cells)}
        if row.line >= max(lines):
            break
    return found


def _sheet_of(opened: Source, name: str | None) -> int:
    """The sheet of that name; of a file without one, the first that holds anything."""
    if name in opened.names:
        return opened.names.index(name)
    sheets = range(len(opened.names))
    return next((at for at in sheets if next(opened.rows(at), None) is not None), 0)
