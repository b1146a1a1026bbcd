"""Look at a file of any size: what it is, what it holds, what is wrong in it; nothing is written.

Everything large lies on disk in a folder of the caller's: the rows as received (`Staged`), the
rows checked (`Examined`). Memory does not grow with the file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chengxin.catalogue.queries import open_item, open_items
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Item
from chengxin.engine.services import Examined, examine_file
from chengxin.intake.rules import damage, oddities
from chengxin.intake.rules.archives import ArchiveSource
from chengxin.intake.rules.doubts import doubts
from chengxin.intake.rules.evidence import Content, looks_personal
from chengxin.intake.rules.finding import FoundTable, found_table
from chengxin.intake.rules.headers import (
    LOOKED_AT,
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
from chengxin.intake.rules.readers import open_source
from chengxin.intake.rules.reporting import cell_faults, missing_columns, shown_groups
from chengxin.intake.rules.slipped import glued_header
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
    items = open_items(book, on)
    wanted = {item_code: open_item(book, item_code, on)} if item_code is not None else items
    opened = open_source(source, filename, folder)
    found = found_table(opened, filename, sheet, known_headers(wanted.values()), folder)
    return _Looking(found, items, book, on, folder).look(item_code, mapping, recall)


class _Looking:
    """One look, step by step: columns, item, mapping, doubts, check, answer."""

    def __init__(
        self, found: FoundTable, items: Mapping[str, Item], book: Rulebook, on: date, folder: Path
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
        item = self._items[code] if code is not None else None
        glued = glued_header(self._items, item, headers, self._contents)
        if code is None or item is None:
            questions += _some(glued.question if glued else None)
            questions.append(oddities.no_item_question(self._items, headers))
            preview = self._answer(None, self._unmapped(), questions)
            return Look(preview, self._found.header, self._staged, {}, None)
        guesses, remembered = self._guesses(item, mapping, recall, questions)
        settled = set(mapping if mapping is not None else {})
        doubted = [
            question
            for question in self._doubts(item, guesses)
            if not set(question.columns) <= settled
        ]
        # A broken header a person has settled before is asked about again only if in doubt.
        known = settled >= set(headers) or (remembered and not doubted)
        if glued is not None and not known:
            doubted, guesses = [glued.question], glued.guesses
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
        recalled = recalled_mapping(item, headers, known, proposed)
        if self._doubts(item, recalled) and not self._doubts(item, proposed):
            # Columns once filled the wrong way are right in this file; it stays remembered.
            questions.append(oddities.not_remembered_question(recalled, proposed, headers))
            return proposed, False
        return recalled, True

    def _doubts(self, item: Item, guesses: Sequence[Guess]) -> list[Question]:
        return doubts(item, self._table.headers, self._contents, guesses)

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
            faulty=examined.grave if examined else 0,
            lines=tuple(row.line for row in self._specimens.rows[:LOOKED_AT]),
            columns_of={name: received[column] for name, column in fields.items()},
            normalised=examined.first(list(fields), LOOKED_AT) if examined else {},
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
            source = guess.source if guess.field is not None else Guess.source
            yield Column(header, guess.field, min(sure, guess.confidence), personal, source)


def _some(*questions: Question | None) -> list[Question]:
    return [question for question in questions if question is not None]
