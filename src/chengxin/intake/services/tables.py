"""Reading a table that is no catalogue item, such as a registration list."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from chengxin.intake.errors import EmptyFile
from chengxin.intake.rules.delimited import QuotesBroken
from chengxin.intake.rules.headers import (
    LOOKED_AT,
    extent_of,
    find_header,
    find_table,
    header_key,
    headers_of,
    used_columns,
)
from chengxin.intake.rules.readers import Source, open_source, pick_sheet, read_file
from chengxin.intake.rules.specimens import Specimens
from chengxin.intake.values import Header, Staged, Table


def read_table(data: bytes, filename: str, *, known: Iterable[str] = ()) -> Table:
    """The first table of a file, with its header found among the `known` names.

    Raises: the errors of `chengxin.intake.errors` about a whole file.
    """
    reading = read_file(data, filename)
    sheet = pick_sheet(reading, filename, None)
    return find_table(sheet, frozenset(header_key(name) for name in known), filename)


@dataclass(frozen=True)
class StagedTable:
    """A table on disk: its columns by name and by `columns` of `staged.rows`, with specimens."""

    format: str
    encoding: str | None
    header: Header
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    staged: Staged


def stage_table(source: Path, *, folder: Path, known: Iterable[str] = ()) -> StagedTable:
    """The first table of a file of any size, put into `folder`; see `read_table`.

    Raises: the errors of `chengxin.intake.errors` about a whole file.
    """
    keys = frozenset(header_key(name) for name in known)
    opened = open_source(source, source.name, folder)
    try:
        return _staged(opened, source.name, keys, folder)
    except QuotesBroken:
        return _staged(opened, source.name, keys, folder)


def _staged(source: Source, filename: str, keys: frozenset[str], folder: Path) -> StagedTable:
    sheets = range(len(source.names))
    sheet = next((at for at in sheets if next(source.rows(at), None) is not None), None)
    if sheet is None:
        raise EmptyFile(filename=filename)
    header = source.header(sheet) or find_header(source.rows(sheet), keys, filename)
    below = (row for row in source.rows(sheet) if row.line > header.last)
    staged = source.stage(sheet, header, extent_of(header, islice(below, LOOKED_AT * 10)), folder)
    places = used_columns(header, staged.filled)
    specimens = Specimens(staged, places)
    return StagedTable(
        format=str(source.format),
        encoding=source.encoding,
        header=header,
        headers=headers_of(header, places),
        columns=tuple(f"c{place}" for place in places),
        samples=tuple(tuple(specimens.texts(place)) for place in places),
        staged=staged,
    )
