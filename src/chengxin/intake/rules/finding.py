"""Find the table in an open file, and put its rows on disk."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from chengxin.intake.errors import EmptyFile, NoHeader, NoSuchSheet
from chengxin.intake.rules.delimited import QuotesBroken
from chengxin.intake.rules.headers import LOOKED_AT, extent_of, find_header
from chengxin.intake.rules.readers import Source
from chengxin.intake.values import Header, Staged


@dataclass(frozen=True)
class FoundTable:
    """The sheet with the table, staged."""

    source: Source
    sheet: int
    tables: tuple[int, ...]
    unread: tuple[str, ...]
    chosen: bool
    header: Header
    staged: Staged


def found_table(
    source: Source, filename: str, sheet: str | None, known: frozenset[str], folder: Path
) -> FoundTable:
    """The named sheet, or the first with a table in it; the others with a table are counted.

    `known` are the keys of column names that are looked for. What is staged lies in `folder`.
    Raises: `NoSuchSheet`, `NoHeader`, `EmptyFile`, `Corrupt`, `UnreadableText`, `TooWide`.
    """
    try:
        return _found(source, filename, sheet, known, folder)
    except QuotesBroken:
        # The source has taken note, and reads quotes as ordinary characters from now on.
        return _found(source, filename, sheet, known, folder)


def _found(
    source: Source, filename: str, sheet: str | None, known: frozenset[str], folder: Path
) -> FoundTable:
    if sheet is not None and sheet not in source.names:
        listed = "、".join(name or "" for name in source.names) or "-"
        raise NoSuchSheet(filename=filename, sheet=sheet, sheets=listed)
    wanted = range(len(source.names)) if sheet is None else [source.names.index(sheet)]
    headers: dict[int, Header] = {}
    unread: list[str] = []
    refusal: NoHeader | None = None
    anything = False
    for number in wanted:
        if next(source.rows(number), None) is None:
            continue
        anything = True
        try:
            headers[number] = source.header(number) or find_header(
                source.rows(number), known, filename
            )
        except NoHeader as error:
            refusal = refusal or error
            unread.append(source.names[number] or "")
    if not headers:
        raise (
            (refusal or NoHeader(filename=filename, rows=0))
            if anything
            else EmptyFile(filename=filename)
        )
    number, header = next(iter(headers.items()))
    below = (row for row in source.rows(number) if row.line > header.last)
    extent = extent_of(header, islice(below, LOOKED_AT * 10))
    staged = source.stage(number, header, extent, folder)
    return FoundTable(
        source, number, tuple(headers), tuple(unread), sheet is not None, header, staged
    )
