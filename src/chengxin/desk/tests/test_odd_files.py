"""Files as they really come: forms of others, headers glued together, several sheets."""

import io
from pathlib import Path

import openpyxl
import pytest

from chengxin.desk.tests.samples import workbook
from chengxin.intake.models import Batch

REAL_FORMS = Path(__file__).resolve().parents[5] / "shared" / "data" / "spreadsheets"


def text_of(answer):
    return answer.content.decode()


def csv(*lines):
    return "\n".join(lines).encode("gb18030")


UNTOLD = csv("编号,说明,备注", "1,甲,无", "2,乙,无", "3,丙,无")


def test_a_file_that_fits_no_item_asks_which_one_is_meant(clerk, show, press):
    address = show(UNTOLD, name="说明.csv")
    page = text_of(clerk.get(address))
    assert "请指明事项" in page
    assert 'value="submit"' not in page
    named = press(address, "check", item="penalty")
    assert named.context["seen"].item == "penalty"
    assert "缺少必填的列" in text_of(named)
    assert named.context["view"].clean_rows == 0


def test_a_missing_column_can_be_named_on_the_page(clerk, show, press):
    data = workbook(renamed={"处罚决定日期": "那一天"})
    address = show(data)
    assert "缺少必填的列" in text_of(clerk.get(address))
    columns = clerk.get(address).context["view"].columns
    fields = [column.field or "decided_on" for column in columns]
    mapped = press(address, "check", field=fields)
    assert mapped.context["seen"].blocking_questions == ()
    assert mapped.context["view"].clean_rows == 1


def test_several_filled_sheets_are_not_mixed(clerk, show):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("另一张")):
        sheet.append(["行政相对人名称", "行政处罚决定书文号", "处罚类别", "处罚决定日期"])
        sheet.append(["连云港新丝路物流有限公司", "连市监罚〔2026〕1号", "罚款", "2026-11-12"])
    stored = io.BytesIO()
    book.save(stored)
    page = text_of(clerk.get(show(stored.getvalue())))
    assert "文件里有 2 张数据表" in page
    assert 'value="submit"' not in page


@pytest.mark.parametrize("name", ["xzcf.xls", "xzxk.xls"])
def test_the_published_forms_are_read_as_they_are(clerk, show, name):
    form = REAL_FORMS / name
    if not form.exists():
        pytest.skip("the published forms are not beside this checkout")
    shown = clerk.get(show(form.read_bytes(), name=name))
    assert shown.status_code == 200
    assert shown.context["seen"].item == {"xzcf.xls": "penalty", "xzxk.xls": "permit"}[name]
    assert shown.context["seen"].questions or shown.context["seen"].faults


def test_what_is_sent_with_a_question_open_is_refused_by_the_verb_itself(show, press):
    answer = press(show(UNTOLD, name="说明.csv"), "submit")
    assert answer.status_code in {404, 409}
    assert Batch.objects.count() == 0
