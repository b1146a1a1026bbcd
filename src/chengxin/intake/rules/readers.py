"""Read a file into sheets of text cells; the original bytes are only looked at."""

from collections.abc import Sequence

from chengxin.intake.errors import EmptyFile, FileTooLarge, NoSuchSheet
from chengxin.intake.rules.delimited import read_delimited
from chengxin.intake.rules.formats import Format, sniff
from chengxin.intake.rules.isolation import read_apart
from chengxin.intake.rules.packages import MEGABYTE, inspect_package
from chengxin.intake.rules.workbooks import read_workbook
from chengxin.intake.values import Reading, Sheet

SIZE_LIMIT = 200 * MEGABYTE


def read_file(data: bytes, filename: str, *, size_limit: int = SIZE_LIMIT) -> Reading:
    """All sheets of `data` as text cells.

    Raises: the errors of `chengxin.intake.errors` that concern a file as a whole.
    """
    if len(data) > size_limit:
        raise FileTooLarge(
            filename=filename, size_mb=-(-len(data) // MEGABYTE), limit_mb=size_limit // MEGABYTE
        )
    kind = sniff(data, filename)
    if kind is Format.CSV:
        return read_delimited(data, filename)
    if kind is Format.XLS:
        return read_apart(data, filename, kind)
    inspect_package(data, filename)
    return read_workbook(data, filename, kind)


def pick_sheet(reading: Reading, filename: str, name: str | None) -> Sheet:
    """The sheet called `name`, or the first that holds anything.

    Raises: `NoSuchSheet`, `EmptyFile`.
    """
    if name is not None:
        for sheet in reading.sheets:
            if sheet.name == name:
                return sheet
        listed = "、".join(sheet.name or "" for sheet in reading.sheets) or "-"
        raise NoSuchSheet(filename=filename, sheet=name, sheets=listed)
    filled: Sequence[Sheet] = [sheet for sheet in reading.sheets if sheet.rows]
    if not filled:
        raise EmptyFile(filename=filename)
    return filled[0]
