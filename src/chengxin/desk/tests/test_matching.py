"""Rows whose subject is in doubt: seen side by side, settled with a reason."""

import pytest

from chengxin.desk.tests.samples import CODE, NAME, OTHER_NAME
from chengxin.intake.models import Row
from chengxin.register.models import Record
from chengxin.subjects import queries as subjects
from chengxin.subjects.rules import evidence_text

TRADER = "92320706MA1TT0T08R"


@pytest.fixture
def doubtful(take_in):
    """A row whose name does not fit the name its code is known by."""
    take_in()
    return Row.objects.get(batch=take_in(OTHER_NAME))


def test_the_row_stands_beside_its_candidate_with_the_evidence(reviewer, doubtful):
    assert OTHER_NAME["行政相对人名称"] in reviewer.get("/desk/matching/").content.decode()
    page = reviewer.get(f"/desk/matching/{doubtful.id}/").content.decode()
    assert NAME in page
    assert "名称不同" in page
    zh, en = evidence_text(doubtful.evidence["evidence"][1])
    assert zh in page
    assert en not in page
    reviewer.get("/language/en")
    english = reviewer.get(f"/desk/matching/{doubtful.id}/").content.decode()
    assert en in english
    assert zh not in english


def test_a_sole_trader_s_code_stands_whole_before_who_decides(reviewer, take_in):
    trader = {"统一社会信用代码": TRADER, "行政相对人名称": "海州区测试海鲜楼"}
    take_in(trader)
    other = {**trader, **OTHER_NAME, "统一社会信用代码": TRADER}
    row = Row.objects.get(batch=take_in(other))
    answer = reviewer.get(f"/desk/matching/{row.id}/")
    (candidate,) = answer.context["match"].candidates
    assert candidate.code == tuple((sign, True) for sign in TRADER)
    assert "*" in candidate.subject.code


def test_choosing_the_candidate_records_the_row(reviewer, doubtful):
    chosen = subjects.by_code(CODE).public_id
    answer = reviewer.post(
        f"/desk/matching/{doubtful.id}/",
        {"choice": chosen, "reason": "已核对营业执照"},
        follow=True,
    )
    assert "没有待认定的数据行" in answer.content.decode()
    doubtful.refresh_from_db()
    assert (doubtful.state, doubtful.evidence["reason"]) == ("recorded", "已核对营业执照")


def test_a_row_can_be_left_unlinked_for_good(reviewer, doubtful):
    reviewer.post(f"/desk/matching/{doubtful.id}/", {"choice": "none", "reason": "无法核实"})
    doubtful.refresh_from_db()
    assert doubtful.state == "declined"
    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"reason": "有理由"}, 422, "请先选择一项"),
        ({"choice": "none", "reason": ""}, 400, "请填写理由"),
        ({"choice": "new", "reason": "新主体"}, 409, "不能这样认定"),
    ],
)
def test_an_incomplete_decision_is_asked_again_and_keeps_what_was_typed(
    reviewer, doubtful, form, status, said
):
    answer = reviewer.post(f"/desk/matching/{doubtful.id}/", form)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert answer.context["form"]["reason"].value() == form["reason"]


def test_neither_the_sender_nor_another_unit_settles_a_row(clerk, stranger, doubtful):
    form = {"choice": "none", "reason": "不该由我"}
    for officer in (clerk, stranger):
        assert officer.get(f"/desk/matching/{doubtful.id}/").status_code == 403
        assert officer.post(f"/desk/matching/{doubtful.id}/", form).status_code == 403
    doubtful.refresh_from_db()
    assert doubtful.state == "awaiting_match"
