"""Plans of inspection at the desk: drafted by one, approved by another, then drawn by."""

import pytest

from chengxin.desk.tests.conftest import signed_in
from chengxin.desk.tests.test_draws import filled_in
from chengxin.kernel.clock import today
from chengxin.supervision.models import Draw, InspectionPlan
from chengxin.supervision.tests.conftest import permit_holder as permit_holder  # noqa: PLC0414


def plan(**changes):
    given = {
        "title": "物流企业年度抽查", "year": today().year, "item": "permit", "division": "",
        "matters": "证照\n价格公示",
    }  # fmt: skip
    return given | changes


@pytest.fixture
def head(db):
    return signed_in("unit_head", login="head")


@pytest.fixture
def drafted(clerk, permit_holder, settings, tmp_path):
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    answer = clerk.post("/desk/plans/new/", plan())
    assert answer.status_code == 302, answer.content.decode()
    return InspectionPlan.objects.get()


def test_a_plan_is_approved_by_the_head_and_then_drawn_by(clerk, head, drafted):
    address = f"/desk/plans/{drafted.number}/"
    assert "由本单位负责人批准" in clerk.get(address).content.decode()
    done = head.post(address, {"act": "approve", "reason": "按年度任务"}, follow=True)
    assert "已批准，计划已公开" in done.content.decode()

    form = clerk.get(f"/desk/draws/new/?plan={drafted.number}").content.decode()
    assert "物流企业年度抽查" in form
    asked = filled_in(plan=drafted.number, item="permit")
    assert clerk.post("/desk/draws/new/", asked).status_code == 302
    assert Draw.objects.get().inspection_plan == drafted
    assert "按监管分级" in clerk.get(address).content.decode()


def test_a_plan_not_approved_is_not_offered_for_a_draw(clerk, drafted):
    assert drafted.number not in clerk.get("/desk/draws/new/").content.decode()
    answer = clerk.post("/desk/draws/new/", filled_in(plan=drafted.number))
    assert answer.status_code == 200
    assert not Draw.objects.exists()


def test_who_may_not_decide_is_told_so(clerk, drafted, stranger):
    address = f"/desk/plans/{drafted.number}/"
    refused = clerk.post(address, {"act": "approve", "reason": "x"})
    assert refused.status_code == 403
    assert stranger.get(address).status_code == 403
    assert not hasattr(InspectionPlan.objects.get(), "decision")


def test_a_plan_that_says_nothing_is_not_drafted(clerk, permit_holder, settings, tmp_path):
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    for change in ({"matters": ""}, {"title": ""}, {"item": "penalty"}, {"year": "1999"}):
        assert clerk.post("/desk/plans/new/", plan(**change)).status_code == 200
    past = clerk.post("/desk/plans/new/", plan(year=today().year - 1))
    assert "年度为" in past.content.decode()
    assert not InspectionPlan.objects.exists()
