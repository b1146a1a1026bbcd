"""A large workbook, read in a stream, says what the usual reader says of it."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from chengxin.intake.rules import sheets
from chengxin.intake.rules.formats import Format
from chengxin.intake.rules.sheets import WorkbookSource
from chengxin.intake.tests.sheets import HEADERS, as_xlsx, rows


def odd_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["文字", "数", "日", "时刻", "真", "长数", "错", "富文本"])
    sheet.append(["００１", 201312142.0, date(2016, 3, 5), datetime(2026, 1, 2, 3, 4), True,  # noqa: DTZ001
                  320700199001011234, "#N/A", "　"])  # fmt: skip
    sheet.append([])
    sheet.append([None, 3.5, time(1, 2), -0.25, False, 1e-7, "=1+1", "a\nb"])
    sheet["D5"], sheet["D5"].number_format = 46086, "yyyy年m月d日"
    sheet["XF6"] = "远"
    sheet["H7"] = CellRichText("前", TextBlock(InlineFont(b=True), "粗"), "后")
    hidden = book.create_sheet("藏")
    hidden["B2"], hidden.sheet_state = "x", "hidden"
    book.create_sheet("后")["A1"] = "y"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [odd_book(), as_xlsx([list(HEADERS), *rows(40)], 第二=[["a"]])])
def test_both_readers_give_the_same_rows(data, tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    usual = WorkbookSource(path, "book.xlsx", Format.XLSX, tmp_path)
    monkeypatch.setattr(sheets, "LARGE_SHEET", 0)

    streamed = WorkbookSource(path, "book.xlsx", Format.XLSX, tmp_path)

    assert streamed._large is not None
    assert streamed.names == usual.names
    for sheet in range(len(usual.names)):
        assert list(streamed.rows(sheet)) == list(usual.rows(sheet))
