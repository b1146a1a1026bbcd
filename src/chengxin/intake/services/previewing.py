"""Look at a file before anything is written: what it is, what it holds, what is wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from chengxin.catalogue.queries import item as item_of
from chengxin.catalogue.queries import items as items_of
from chengxin.catalogue.services import compile_item
from chengxin.catalogue.values import Item
from chengxin.engine.services import Normalised, examine
from chengxin.engine.values import Fault
from chengxin.intake.errors import NoHeader
from chengxin.intake.rules import oddities
from chengxin.intake.rules.doubts import doubts
from chengxin.intake.rules.evidence import Content, looks_personal
from chengxin.intake.rules.headers import find_table, known_headers
from chengxin.intake.rules.mapping import NOTHING, Guess, detect_item, given_mapping, propose
from chengxin.intake.rules.parties import kinds_from_codes
from chengxin.intake.rules.readers import pick_sheet, read_file
from chengxin.intake.rules.reporting import cell_faults, missing_columns
from chengxin.intake.values import CellFault, Column, Preview, Question, Reading, Sheet, Table
from chengxin.policy.values.rulebook import Rulebook

DOUBTED = 0.3  # confidence of a column that contradicts its header


def preview(
    data: bytes,
    filename: str,
    *,
    book: Rulebook,
    on: date,
    item_code: str | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
) -> Preview:
    """Read, map and check a file; nothing is written and no database is asked.

    `mapping` (header → field, None for none) is what a person decided; it answers the doubts
    about columns. `on` is the day of the check.
    Raises: `UnknownItem` and the errors of `chengxin.intake.errors` about the whole file.
    """
    reading = read_file(data, filename)
    items = items_of(book)
    wanted = {item_code: item_of(book, item_code)} if item_code is not None else items
    page, table = _find(reading, filename, sheet, wanted)
    contents = [Content(table.texts(c), table.kinds(c), book) for c in range(len(table.headers))]
    code = item_code or detect_item(items, table.headers, contents)
    questions = list(reading.oddities)
    if sheet is None:
        questions += _some(oddities.sheet_question(reading, page))
    questions += _some(oddities.header_question(table), oddities.rounded_question(table))
    if code is None:
        questions.append(oddities.no_item_question(items, table.headers))
        return _answer(reading, page, table, None, _unmapped(table, contents), (), questions, {})
    item = items[code]
    guesses = propose(item, table.headers, contents)
    if mapping is None:
        questions += _some(oddities.repeated_question(table))
    else:
        guesses = given_mapping(item, table.headers, mapping, guesses)
    doubted = [
        question
        for question in doubts(item, table.headers, contents, guesses)
        if mapping is None or not set(question.columns) <= set(mapping)
    ]
    questions += doubted
    texts = {
        guess.field: [text or None for text in table.texts(at)]
        for at, guess in enumerate(guesses)
        if guess.field is not None
    }
    derived = kinds_from_codes(item, texts)
    if derived:
        texts |= derived
        questions.append(oddities.derived_question(item, derived))
    uncertain = {name for question in doubted for name in question.fields}
    faults, clean = _examined(item, book, texts, table, on)
    headers = {g.field: h for g, h in zip(guesses, table.headers, strict=True) if g.field}
    headers |= {name: item.field(name).label for name in derived}
    questions += _some(oddities.missing_question(item, texts))
    shown = [
        *missing_columns(item, texts, table.header_row),
        *cell_faults(faults, item, headers, table, uncertain),
    ]
    columns = _columns(item, table, contents, guesses, uncertain)
    seen = _answer(reading, page, table, code, columns, shown, questions, texts)
    return replace(seen, normalised=clean)


def _find(
    reading: Reading, filename: str, sheet: str | None, items: Mapping[str, Item]
) -> tuple[Sheet, Table]:
    """The named sheet, or the first with a table in it."""
    known = known_headers(items.values())
    first = pick_sheet(reading, filename, sheet)
    if sheet is not None:
        return first, find_table(first, known, filename)
    refusal: NoHeader | None = None
    for page in (page for page in reading.sheets if page.rows):
        try:
            return page, find_table(page, known, filename)
        except NoHeader as error:
            refusal = refusal or error
    raise refusal or NoHeader(filename=filename, rows=0)


def _examined(
    item: Item,
    book: Rulebook,
    texts: Mapping[str, Sequence[str | None]],
    table: Table,
    on: date,
) -> tuple[list[Fault], Normalised]:
    if not texts or not table.rows:
        return [], {}
    return examine(compile_item(item, book), texts, on=on)


def _some(*questions: Question | None) -> list[Question]:
    return [question for question in questions if question is not None]


def _unmapped(table: Table, contents: Sequence[Content]) -> list[Column]:
    return [
        Column(header, NOTHING.field, NOTHING.confidence, looks_personal(content))
        for header, content in zip(table.headers, contents, strict=True)
    ]


def _columns(
    item: Item,
    table: Table,
    contents: Sequence[Content],
    guesses: Sequence[Guess],
    uncertain: set[str],
) -> list[Column]:
    columns = []
    for header, content, guess in zip(table.headers, contents, guesses, strict=True):
        field = item.field(guess.field) if guess.field is not None else None
        personal = (field is not None and field.personal) or looks_personal(content)
        sure = DOUBTED if guess.field in uncertain else guess.confidence
        columns.append(Column(header, guess.field, min(sure, guess.confidence), personal))
    return columns


def _answer(
    reading: Reading,
    page: Sheet,
    table: Table,
    code: str | None,
    columns: Sequence[Column],
    faults: Sequence[CellFault],
    questions: Sequence[Question],
    texts: Mapping[str, list[str | None]],
) -> Preview:
    return Preview(
        format=reading.format,
        encoding=reading.encoding,
        sheet=page.name,
        sheets=tuple(sheet.name or "" for sheet in reading.sheets if sheet.name is not None),
        header_row=table.header_row,
        item=code,
        columns=tuple(columns),
        rows=len(table.rows),
        faults=tuple(faults),
        questions=tuple(questions),
        lines=tuple(row.line for row in table.rows),
        columns_of=texts,
    )
