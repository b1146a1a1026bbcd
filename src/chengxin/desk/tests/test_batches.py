"""A batch on the page: its receipt, its rows, and who may decide about it."""

import pytest

from chengxin.desk.tests.samples import AMONG_FIRMS, BAD_DAY, CENTRE, workbook
from chengxin.desk.values import BATCH_STATES, ROW_STATES
from chengxin.intake.models import BatchState, RowState
from chengxin.register.models import Record


def test_the_receipt_adds_up_and_can_be_taken_away(clerk, send):
    batch = send({}, BAD_DAY)
    receipt = clerk.get(f"/desk/batches/{batch.number}/receipt.json")
    assert "attachment" in receipt["Content-Disposition"]
    found = receipt.json()
    assert found["by_state"] == {"clean": 1, "faulty": 1}
    assert sum(found["by_state"].values()) == found["rows"]


def test_faults_stand_beside_their_row_and_in_a_list_to_work_through(clerk, send):
    batch = send({}, BAD_DAY)
    page = clerk.get(f"/desk/batches/{batch.number}/?rows=faulty").content.decode()
    assert "2026-13-45" in page
    listed = clerk.get(f"/desk/batches/{batch.number}/faults.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[1].startswith("4,处罚决定日期,")


def test_a_person_in_a_batch_is_not_named_on_its_page(clerk, send):
    batch = send(*AMONG_FIRMS)
    page = clerk.get(f"/desk/batches/{batch.number}/").content.decode()
    assert "测试自然人" not in page
    assert "11010519491231002X" not in page


def test_a_second_officer_is_asked_and_then_releases(reviewer, send):
    batch = send()
    asked = reviewer.get(f"/desk/batches/{batch.number}/release/")
    assert "确认入库" in asked.content.decode()
    done = reviewer.post(f"/desk/batches/{batch.number}/release/", follow=True)
    assert "已审核入库" in done.content.decode()
    assert Record.objects.count() == 1


def test_rows_that_became_records_lead_to_them(reviewer, take_in):
    batch = take_in()
    page = reviewer.get(f"/desk/batches/{batch.number}/").content.decode()
    assert f"/desk/records/{Record.objects.get().id}/" in page
    assert Record.objects.get().document_number in page


def test_a_record_about_a_person_is_neither_named_nor_linked(reviewer, take_in):
    batch = take_in(*AMONG_FIRMS)
    about = Record.objects.get(subject_kind="natural_person")
    page = reviewer.get(f"/desk/batches/{batch.number}/").content.decode()
    assert f"/desk/records/{about.id}/" not in page
    assert "测试自然人" not in page
    assert "不显示（自然人）" in page


def test_a_batch_is_returned_with_a_reason_its_sender_reads(reviewer, clerk, send):
    batch = send()
    reviewer.post(f"/desk/batches/{batch.number}/return/", {"reason": "文号有误，请核对"})
    assert "文号有误，请核对" in clerk.get(f"/desk/batches/{batch.number}/").content.decode()
    assert "文号有误，请核对" in clerk.get("/desk/").content.decode()


def test_a_return_without_a_reason_is_asked_again(reviewer, send):
    batch = send()
    answer = reviewer.post(f"/desk/batches/{batch.number}/return/", {"reason": " "})
    assert answer.status_code == 400
    assert "请填写理由" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == BatchState.SUBMITTED


def test_a_data_officer_cannot_release(clerk, send):
    batch = send()
    assert "审核入库</a>" not in clerk.get(f"/desk/batches/{batch.number}/").content.decode()
    answer = clerk.post(f"/desk/batches/{batch.number}/release/")
    assert answer.status_code == 403
    assert Record.objects.count() == 0


def test_one_s_own_batch_cannot_be_released_even_by_a_direct_post(desk, show, press):
    both = desk("data_officer", "reviewer", login="both")
    press(show(workbook(), by=both), "submit", by=both)
    number = both.get("/desk/batches/").context["shown"].object_list[0].number
    page = both.get(f"/desk/batches/{number}/").content.decode()
    assert "这里没有审核按钮" in page
    assert f"/desk/batches/{number}/release/" not in page
    answer = both.post(f"/desk/batches/{number}/release/")
    assert answer.status_code == 403
    assert "须由另一位审核人审核入库" in answer.content.decode()
    assert Record.objects.count() == 0


def test_a_reviewer_of_another_unit_sees_nothing_of_a_batch(stranger, send):
    batch = send()
    assert batch.number not in stranger.get("/desk/batches/").content.decode()
    for path in ("", "receipt.json", "faults.csv", "release/", "return/"):
        answer = stranger.get(f"/desk/batches/{batch.number}/{path}")
        assert answer.status_code == 403, path
        assert "无权办理" in answer.content.decode()
    assert stranger.post(f"/desk/batches/{batch.number}/release/").status_code == 403


def test_the_centre_s_auditor_sees_the_batches_of_all_units(desk, send):
    batch = send()
    auditor = desk("centre_auditor", unit=CENTRE)
    assert batch.number in auditor.get("/desk/batches/?state=submitted").content.decode()
    assert batch.number not in auditor.get("/desk/batches/?state=returned").content.decode()
    assert auditor.post(f"/desk/batches/{batch.number}/release/").status_code == 302


def test_a_batch_nobody_knows_gets_a_sentence(clerk):
    answer = clerk.get("/desk/batches/20260101-none/")
    assert answer.status_code == 404
    assert "请核对批次号" in answer.content.decode()


@pytest.mark.parametrize(("words", "states"), [(BATCH_STATES, BatchState), (ROW_STATES, RowState)])
def test_every_state_has_its_words(words, states):
    assert set(words) == set(states.values)
    assert all(words[state.value].label == state.label for state in states)
