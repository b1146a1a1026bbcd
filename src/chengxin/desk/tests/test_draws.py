"""A draw at the desk: committed by one, carried out by another, and only by them."""

from datetime import timedelta

import pytest

from chengxin.kernel.clock import today
from chengxin.supervision.models import Draw
from chengxin.supervision.tests.conftest import permit_holder as permit_holder  # noqa: PLC0414

YESTERDAY = timedelta(days=-1)


def filled_in(**changes):
    speaks = today() + timedelta(days=1)
    return {
        "matter": "食品经营抽查",
        "item": "permit",
        "division": "",
        "inspectors": "A01，A02\nA03",
        "source": "某彩票次日开奖号码",
        "source_on": speaks.isoformat(),
        "public_from": (speaks + timedelta(days=9)).isoformat(),
    } | changes


@pytest.fixture
def committed(clerk, permit_holder, settings, tmp_path):
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    answer = clerk.post("/desk/draws/new/", filled_in())
    assert answer.status_code == 302, answer.content.decode()
    return Draw.objects.get()


@pytest.fixture
def spoken(committed, monkeypatch):
    """The same draw on the day its chance is published."""
    for room in ("chengxin.desk.views.draws", "chengxin.desk.views.acting"):
        monkeypatch.setattr(f"{room}.today", lambda: committed.source_on, raising=False)
    return committed


def test_a_clerk_commits_and_a_reviewer_draws(clerk, reviewer, spoken, permit_holder):
    page = clerk.get(f"/desk/draws/{spoken.number}/").content.decode()
    assert spoken.commitment in page
    assert "由本单位审核人抽取" in page
    done = reviewer.post(f"/desk/draws/{spoken.number}/", {"chance": "1 2 3 4 5"}, follow=True)
    text = done.content.decode()
    assert "连云港示例物流有限公司" in text
    assert f"/credit/{permit_holder}" in text
    proof = reviewer.get(f"/desk/draws/{spoken.number}/proof/")
    assert proof.json()["commitment"] == spoken.commitment
    assert "食品经营抽查" in reviewer.get("/desk/draws/").content.decode()


def test_chance_is_not_asked_for_before_its_day(reviewer, committed):
    page = reviewer.get(f"/desk/draws/{committed.number}/").content.decode()
    assert "届时在此录入" in page
    answer = reviewer.post(f"/desk/draws/{committed.number}/", {"chance": "12345"})
    assert "尚未到时间" in answer.content.decode()


def test_an_abandoned_draw_says_why(reviewer, committed):
    away = f"/desk/draws/{committed.number}/abandon/"
    assert "请填写至少" in reviewer.post(away, {"reason": ""}).content.decode()
    done = reviewer.post(away, {"reason": "彩票当期停售，另行抽取"}, follow=True)
    assert "彩票当期停售" in done.content.decode()


def test_a_form_that_cannot_be_is_said(clerk, permit_holder, settings, tmp_path):
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    for change, said in (
        ({"inspectors": "张三 李四"}, "不是工号"),
        ({"inspectors": "A01"}, "每次检查须 2 名"),
        ({"source_on": today().isoformat()}, "之后产生"),
        ({"item": "honour"}, "名录为空"),
        ({"item": "penalty"}, "选择"),
        ({"item": "no-such-item"}, "选择"),
    ):
        answer = clerk.post("/desk/draws/new/", filled_in(**change))
        assert answer.status_code in {200, 400, 422}, change
        assert said in answer.content.decode(), change
    assert not Draw.objects.exists()


def test_who_may_not_commit_or_draw_is_refused(clerk, reviewer, stranger, committed):
    assert reviewer.get("/desk/draws/new/").status_code == 403
    assert stranger.get(f"/desk/draws/{committed.number}/").status_code == 403
    assert stranger.get("/desk/draws/").status_code == 200
    assert committed.matter not in stranger.get("/desk/draws/").content.decode()
    assert clerk.post(f"/desk/draws/{committed.number}/", {"chance": "12345"}).status_code == 403
    assert clerk.get(f"/desk/draws/{committed.number}/proof/").status_code == 403
    assert clerk.get("/desk/draws/20260101-none/").status_code == 404


def test_the_pages_speak_english(clerk, committed):
    clerk.cookies["chengxin_language"] = "en"
    assert "Random inspections" in clerk.get("/desk/draws/").content.decode()
    assert "Fix and publish the digest" in clerk.get("/desk/draws/new/").content.decode()
    assert "What was committed to" in clerk.get(f"/desk/draws/{committed.number}/").content.decode()
