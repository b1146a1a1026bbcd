"""Open a file as a source of rows; the original bytes are only looked at."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from chengxin.intake.errors import EmptyFile, FileTooLarge, NoSuchSheet, UnsafeArchive
from chengxin.intake.rules.archives import ArchiveSource, unpack_gzip
from chengxin.intake.rules.columnar import ParquetSource
from chengxin.intake.rules.delimited import QuotesBroken, TextSource
from chengxin.intake.rules.formats import Format, sniff
from chengxin.intake.rules.limits import MEGABYTE, UNPACKED_LIMIT, size_limit
from chengxin.intake.rules.records import JsonSource
from chengxin.intake.rules.sheets import WorkbookSource
from chengxin.intake.values import Header, Question, Reading, Row, Sheet, Staged

SIZE_LIMIT = size_limit()


class Source(Protocol):
    """A file that is open: its sheets, their rows one after the other, and a way to disk.

    `names` are those of its sheets, None for a file that has but one without a name.
    """

    oddities: list[Question]

    @property
    def format(self) -> Format:
        """What the file is."""

    @property
    def encoding(self) -> str | None:
        """How its bytes became text; None where the format says that itself."""

    @property
    def names(self) -> tuple[str | None, ...]:
        """Names of the sheets, in the order they are offered."""

    def header(self, sheet: int) -> Header | None:
        """The names that come with the records themselves; None where a row holds them."""

    def rows(self, sheet: int) -> Iterator[Row]:
        """The rows of a sheet that hold anything. Raises: `QuotesBroken`."""

    def stage(self, sheet: int, header: Header, extent: int, folder: Path) -> Staged:
        """The rows below the header on disk. Raises: `QuotesBroken`."""


def open_source(source: Path, filename: str, folder: Path, *, limit: int = SIZE_LIMIT) -> Source:
    """Open a file of any kind; `folder` takes what has to be unpacked or rewritten.

    Raises: the errors of `chengxin.intake.errors` that concern a file as a whole.
    """
    size = source.stat().st_size
    if size > limit:
        raise FileTooLarge(
            filename=filename, size_mb=-(-size // MEGABYTE), limit_mb=limit // MEGABYTE
        )
    kind = sniff(source, filename)
    if kind is Format.ZIP:
        return ArchiveSource(source, filename, folder, open_source)
    if kind is Format.GZIP:
        inner = unpack_gzip(source, filename, folder)
        if sniff(inner, filename) in {Format.ZIP, Format.GZIP}:
            raise UnsafeArchive(
                filename=filename,
                member=filename.removesuffix(".gz"),
                why="又是一个压缩包",
                why_en="is an archive itself",
            )
        return open_source(inner, filename.removesuffix(".gz"), folder, limit=UNPACKED_LIMIT)
    if kind is Format.CSV:
        return TextSource(source, filename, folder)
    if kind is Format.JSON:
        return JsonSource(source, filename, folder)
    if kind is Format.PARQUET:
        return ParquetSource(source, filename, folder)
    return WorkbookSource(source, filename, kind, folder)


def read_file(data: bytes, filename: str, *, size_limit: int = SIZE_LIMIT) -> Reading:
    """All sheets of a small file, laid out in memory.

    Raises: the errors of `chengxin.intake.errors` that concern a file as a whole.
    """
    if len(data) > size_limit:
        raise FileTooLarge(
            filename=filename, size_mb=-(-len(data) // MEGABYTE), limit_mb=size_limit // MEGABYTE
        )
    with tempfile.TemporaryDirectory(prefix="chengxin-read-") as folder:
        path = Path(folder) / "original"
        path.write_bytes(data)
        opened = open_source(path, filename, Path(folder))
        try:
            sheets = _laid_out(opened)
        except QuotesBroken:
            sheets = _laid_out(opened)
    if not any(sheet.rows for sheet in sheets):
        raise EmptyFile(filename=filename)
    return Reading(opened.format, opened.encoding, sheets, tuple(opened.oddities))


def _laid_out(opened: Source) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(name, tuple(opened.rows(number))) for number, name in enumerate(opened.names)
    )


def pick_sheet(reading: Reading, filename: str, name: str | None) -> Sheet:
    """The sheet called `name`, or the first that holds anything.

    Raises: `NoSuchSheet`, `EmptyFile`.
    """
    if name is not None:
        for sheet in reading.sheets:
            if sheet.name == name:
                return sheet
        raise NoSuchSheet(filename=filename, sheet=name, sheets=listed(reading.sheets))
    filled: Sequence[Sheet] = [sheet for sheet in reading.sheets if sheet.rows]
    if not filled:
        raise EmptyFile(filename=filename)
    return filled[0]


def listed(sheets: Sequence[Sheet]) -> str:
    """Names of sheets for a sentence."""
    return "、".join(sheet.name or "" for sheet in sheets) or "-"
