"""Faults as the clerk sees them: at lines and columns of her own file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from chengxin.catalogue.values import Item
from chengxin.engine.rules.wording import shown
from chengxin.engine.services import Examined
from chengxin.engine.values import Fault, FaultGroup, Severity
from chengxin.intake.rules.damage import damage_code
from chengxin.intake.values import CellFault, Staged

EVERY: Final = tuple(Severity)
GRAVE: Final = (Severity.ERROR, Severity.WARNING)
MISSING_COLUMN = "INTAKE-MISSING-COLUMN"
REQUIRED = "INTAKE-REQUIRED"


def missing_columns(item: Item, texts: Collection[str], header_row: int) -> Iterator[CellFault]:
    """One fault per required field that no column holds: said once, not on every row."""
    basis = str(item.basis[0]) if item.basis else ""
    for field in item.fields:
        if field.required and field.name not in texts and not field.ignored:
            fault = Fault(
                row=-1,
                field=field.name,
                code=MISSING_COLUMN,
                message_zh=f"文件中没有“{field.label}”列，该项为必填（{basis}）。"
                "请补上该列；若只是列名不同，请指明是哪一列。",
                message_en=f"The file has no column “{field.label_en}”, which is required "
                f"({basis}). Add it, or say which column it is.",
                proposal=field.default,
                basis=basis,
                severity=Severity.ERROR,
            )
            yield CellFault(header_row, field.label, fault, field.default)


def cell_faults(
    examined: Examined,
    item: Item,
    headers: Mapping[str | None, str],
    doubted: Collection[str],
    most: int | None,
) -> Iterator[CellFault]:
    """Faults with the line of the sheet and the header of the column, in order of the rows.

    When there are more than `most`, the notes are the first to be left out.
    Left out too: what a missing column or an open question about the column already says.
    """
    kept = [group for group in examined.groups if _is_shown(group, headers, doubted)]
    total = sum(group.count for group in kept)
    severities = EVERY if most is None or total <= most else GRAVE
    lines = examined.kept("line").combine_chunks()
    told = (
        fault
        for fault in examined.faults(severities=severities)
        if _is_shown(fault, headers, doubted)
    )
    for fault in islice(told, most):
        yield shown_fault(fault, item, headers, lines[fault.row].as_py())


def _is_shown(
    found: Fault | FaultGroup, headers: Mapping[str | None, str], doubted: Collection[str]
) -> bool:
    return found.field not in doubted and (found.code != REQUIRED or found.field in headers)


def shown_groups(
    examined: Examined | None,
    headers: Mapping[str | None, str],
    doubted: Collection[str],
    missing: Sequence[CellFault],
    staged: Staged,
) -> tuple[FaultGroup, ...]:
    """Every fault counted: missing columns (once each), rows set aside, and faults of cells."""
    columns = [
        FaultGroup(cell.fault.field, cell.fault.code, cell.fault.severity, 1, ())
        for cell in missing
    ]
    aside = [
        FaultGroup("", damage_code(reason), Severity.ERROR, count, ())
        for reason, count in staged.damage.items()
    ]
    groups = examined.groups if examined is not None else ()
    return (*columns, *aside, *(one for one in groups if _is_shown(one, headers, doubted)))


def shown_fault(
    fault: Fault, item: Item, headers: Mapping[str | None, str], line: int
) -> CellFault:
    """A fault at a line under the header of its column; a personal proposal masked."""
    field = item.field(fault.field)
    column = headers.get(fault.field) or field.label
    hidden = field.personal or fault.private
    proposal = fault.proposal
    if proposal is not None and hidden:
        proposal = shown(proposal, hidden=True)
    return CellFault(line, column, fault, proposal)
