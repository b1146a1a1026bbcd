"""A workbook as a source of rows: a small one laid out in memory, a large one in a stream."""

from collections.abc import Iterator
from pathlib import Path

from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.isolation import read_apart
from chengxin.intake.rules.limits import LARGE_SHEET
from chengxin.intake.rules.packages import inspect_package
from chengxin.intake.rules.sheetxml import LargeWorkbook
from chengxin.intake.rules.staging import RowWriter
from chengxin.intake.rules.workbooks import read_workbook
from chengxin.intake.values import Header, Question, Row, Sheet, Staged


class WorkbookSource:
    """The sheets of a workbook 工作簿, the visible ones first.

    Raises: `Encrypted`, `Corrupt`, `ZipBomb`, `TooWide`.
    """

    encoding: str | None = None

    def __init__(self, source: Path, filename: str, kind: Format, folder: Path) -> None:
        self.format = kind
        self.oddities: list[Question] = []
        self._large: LargeWorkbook | None = None
        self._sheets: tuple[Sheet, ...] = ()
        if kind is Format.XLS:
            self._sheets = read_apart(source, filename, kind).sheets
        elif inspect_package(source, filename) > LARGE_SHEET:
            self._large = LargeWorkbook(source, filename, folder)
        else:
            self._sheets = read_workbook(source, filename, kind).sheets
        names = self._large.names if self._large else [sheet.name for sheet in self._sheets]
        self.names: tuple[str | None, ...] = tuple(names)

    def header(self, sheet: int) -> Header | None:
        """No header comes with the rows: it is among them."""
        del sheet
        return None

    def rows(self, sheet: int) -> Iterator[Row]:
        """Every row that holds anything."""
        return self._large.rows(sheet) if self._large else iter(self._sheets[sheet].rows)

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows below `header` as Parquet in `folder`; a sheet may be wider than its header."""
        del extent
        with RowWriter(folder, names=header.names, kinds=True) as writer:
            for row in self.rows(sheet):
                if row.line > header.last:
                    writer.add(row)
        return writer.staged()
