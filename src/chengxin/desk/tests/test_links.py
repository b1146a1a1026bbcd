"""Links at the desk: undone, doubted and decided, with the whole life of each row."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.test import Client

from chengxin.desk.tests.samples import AMONG_FIRMS, CENTRE, CODE, NAME
from chengxin.intake.models import Row
from chengxin.kernel.clock import today
from chengxin.register.models import LinkCase, Record
from chengxin.subjects import queries as subjects
from chengxin.web.templatetags.ui import day
from chengxin.web.tests.samples import append_fact, import_city

RECORD = "/desk/records/{}/"


@pytest.fixture
def record(db):
    """A record told and published; no file behind it."""
    return Record.objects.get(id=append_fact(import_city()[CODE], "penalty"))


@pytest.fixture
def released(take_in):
    """A record that came from a file the reviewer released."""
    take_in()
    return Record.objects.get()


@pytest.fixture
def auditor(desk):
    return desk("centre_auditor", login="auditor", unit=CENTRE)


@pytest.fixture
def window(desk):
    return desk("window_clerk", login="window", unit=CENTRE)


@pytest.fixture
def case(window, record):
    return opened(window, record)


def opened(window, record):
    form = {"on_behalf_of": "测试人", "statement": "执照被冒用"}
    answer = window.post(RECORD.format(record.id) + "not-me/", form, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return LinkCase.objects.get()


def public_page():
    return Client().get(f"/credit/{subjects.by_code(CODE).public_id}").content.decode()


def test_the_window_takes_in_not_me_and_the_record_is_gone_from_the_site_at_once(window, record):
    assert record.document_number in public_page()
    begun = perf_counter()
    form = {"on_behalf_of": "测试人", "statement": "执照被冒用"}
    answer = window.post(RECORD.format(record.id) + "not-me/", form)
    page = public_page()
    assert perf_counter() - begun < 5
    assert answer.status_code == 302
    assert record.document_number not in page
    checked = Client().get(f"/record/{record.id}").content.decode()
    assert "正在核查" in checked
    assert NAME not in checked
    assert Client().get(f"/api/v1/records/{record.id}").json()["code"] == "REGISTER-UNDER-CHECK"


def test_the_case_waits_in_the_queue_of_who_may_decide(auditor, case, window):
    assert case.number in auditor.get("/desk/cases/").content.decode()
    assert window.get("/desk/cases/").status_code == 403
    nav = auditor.get("/desk/").context["nav_items"]
    assert [door["count"] for door in nav if door["url"] == "/desk/cases/"] == [1]


def test_a_case_shows_both_sides_and_what_the_subject_says_to_who_decides(auditor, window, case):
    page = auditor.get(f"/desk/cases/{case.number}/").content.decode()
    assert NAME in page
    assert "执照被冒用" in page
    assert "执照被冒用" not in window.get(f"/desk/cases/{case.number}/").content.decode()


def test_found_not_so_it_shows_again(auditor, record, case):
    form = {"decision": "no", "reason": "已向登记机关核实"}
    answer = auditor.post(f"/desk/cases/{case.number}/", form, follow=True)
    assert "已作出决定" in answer.content.decode()
    assert record.document_number in public_page()


def test_found_so_the_link_is_undone_by_another_than_who_released_it(
    auditor, reviewer, window, released
):
    case = opened(window, released)
    address, form = f"/desk/cases/{case.number}/", {"decision": "yes", "reason": "执照确被冒用"}
    assert 'name="decision"' not in reviewer.get(address).content.decode()
    assert reviewer.post(address, form).status_code == 403
    auditor.post(address, form)
    assert released.document_number not in public_page()
    assert Row.objects.filter(state="awaiting_match").count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [({"decision": "yes", "reason": ""}, "请填写理由"), ({"reason": "x"}, "必填")],
)
def test_an_incomplete_decision_is_asked_again(auditor, case, form, said):
    answer = auditor.post(f"/desk/cases/{case.number}/", form)
    assert said in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "open"


def test_nobody_else_s_officer_sees_or_opens_a_case(stranger, clerk, record, case):
    for officer in (stranger, clerk):
        assert officer.get(f"/desk/cases/{case.number}/").status_code == 403
        assert officer.get(RECORD.format(record.id) + "not-me/").status_code == 403


def test_an_undone_link_leaves_the_site_and_its_row_waits_beside_its_history(
    auditor, reviewer, clerk, stranger, released
):
    address = RECORD.format(released.id) + "undo/"
    refused = reviewer.post(address, {"reason": "我想改"})
    assert refused.status_code == 403
    assert "由您本人" in refused.content.decode()
    answer = auditor.post(address, {"reason": "执照核对有误"}, follow=True)
    assert "这一行说的是谁" in answer.content.decode()
    assert released.document_number not in public_page()
    row = Row.objects.get(state="awaiting_match")
    address = f"/desk/batches/{row.batch.number}/rows/{row.number}/"
    life = clerk.get(address).content.decode()
    for word in ("提交批次", "审核入库", "关联主体", "撤销关联", "执照核对有误"):
        assert word in life
    assert stranger.get(address).status_code == 403
    assert clerk.get(f"/desk/batches/{row.batch.number}/rows/999/").status_code == 404


def test_the_life_of_a_person_s_row_names_nobody(reviewer, take_in):
    batch = take_in(*AMONG_FIRMS)
    record = Record.objects.get(subject_kind="natural_person")
    page = reviewer.get(f"/desk/batches/{batch.number}/rows/{record.row}/").content.decode()
    assert "测试自然人" not in page
    assert "11010519491231002X" not in page


def test_a_differing_row_is_taken_as_a_correction_by_a_second_officer(
    take_in, released, reviewer, clerk
):
    take_in({"罚款金额（万元）": "3", "处罚内容": "罚款人民币叁万元整。"})
    row = Row.objects.get(state="differs")
    address = f"/desk/differences/{row.id}/"
    page = reviewer.get(address).content.decode()
    assert "20,000 元" in page
    assert "30,000 元" in page
    assert clerk.get(address).status_code == 403
    reviewer.post(address, {"decision": "yes", "reason": "原件为三万元"})
    row.refresh_from_db()
    assert row.state == "corrected"
    assert "30,000 元" in public_page()
    assert Record.objects.count() == 1


def test_a_differing_row_can_be_declined(take_in, released, reviewer):
    take_in({"罚款金额（万元）": "3"})
    row = Row.objects.get(state="differs")
    reviewer.post(f"/desk/differences/{row.id}/", {"decision": "no", "reason": "旧文件"})
    row.refresh_from_db()
    assert (row.state, row.evidence["reason"]) == ("not_taken", "旧文件")
    assert "20,000 元" in public_page()
    again = reviewer.post(f"/desk/differences/{row.id}/", {"decision": "no", "reason": "再来"})
    assert again.status_code == 409


def test_the_day_a_decision_was_set_aside_is_kept_and_must_be_possible(reviewer, record):
    address = RECORD.format(record.id) + "revoke/"
    form = {"basis": "0", "reason": "行政复议撤销", "set_aside_on": "2026-09-01"}
    assert "须在作出决定之日" in reviewer.post(address, form).content.decode()
    reviewer.post(address, form | {"set_aside_on": today() - timedelta(7)})
    page = Client().get(f"/record/{record.id}").content.decode()
    assert day(today() - timedelta(7)) in page
    assert "停止公示日期" in page
