"""Rows that are not whole: what is said of them, and how they are handed on."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyarrow.parquet as pq

from chengxin.engine.values import Fault, Severity
from chengxin.intake.rules.staging import (
    DAMAGED_TEXT,
    HEADER_AGAIN,
    NO_RECORD,
    REPLACED,
    TOO_MANY_CELLS,
)
from chengxin.intake.values import CellFault, Header, Question, Staged

SHOWN: Final = 10

# Reason → code of the fault, sentence in Chinese, sentence in English; `{column}` is the header.
_SAYINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    DAMAGED_TEXT: (
        "INTAKE-DAMAGED-TEXT",
        (
            "“{column}”含有已损坏的文字（�），原字在源文件中已丢失，系统不猜补；整行已隔离，不会入库。"
            "请从业务系统重新导出该行。"
        ),
        (
            "“{column}” holds characters damaged in the source (�); they are lost. The whole row "
            "is set aside and will not go in. Export it again."
        ),
    ),
    TOO_MANY_CELLS: (
        "INTAKE-TOO-MANY-CELLS",
        (
            "本行的单元格比列名多，多半是某格内的分隔符没有加引号，此后各格已错位；整行已隔离，不会入库。"
            "请更正该行（含分隔符的内容加引号），或改用 .xlsx 报送。"
        ),
        (
            "The row has more cells than there are columns: a separator inside a cell was probably "
            "not quoted, and what follows has slipped. The whole row is set aside and will not go "
            "in. Quote the cell, or send .xlsx."
        ),
    ),
    HEADER_AGAIN: (
        "INTAKE-HEADER-AGAIN",
        (
            "本行重复了表头（多半由几张表拼接而成），不是数据，已隔离，不会入库。"
            "确认无误即可，无需处理。"
        ),
        (
            "The row repeats the column names (several tables were probably joined); it is no "
            "record, is set aside and will not go in. Nothing to do if that is right."
        ),
    ),
    NO_RECORD: (
        "INTAKE-NO-RECORD",
        "此处不是一条记录（应为一个 JSON 对象），已隔离，不会入库。请检查导出程序。",
        (
            "This is no record (a JSON object is expected); it is set aside and will not go in. "
            "Check the program that made the file."
        ),
    ),
}
_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    DAMAGED_TEXT: ("含有已损坏的文字（�）", "hold characters damaged in the source (�)"),
    TOO_MANY_CELLS: ("单元格比列名多、已错位", "have more cells than columns and have slipped"),
    HEADER_AGAIN: ("重复了表头", "repeat the column names"),
    NO_RECORD: ("不是记录", "are no records"),
}


@dataclass(frozen=True)
class DamagedRow:
    """A row set aside: where, why (`damage` is one of the reasons of `staging`), its cells."""

    line: int
    damage: str
    cells: tuple[str, ...]
    rest: tuple[str, ...]


def damaged_rows(staged: Staged) -> Iterator[DamagedRow]:
    """The rows set aside, in order of the file."""
    if staged.damaged is None:
        return
    with pq.ParquetFile(staged.damaged) as file:
        names = [name for name in file.schema_arrow.names if name[1:].isdecimal()]
        for batch in file.iter_batches(batch_size=2_000):
            for row in batch.to_pylist():
                cells = tuple(row[name] or "" for name in names)
                rest = tuple(json.loads(row["rest"])) if row["rest"] else ()
                yield DamagedRow(row["line"], row["damage"], cells, rest)


def damaged_fault(row: DamagedRow, header: Header) -> CellFault:
    """The fault a damaged row is shown with: at the first damaged cell, or at the row."""
    at = next((n for n, cell in enumerate(row.cells) if REPLACED in cell), -1)
    column = header.names[at] if 0 <= at < len(header.names) else ""
    code, chinese, english = _SAYINGS[row.damage]
    fault = Fault(
        row=row.line,
        field="",
        code=code,
        message_zh=chinese.format(column=column or "本行"),
        message_en=english.format(column=column or "The row"),
        proposal=None,
        basis="",
        severity=Severity.ERROR,
    )
    return CellFault(row.line, column, fault, None)


def damaged_faults(staged: Staged, header: Header, most: int) -> Iterator[CellFault]:
    """One fault per damaged row, at most so many."""
    return (damaged_fault(row, header) for row in islice(damaged_rows(staged), most))


def damage_code(damage: str) -> str:
    """The code of the fault a reason is shown with."""
    return _SAYINGS[damage][0]


def damage_question(staged: Staged) -> Question | None:
    """Says that rows were set aside, which, and why."""
    if not staged.damage:
        return None
    lines = [row.line for row in islice(damaged_rows(staged), SHOWN)]
    total = sum(staged.damage.values())
    why = "，".join(f"{count}行{_REASONS[name][0]}" for name, count in staged.damage.items())
    why_en = ", ".join(f"{count} {_REASONS[name][1]}" for name, count in staged.damage.items())
    return Question(
        kind="damaged_text" if DAMAGED_TEXT in staged.damage else "damaged_rows",
        columns=(),
        message_zh=f"第{'、'.join(map(str, lines))}行{'等' if total > SHOWN else ''}共{total}行"
        f"已隔离，"
        f"不会入库：{why}。系统不会猜补；请从业务系统重新导出这些行。",
        message_en=f"{total} rows (such as line {lines[0]}) are set aside and will not go in: "
        f"{why_en}. Nothing is guessed; export these rows again.",
        blocking=False,
    )
