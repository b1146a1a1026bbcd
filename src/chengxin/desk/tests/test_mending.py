"""Bad rows on the page: what is proposed is accepted by kind, row or cell; the rest comes back."""

import io
import re

import openpyxl
import pytest

from chengxin.desk.tests.samples import CENTRE, PERSON, workbook
from chengxin.intake.models import Batch, Row
from chengxin.intake.queries import counts

NO_END = {"处罚有效期": "", "行政处罚决定书文号": "连市监罚〔2026〕121号"}
NO_FACTS = {"处罚有效期": "", "违法事实": "", "行政处罚决定书文号": "连市监罚〔2026〕122号"}
OF_A_KIND, OF_ROW_4 = ":INTAKE-REQUIRED:valid_until", "4:INTAKE-REQUIRED:valid_until"


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def faulty(send):
    """A good row (3), one without an end of effect (4), one without facts either (5)."""
    return send({}, NO_END, NO_FACTS)


@pytest.fixture
def accept(clerk):
    def run(batch, what, by=clerk):
        return by.post(f"/desk/batches/{batch.number}/accept/", {"accept": what}, follow=True)

    return run


def test_faults_stand_in_kinds_with_what_accepting_would_change(clerk, faulty):
    shown = clerk.get(f"/desk/batches/{faulty.number}/")
    kinds = {(kind.code, kind.field): kind for kind in shown.context["kinds"]}
    until = kinds["INTAKE-REQUIRED", "valid_until"]
    assert (until.count, until.proposals, until.lines) == (2, 2, (4, 5))
    assert [(one.before, one.after) for one in until.samples] == [("", "2099-12-31")] * 2
    page = text_of(shown)
    assert "采纳此类全部建议（2 处）" in page
    assert f'value="{OF_A_KIND}"' in page


def test_all_of_a_kind_is_accepted_and_the_page_says_what_passed(accept, faulty):
    page = text_of(accept(faulty, OF_A_KIND))
    assert "已采纳 2 处建议：1 行改后通过校验，1 行还有别的问题" in page
    assert "待改的 1 行" in page
    assert counts(faulty) == {"clean": 2, "faulty": 1}


def test_one_cell_is_accepted_and_no_other(accept, faulty):
    accept(faulty, OF_ROW_4)
    assert [row.number for row in Row.objects.exclude(amended=[])] == [4]


def test_a_press_that_names_nothing_accepts_nothing(clerk, faulty):
    clerk.post(f"/desk/batches/{faulty.number}/accept/", {})
    assert counts(faulty) == {"clean": 1, "faulty": 2}


def test_what_has_been_accepted_is_not_offered_again(accept, faulty):
    accept(faulty, OF_A_KIND)
    again = accept(faulty, OF_A_KIND)
    assert again.status_code == 409
    assert "没有可采纳的建议" in text_of(again)


def test_the_reviewer_sees_what_was_received_what_it_is_now_and_who_accepted(
    accept, faulty, reviewer
):
    accept(faulty, OF_A_KIND)
    address = f"/desk/batches/{faulty.number}/"
    assert "2 行采纳了系统建议" in text_of(reviewer.get(address))
    shown = reviewer.get(address, {"rows": "amended"})
    page = text_of(shown)
    assert [row.number for row in shown.context["shown"]] == [4, 5]
    assert re.search(r"空白</span>.*?2099-12-31</ins>.*?clerk", page, re.DOTALL)
    assert "2 行是经办人采纳系统建议改过的" in text_of(reviewer.get(address + "release/"))


def test_a_person_s_cell_is_masked_before_and_after(send, accept, reviewer, clerk):
    person = PERSON | {"处罚有效期": "", "证件号码": "11010519491231002x "}
    batch = send(person)
    accept(batch, OF_A_KIND)
    for officer in (clerk, reviewer):
        page = text_of(officer.get(f"/desk/batches/{batch.number}/?rows=amended"))
        assert "11010519491231002" not in page
        assert "测试自然人" not in page


@pytest.mark.parametrize("who", ["reviewer", "stranger", "auditor"])
def test_who_may_not_submit_for_the_unit_may_not_mend(who, request, desk, faulty, accept):
    by = desk("centre_auditor", unit=CENTRE) if who == "auditor" else request.getfixturevalue(who)
    address = f"/desk/batches/{faulty.number}/"
    page = text_of(by.get(address))
    assert 'name="accept"' not in page
    assert "to-mend.xlsx" not in page
    assert by.get(address + "to-mend.xlsx").status_code == 403
    assert accept(faulty, OF_A_KIND, by=by).status_code == 403
    assert not Row.objects.exclude(amended=[]).exists()


def test_a_data_officer_of_another_unit_may_not_mend(desk, faulty, accept):
    other = desk("data_officer", login="other", unit="lyg-tyj")
    assert accept(faulty, OF_A_KIND, by=other).status_code == 403
    assert other.get(f"/desk/batches/{faulty.number}/to-mend.xlsx").status_code == 403


def test_nothing_is_accepted_by_following_a_link(clerk, faulty):
    assert clerk.get(f"/desk/batches/{faulty.number}/accept/").status_code == 405


def test_only_the_bad_rows_come_back_and_both_batches_say_so(clerk, reviewer, faulty, show, press):
    reviewer.post(f"/desk/batches/{faulty.number}/release/")
    page = text_of(clerk.get(f"/desk/batches/{faulty.number}/"))
    assert 'name="accept"' not in page
    taken = clerk.get(f"/desk/batches/{faulty.number}/to-mend.xlsx")
    assert "attachment" in taken["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    headers = [cell.value for cell in book.active[1]]
    for row in (2, 3):
        book.active.cell(row, headers.index("处罚有效期") + 1).value = "2099-12-31"
        book.active.cell(row, headers.index("违法事实") + 1).value = "发布虚假宣传。"
    mended = io.BytesIO()
    book.save(mended)

    address = show(mended.getvalue(), name="待改.xlsx")
    assert f"这是批次 {faulty.number} 的待改文件：改正其中 2 行" in text_of(clerk.get(address))
    page = text_of(press(address, "submit"))
    again = Batch.objects.get(corrects=faulty.number)
    assert f"改正批次 {faulty.number} 的 2 行" in page
    assert again.number in text_of(clerk.get(f"/desk/batches/{faulty.number}/"))
    reviewer.post(f"/desk/batches/{again.number}/release/")
    page = text_of(clerk.get(f"/desk/batches/{faulty.number}/?rows=superseded"))
    assert "已改正，见批次" in page
    assert counts(faulty) == {"recorded": 1, "superseded": 2}


def test_rows_that_need_nobody_are_counted_though_not_listed(clerk, send):
    batch = send({}, {"行政处罚决定书文号": "连市监罚〔2026〕131号"})
    page = text_of(clerk.get(f"/desk/batches/{batch.number}/?rows=clean"))
    assert "没有问题的行不逐行列出" in page
    assert 'id="mend"' not in page


def test_a_damaged_row_is_set_aside_with_its_reason(clerk, show, send):
    address = show(workbook({}, {"违法事实": "当事人发布\ufffd\ufffd宣传"}))
    page = text_of(clerk.get(address))
    assert clerk.get(address).context["view"].clean_rows == 1
    assert "源文件损坏，已隔离" in page
    assert "已损坏的文字" in page
    batch = send({}, {"违法事实": "当事人发布\ufffd\ufffd宣传"})
    page = text_of(clerk.get(f"/desk/batches/{batch.number}/?rows=quarantined"))
    assert "已损坏的文字" in page
    assert counts(batch) == {"clean": 1, "quarantined": 1}
