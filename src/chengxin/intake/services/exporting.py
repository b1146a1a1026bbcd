"""The rows to mend, as a workbook 待改文件: each fault a comment on its cell.

Only the bad rows are in it, and only they have to be sent again: a column tells which lines of
which batch they are, so that the old ones are done with when the new ones go in.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from chengxin.audit import services as audit
from chengxin.engine.values import Severity
from chengxin.intake.models import Batch, Row, RowState
from chengxin.intake.queries import effective_texts
from chengxin.intake.refusals import NothingToMend, UnknownBatch
from chengxin.intake.rules.returning import line_column
from chengxin.kernel.actor import Actor

TO_MEND: Final = (RowState.FAULTY, RowState.QUARANTINED)
_HEAD = Font(bold=True)
_FILLS: Final = {
    Severity.ERROR: PatternFill("solid", fgColor="F8CBAD"),
    Severity.WARNING: PatternFill("solid", fgColor="FFE699"),
}
_WIDTH, _HEIGHT, _LINE = 420, 90, 60


@transaction.atomic
def export_faults(*, number: str, by: Actor) -> bytes:
    """The rows of a batch that could not be taken in, as .xlsx to be mended and sent again.

    Cells are as received, with accepted proposals in place; the personal ones too, for they have
    to be mended as well: so only who may submit for the unit gets the file, and that is noted.
    Every cell is text: nothing in it is run as a formula.

    Raises: `UnknownBatch`, `NotPermitted`, `NothingToMend`.
    """
    batch = Batch.objects.filter(number=number).first()
    if batch is None:
        raise UnknownBatch(asked=number)
    by.require("intake.submit", unit=batch.unit)
    rows = Row.objects.filter(batch=batch, state__in=TO_MEND).order_by("number")
    count = rows.count()
    if not count:
        raise NothingToMend(number=batch.number)
    columns = [(c["header"], c["field"]) for c in batch.layout["columns"] if c["field"]]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("待改数据")
    sheet.freeze_panes = "B2"
    sheet.append([_head(sheet, name) for name in (line_column(number), *(h for h, _ in columns))])
    for row in rows.iterator(chunk_size=500):
        sheet.append(_cells(sheet, row, columns))
    audit.note(
        by=by,
        verb="intake.export_faults",
        target=f"batch:{batch.id}",
        unit=batch.unit,
        facts={"number": batch.number, "rows": count},
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any, name: str) -> Any:
    cell = _text(sheet, name)
    cell.font = _HEAD
    return cell


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    if text:
        cell.value = text
        cell.data_type = "s"  # also where it begins like a formula
    cell.number_format = "@"
    return cell


def _cells(sheet: Any, row: Row, columns: Sequence[tuple[str, str]]) -> list[Any]:
    texts = effective_texts(row)
    faults: dict[str, list[Mapping[str, Any]]] = {}
    for fault in row.faults:
        if fault["severity"] in _FILLS:
            faults.setdefault(fault["field"], []).append(fault)
    fields = {field for _, field in columns}
    others = [one for name, told in faults.items() if name not in fields for one in told]
    line = _text(sheet, str(row.number))
    _comment(line, others)
    answer = [line]
    for _, field in columns:
        cell = _text(sheet, texts.get(field, ""))
        _comment(cell, faults.get(field, []))
        answer.append(cell)
    return answer


def _comment(cell: Any, faults: Sequence[Mapping[str, Any]]) -> None:
    if not faults:
        return
    gravest = min(list(_FILLS).index(Severity(fault["severity"])) for fault in faults)
    cell.fill = list(_FILLS.values())[gravest]
    lines = []
    for fault in faults:
        lines.append(f"{fault['message_zh']}\n{fault['message_en']}")
        if fault["proposal"]:
            lines.append(f"建议 Proposed：{fault['proposal']}")
    comment = Comment("\n\n".join(lines), "诚信 Chengxin")
    comment.width, comment.height = _WIDTH, _HEIGHT + _LINE * len(lines)
    cell.comment = comment
