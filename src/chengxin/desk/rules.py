"""Small judgements of presentation: what to mask, what to group, what to compare."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from chengxin.catalogue.values import Field, FieldType, Item
from chengxin.desk.previewed import FaultGroup
from chengxin.engine.values import Severity
from chengxin.intake.rules.parties import personal_fields
from chengxin.intake.values import CellFault, Preview
from chengxin.kernel.text import mask_id, mask_name
from chengxin.policy.values import Rulebook, WorkingCalendar

GRAVEST_FIRST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
FIRST_LINES = 5
ONE_DAY = timedelta(days=1)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def on_time_since(day: date, working_days: int, calendar: WorkingCalendar) -> date:
    """The first decision day whose report is still on time on `day`. Raises: `BeyondCalendar`."""
    first = day
    while calendar.working_days_between(first - ONE_DAY, day) <= working_days:
        first -= ONE_DAY
    return first


def grouped(seen: Preview) -> tuple[FaultGroup, ...]:
    """Faults by field and code with their counts, gravest and then most frequent first."""
    listed: dict[tuple[str, str], list[CellFault]] = {}
    for cell in seen.faults:
        listed.setdefault((cell.fault.field, cell.fault.code), []).append(cell)
    groups = []
    for group in seen.groups:
        cells = listed.get((group.field, group.code), [])
        groups.append(
            FaultGroup(
                field=group.field,
                code=group.code,
                severity=group.severity.value,
                count=group.count,
                lines=tuple(dict.fromkeys(cell.row for cell in cells[:FIRST_LINES])),
                proposals=sum(cell.proposal_shown is not None for cell in cells),
                example=cells[0] if cells else None,
            )
        )
    return tuple(
        sorted(
            groups,
            key=lambda g: (GRAVEST_FIRST[Severity(g.severity)], -g.count, g.code, g.field),
        )
    )


def faults_of(seen: Preview, code: str, field: str | None) -> list[CellFault]:
    """The faults listed of one kind; of every kind when no code is given."""
    return [
        one
        for one in seen.faults
        if code in ("", one.fault.code) and field in (None, one.fault.field)
    ]


def faulty_rows(seen: Preview) -> int:
    """How many whole rows hold an error; warnings and notes do not keep a row out.

    A required column that is missing (a fault of no row) keeps all of them out.
    """
    errors = [cell for cell in seen.faults if cell.fault.severity is Severity.ERROR]
    if any(cell.fault.row < 0 for cell in errors):
        return seen.rows - seen.quarantined
    if sum(group.count for group in seen.groups) > len(seen.faults):
        return seen.faulty  # not all of them are listed
    return len({cell.row for cell in errors if cell.fault.field})


def sample(
    item: Item,
    understood: Mapping[str, str],
    received: Mapping[str, str],
    book: Rulebook,
) -> dict[str, str]:
    """One row as understood, field → text for people, personal values masked."""
    personal = personal_fields(item, understood, received)
    shown = {}
    for field in item.fields:
        text = understood.get(field.name) or received.get(field.name) or ""
        if not text:
            continue
        hidden = field.name in personal
        shown[field.name] = _masked(field, text) if hidden else in_words(field, text, book)
    return shown


def _masked(field: Field, text: str) -> str:
    return mask_id(text) if field.type is FieldType.ID_NUMBER else mask_name(text)


def in_words(field: Field, text: str, book: Rulebook) -> str:
    """A normalised value for an officer's eye: codes with their labels, sums in yuan."""
    if field.type is FieldType.AMOUNT:
        try:
            return f"{Decimal(text):,.2f} 元"
        except InvalidOperation:
            return text
    if field.type in (FieldType.CODE, FieldType.CODES) and field.codelist:
        entries = book.codelists[field.codelist].by_code
        return "、".join(entries[c].label if c in entries else c for c in text.split(";"))
    return text


def compared(code: str, other: str) -> tuple[tuple[str, bool], ...]:
    """The characters of `code`, each with whether `other` has the same in its place."""
    return tuple((sign, at < len(other) and other[at] == sign) for at, sign in enumerate(code))


def safe_cell(text: str) -> str:
    """A text that a spreadsheet will show and never run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def chosen_mapping(headers: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """Header → field as chosen on the page; "" leaves the column out, the first of a name wins."""
    mapping: dict[str, str] = {}
    for header, field in zip(headers, fields, strict=False):
        mapping.setdefault(header, field)
    return mapping


def settled(mapping: Mapping[str, str], proposal: Mapping[str, str]) -> dict[str, str]:
    """The mapping with an accepted proposal in it; a column that held such a field gives it up."""
    taken = set(proposal.values())
    kept = {header: "" if field in taken else field for header, field in mapping.items()}
    return {**kept, **proposal}
