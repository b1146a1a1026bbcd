"""Several tables in one file, and mappings of columns that are remembered."""

import io
import itertools
import zipfile

import openpyxl
import pytest

from chengxin.desk.tests.samples import PENALTY, workbook
from chengxin.intake.models import Batch, RememberedMapping
from chengxin.intake.services import checking
from chengxin.intake.tests.channel_cases import BOOK
from chengxin.kernel.clock import today

FILES = itertools.count(1)
SHEETS = ("十月", "十一月")


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def two_sheets():
    """Never the same bytes twice: what was checked once is not checked again."""
    number_of_file = next(FILES)
    book = openpyxl.Workbook()
    book.active.title = SHEETS[0]
    for number, sheet in enumerate((book.active, book.create_sheet(SHEETS[1]))):
        sheet.append(list(PENALTY))
        row = PENALTY | {"行政处罚决定书文号": f"连市监罚〔2026〕{number_of_file}4{number}号"}
        sheet.append(list(row.values()))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def names(answer):
    return [(sheet.name, sheet.shown, bool(sheet.batch)) for sheet in answer.context["sheets"]]


def test_tables_are_offered_and_sent_one_after_the_other(clerk, show, press, two_sheets):
    address = show(two_sheets)
    first = clerk.get(address)
    assert names(first) == [(SHEETS[0], False, False), (SHEETS[1], False, False)]
    assert 'value="submit"' not in text_of(first)
    chosen = press(address, "check", sheet=SHEETS[1], table=SHEETS)
    assert chosen.context["seen"].sheet == SHEETS[1]
    following = press(chosen.request["PATH_INFO"], "submit", sheet=SHEETS[1], table=SHEETS)
    assert Batch.objects.get().sheet == SHEETS[1]
    assert "接着看“十月”" in text_of(following)
    assert names(following) == [(SHEETS[0], True, False), (SHEETS[1], False, True)]
    done = press(following.request["PATH_INFO"], "submit", sheet=SHEETS[0], table=SHEETS)
    assert set(Batch.objects.values_list("sheet", flat=True)) == set(SHEETS)
    assert done.redirect_chain[-1][0].startswith("/desk/batches/")


def test_the_worker_checks_the_table_that_was_chosen(clerk, show, two_sheets, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 0)
    asked = {"action": "check", "sheet": SHEETS[1], "table": SHEETS}
    address = clerk.post(show(two_sheets), asked)["Location"]
    assert "正在校验" in text_of(clerk.get(address))
    checking.run_checks(on=today(), book=BOOK)
    assert clerk.get(address).context["seen"].sheet == SHEETS[1]


def test_the_members_of_a_zip_are_offered_likewise(clerk, show, press):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        for number in (1, 2):
            row = {"行政处罚决定书文号": f"连市监罚〔2026〕15{number}号"}
            archive.writestr(f"{number}月.xlsx", workbook(row))
    address = show(stored.getvalue(), name="两个月.zip")
    offered = [sheet.name for sheet in clerk.get(address).context["sheets"]]
    assert len(offered) == 2
    chosen = press(address, "check", sheet=offered[1], table=offered)
    press(chosen.request["PATH_INFO"], "submit", sheet=offered[1], table=offered)
    assert Batch.objects.get().sheet == offered[1]


def odd(number):
    """A file whose day of decision stands under a name only this unit uses."""
    act = {"行政处罚决定书文号": f"连市监罚〔2026〕16{number}号"}
    return workbook(act, renamed={"处罚决定日期": "那一天"})


@pytest.fixture
def remembered(clerk, show, press):
    """What the clerk said once about such a file."""
    address = show(odd(1))
    columns = clerk.get(address).context["view"].columns
    fields = [column.field or "decided_on" for column in columns]
    seen = press(address, "check", field=fields)
    press(seen.request["PATH_INFO"], "submit")
    return RememberedMapping.objects.get()


def test_a_remembered_mapping_is_used_shown_and_can_be_forgotten(clerk, show, press, remembered):
    address = show(odd(2))
    shown = clerk.get(address)
    assert shown.context["view"].clean_rows == 1
    assert "列对应已按上次记住的使用" in text_of(shown)
    assert "上次记住的" in text_of(shown)
    press(address, "submit")
    assert Batch.objects.count() == 2
    after = press(show(odd(3)), "forget", remembered=remembered.id)
    assert "已忘记" in text_of(after)
    assert after.context["remembered"] is None
    assert "缺少必填的列" in text_of(after)
    assert not RememberedMapping.objects.exists()


def test_mended_rows_are_read_as_their_batch_was(clerk, show, press, remembered):
    until = {"处罚有效期": "", "行政处罚决定书文号": "连市监罚〔2026〕169号"}
    press(show(workbook(until, renamed={"处罚决定日期": "那一天"})), "submit")
    batch = Batch.objects.latest("submitted_at")
    remembered.delete()
    taken = clerk.get(f"/desk/batches/{batch.number}/to-mend.xlsx").content
    shown = clerk.get(show(taken, name="待改.xlsx"))
    assert shown.context["view"].mends == batch.number
    assert shown.context["seen"].blocking_questions == ()


def test_another_unit_neither_uses_nor_forgets_it(desk, show, remembered):
    other = desk("data_officer", login="other", unit="lyg-tyj")
    address = show(odd(2), by=other)
    assert other.get(address).context["remembered"] is None
    answer = other.post(address, {"action": "forget", "remembered": remembered.id})
    assert answer.status_code == 403
    assert RememberedMapping.objects.exists()


def test_who_only_previews_is_not_offered_to_forget(desk, show, remembered):
    auditor = desk("centre_auditor", login="auditor")
    page = text_of(auditor.get(show(odd(2), by=auditor)))
    assert "列对应已按上次记住的使用" in page
    assert 'value="forget"' not in page


def test_faults_are_counted_by_field_and_one_kind_can_be_looked_at(clerk, show):
    until, facts = {"处罚有效期": ""}, {"违法事实": ""}
    address = show(workbook(until, facts, until | {"行政处罚决定书文号": "连市监罚〔2026〕9号"}))
    groups = clerk.get(address).context["view"].groups
    required = {group.field: group for group in groups if group.code == "INTAKE-REQUIRED"}
    assert required["valid_until"].count == 2
    assert required["valid_until"].lines == (3, 5)
    assert required["valid_until"].proposals == 2
    one = clerk.get(address, {"code": "INTAKE-REQUIRED", "field": "breach_facts"})
    assert [cell.row for cell in one.context["faults"]] == [4]
