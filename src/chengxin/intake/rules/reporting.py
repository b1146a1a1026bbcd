"""Faults as the clerk sees them: at lines and columns of her own file."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from chengxin.catalogue.values import Item
from chengxin.engine.rules.wording import shown
from chengxin.engine.values import Fault, Severity
from chengxin.intake.values import CellFault, Table

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
    faults: Sequence[Fault],
    item: Item,
    headers: Mapping[str, str],
    table: Table,
    doubted: Collection[str],
) -> Iterator[CellFault]:
    """Faults with the line of the sheet and the header of the column.

    Left out: what a missing column or an open question about the column already says.
    """
    personal = {field.name for field in item.fields if field.personal}
    for fault in faults:
        name = fault.field
        if name in doubted or (fault.code == REQUIRED and name not in headers):
            continue
        column = headers.get(name) or item.field(name).label
        hidden = name in personal or fault.private
        proposal = fault.proposal
        if proposal is not None:
            proposal = shown(proposal, hidden=hidden) if hidden else proposal
        yield CellFault(table.rows[fault.row].line, column, fault, proposal)
