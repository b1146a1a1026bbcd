"""A workbook as a source of rows: small ones laid out in memory, sheet by sheet."""

from collections.abc import Iterator
from pathlib import Path

from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.isolation import read_apart
from chengxin.intake.rules.packages import inspect_package
from chengxin.intake.rules.staging import RowWriter
from chengxin.intake.rules.workbooks import read_workbook
from chengxin.intake.values import Header, Question, Reading, Row, Staged


class WorkbookSource:
    """The sheets of a workbook 工作簿, the visible ones first.

    Raises: `Encrypted`, `Corrupt`, `ZipBomb`, `TooWide`.
    """

    encoding: str | None = None

    def __init__(self, source: Path, filename: str, kind: Format) -> None:
        self.format = kind
        self.oddities: list[Question] = []
        self._reading = _read(source, filename, kind)
        self.names: tuple[str | None, ...] = tuple(s.name for s in self._reading.sheets)

    def header(self, sheet: int) -> Header | None:
        """No header comes with the rows: it is among them."""
        del sheet
        return None

    def rows(self, sheet: int) -> Iterator[Row]:
        """Every row that holds anything."""
        return iter(self._reading.sheets[sheet].rows)

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows below `header` as Parquet in `folder`; a sheet may be wider than its header."""
        del extent
        with RowWriter(folder, names=header.names, kinds=True) as writer:
            for row in self.rows(sheet):
                if row.line > header.last:
                    writer.add(row)
        return writer.staged()


def _read(source: Path, filename: str, kind: Format) -> Reading:
    if kind is Format.XLS:
        return read_apart(source, filename, kind)
    inspect_package(source, filename)
    return read_workbook(source, filename, kind)
