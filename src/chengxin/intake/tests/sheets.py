"""Files as departments send them, made for the tests; every name and code is invented."""
# ruff: noqa: E501

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import xlwt

HEADERS = (
    "行政处罚决定书文号", "行政相对人名称", "行政相对人类别", "统一社会信用代码", "法定代表人",
    "违法行为类型", "违法事实", "处罚依据", "处罚类别", "处罚内容", "罚款金额(万元)", "处罚决定日期",
    "处罚有效期", "处罚机关", "处罚机关统一社会信用代码", "数据来源单位", "数据来源单位统一社会信用代码",
)  # fmt: skip


def row(number: int = 1, **changes: Any) -> list[Any]:
    """A complete penalty; `changes` by header."""
    made = dict(
        zip(
            HEADERS,
            (
                f"连示罚〔2026〕{number}号", "连云港示例水晶有限公司", "法人及非法人组织", "91320700MA1X0T0X8T",
                "示例人", "无证经营", "未取得许可从事经营活动。", "《示例条例》第一条", "警告;罚款",
                "警告并处罚款。", "0.5", "2026-03-05", "2099-12-31", "连云港市示例局",
                "11320700014380016G", "连云港市示例局", "11320700014380016G",
            ),
            strict=True,
        )
    )  # fmt: skip
    return list({**made, **changes}.values())


def rows(count: int) -> list[list[Any]]:
    return [row(number) for number in range(1, count + 1)]


def as_csv(lines: Iterable[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue().encode(encoding)


def as_xlsx(lines: Iterable[Sequence[Any]], **more_sheets: Iterable[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "数据"
    for line in lines:
        book.active.append(list(line))
    for name, others in more_sheets.items():
        sheet = book.create_sheet(name)
        for line in others:
            sheet.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(lines: Iterable[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            sheet.write(at, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
