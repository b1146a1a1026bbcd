"""Look at a file of any size: what it is, what it holds, what is wrong in it; nothing is written.

Everything large lies on disk in a folder of the caller's: the rows as received (`Staged`), the
rows checked (`Examined`). Memory does not grow with the file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from chengxin.catalogue.queries import item as item_of
from chengxin.catalogue.queries import items as items_of
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Item
from chengxin.engine.services import Examined, examine_file
from chengxin.intake.errors import EmptyFile, NoHeader, NoSuchSheet
from chengxin.intake.rules import damage, oddities
from chengxin.intake.rules.archives import ArchiveSource
from chengxin.intake.rules.delimited import QuotesBroken
from chengxin.intake.rules.doubts import doubts
from chengxin.intake.rules.evidence import Content, looks_personal
from chengxin.intake.rules.headers import (
    LOOKED_AT,
    extent_of,
    find_header,
    headers_of,
    known_headers,
    used_columns,
)
from chengxin.intake.rules.mapping import (
    NOTHING,
    Guess,
    detect_item,
    given_mapping,
    propose,
    recalled_mapping,
)
from chengxin.intake.rules.parties import DERIVED, needs_kinds, with_kinds
from chengxin.intake.rules.readers import Source, open_source
from chengxin.intake.rules.reporting import cell_faults, missing_columns, shown_groups
from chengxin.intake.rules.specimens import Specimens, head
from chengxin.intake.values import Column, Header, Preview, Question, Staged, Table
from chengxin.policy.values.rulebook import Rulebook

DOUBTED = 0.3  # confidence of a column that contradicts its header
MOST_FAULTS = 10_000
"""Faults a preview lists, one by one; `Preview.groups` counts all of them."""

Recall = Callable[[str, Sequence[str]], Mapping[str, str | None] | None]
"""Item code and headers → the mapping a person decided for such a file before, or None."""


@dataclass(frozen=True)
class Look:
    """What was seen of one sheet, with its rows on disk.

    `fields` maps each field to its column in `staged.rows`; `examined` is None when no item or
    no field was recognised, or there are no rows.
    """

    preview: Preview
    header: Header
    staged: Staged
    fields: Mapping[str, str]
    examined: Examined | None


def look(  # noqa: PLR0913  each says something else of the same file
    source: Path,
    filename: str,
    *,
    folder: Path,
    book: Rulebook,
    on: date,
    item_code: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    recall: Recall | None = None,
) -> Look:
    """Read, map and check the file `source`; `folder` takes what is made of it.

    `mapping` (header → field, None for none) is what a person decided; it answers the doubts
    about columns. `recall` is asked when there is none. `on` is the day of the check.
    Raises: `UnknownItem` and the errors of `chengxin.intake.errors` about the whole file.
    """
    items = items_of(book)
    wanted = {item_code: item_of(book, item_code)} if item_code is not None else items
    opened = open_source(source, filename, folder)
    try:
        found = _found(opened, filename, sheet, wanted, folder)
    except QuotesBroken:
        found = _found(opened, filename, sheet, wanted, folder)
    return _Looking(found, items, book, on, folder).look(item_code, mapping, recall)


@dataclass(frozen=True)
class _Found:
    """The sheet with the table, staged."""

    source: Source
    sheet: int
    tables: tuple[int, ...]
    unread: tuple[str, ...]
    chosen: bool
    header: Header
    staged: Staged


def _found(
    source: Source, filename: str, sheet: str | None, items: Mapping[str, Item], folder: Path
) -> _Found:
    """The named sheet, or the first with a table in it; the others with a table are counted."""
    known = known_headers(items.values())
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
    return _Found(source, number, tuple(headers), tuple(unread), sheet is not None, header, staged)


class _Looking:
    """One look, step by step: columns, item, mapping, doubts, check, answer."""

    def __init__(
        self, found: _Found, items: Mapping[str, Item], book: Rulebook, on: date, folder: Path
    ) -> None:
        self._found, self._items, self._book = found, items, book
        self._on, self._folder = on, folder
        self._staged = found.staged
        positions = used_columns(found.header, self._staged.filled)
        self._specimens = Specimens(self._staged, positions)
        headers = headers_of(found.header, positions)
        self._table = Table(found.header.line, headers, positions, self._specimens.rows)
        self._contents = [
            Content(self._specimens.texts(at), self._specimens.kinds(at), book) for at in positions
        ]

    def look(
        self,
        item_code: str | None,
        mapping: Mapping[str, str | None] | None,
        recall: Recall | None,
    ) -> Look:
        headers = self._table.headers
        code = item_code or detect_item(self._items, headers, self._contents)
        questions = self._about_file()
        if code is None:
            questions.append(oddities.no_item_question(self._items, headers))
            preview = self._answer(None, self._unmapped(), questions)
            return Look(preview, self._found.header, self._staged, {}, None)
        item = self._items[code]
        guesses, remembered = self._guesses(item, mapping, recall, questions)
        settled = mapping if mapping is not None else {}
        doubted = [
            question
            for question in doubts(item, headers, self._contents, guesses)
            if not set(question.columns) <= set(settled)
        ]
        questions += doubted
        fields = {
            guess.field: f"c{at}"
            for at, guess in zip(self._table.positions, guesses, strict=True)
            if guess.field is not None
        }
        fields |= self._derived(item, fields, questions)
        questions += _some(oddities.missing_question(item, fields))
        uncertain = {name for question in doubted for name in question.fields}
        examined = self._examined(item, fields)
        columns = self._columns(item, guesses, uncertain)
        preview = self._answer(code, tuple(columns), questions, remembered=remembered)
        preview = self._with_faults(preview, item, guesses, fields, examined, uncertain)
        return Look(preview, self._found.header, self._staged, fields, examined)

    def _about_file(self) -> list[Question]:
        found = self._found
        questions = list(found.source.oddities)
        if not found.chosen:
            names = [found.source.names[at] or "" for at in found.tables]
            questions += _some(
                oddities.sheet_question(names), oddities.unread_question(found.unread)
            )
        return questions + _some(
            damage.damage_question(self._staged),
            oddities.header_question(self._table),
            oddities.rounded_question(self._table, self._staged),
        )

    def _guesses(
        self,
        item: Item,
        mapping: Mapping[str, str | None] | None,
        recall: Recall | None,
        questions: list[Question],
    ) -> tuple[tuple[Guess, ...], bool]:
        """What each column holds: decided, remembered or proposed; whether it was remembered."""
        headers = self._table.headers
        proposed = propose(item, headers, self._contents)
        if mapping is not None:
            return given_mapping(item, headers, mapping, proposed), False
        questions += _some(oddities.repeated_question(self._table))
        known = recall(item.code, headers) if recall is not None else None
        if known is None:
            return proposed, False
        return recalled_mapping(item, headers, known, proposed), True

    def _derived(
        self, item: Item, fields: Mapping[str, str], questions: list[Question]
    ) -> dict[str, str]:
        """The column 行政相对人类别 of a file that has none, told from the codes."""
        if not needs_kinds(item, fields):
            return {}
        self._staged = with_kinds(self._staged, fields, self._folder)
        questions.append(oddities.derived_question(item, ["subject_kind"]))
        return {"subject_kind": DERIVED}

    def _examined(self, item: Item, fields: Mapping[str, str]) -> Examined | None:
        if not fields or not self._staged.count:
            return None
        program = compile_item(item, self._book)
        return examine_file(
            program, self._staged.rows, columns=fields, on=self._on, folder=self._folder
        )

    def _with_faults(
        self,
        preview: Preview,
        item: Item,
        guesses: Sequence[Guess],
        fields: Mapping[str, str],
        examined: Examined | None,
        uncertain: set[str],
    ) -> Preview:
        headers: dict[str | None, str] = {
            guess.field: header
            for guess, header in zip(guesses, self._table.headers, strict=True)
            if guess.field
        }
        labels = headers | {name: item.field(name).label for name in fields if name not in headers}
        missing = list(missing_columns(item, fields, self._table.header_row))
        hurt = list(damage.damaged_faults(self._staged, self._found.header, MOST_FAULTS))
        seen = cell_faults(examined, item, labels, uncertain, MOST_FAULTS) if examined else []
        groups = shown_groups(examined, labels, uncertain, missing, self._staged)
        received = head(self._staged.rows, list(fields.values()), LOOKED_AT)
        return replace(
            preview,
            faults=(*missing, *hurt, *seen),
            groups=groups,
            lines=tuple(row.line for row in self._specimens.rows[:LOOKED_AT]),
            columns_of={name: received[column] for name, column in fields.items()},
            normalised=head(examined.checked, list(fields), LOOKED_AT) if examined else {},
        )

    def _answer(
        self,
        code: str | None,
        columns: Sequence[Column],
        questions: Sequence[Question],
        *,
        remembered: bool = False,
    ) -> Preview:
        source = self._found.source
        member = source.member(self._found.sheet) if isinstance(source, ArchiveSource) else source
        return Preview(
            format=member.format,
            encoding=member.encoding,
            sheet=source.names[self._found.sheet],
            sheets=tuple(name for name in source.names if name is not None),
            header_row=self._table.header_row,
            item=code,
            columns=tuple(columns),
            rows=self._staged.total,
            faults=(),
            questions=tuple(questions),
            tables=tuple(source.names[at] or "" for at in self._found.tables),
            quarantined=sum(self._staged.damage.values()),
            remembered=remembered,
        )

    def _unmapped(self) -> list[Column]:
        pairs = zip(self._table.headers, self._contents, strict=True)
        return [
            Column(header, NOTHING.field, NOTHING.confidence, looks_personal(content))
            for header, content in pairs
        ]

    def _columns(
        self, item: Item, guesses: Sequence[Guess], uncertain: set[str]
    ) -> Iterator[Column]:
        for header, content, guess in zip(
            self._table.headers, self._contents, guesses, strict=True
        ):
            field = item.field(guess.field) if guess.field is not None else None
            personal = (field is not None and field.personal) or looks_personal(content)
            sure = DOUBTED if guess.field in uncertain else guess.confidence
            yield Column(header, guess.field, min(sure, guess.confidence), personal)


def _some(*questions: Question | None) -> list[Question]:
    return [question for question in questions if question is not None]
