"""Evaluations at the desk: what waits, the reasons, and each step only for whom it is."""

from datetime import date

import pytest

from chengxin.desk.tests.conftest import signed_in
from chengxin.evaluation.models import Evaluation
from chengxin.evaluation.services import evaluate_one
from chengxin.evaluation.tests.conftest import (
    FACTORY,
    add,  # noqa: F401 – fixtures
    book,  # noqa: F401
    city,  # noqa: F401
)
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today
from chengxin.notices.services import post_many
from chengxin.notices.values import Draft

UNIT = "lyg-sthj"


@pytest.fixture
def proposed(city, add, book, settings, tmp_path):  # noqa: F811
    settings.CHENGXIN_KEYS = tmp_path / "keys"
    add(severity="serious", decided_on=date(2026, 11, 2))
    evaluate_one(
        model="environment", subject=city[FACTORY].id, on=today(), known=now(),
        by=Actor.system("evaluation.run"), book=book,
    )  # fmt: skip
    return Evaluation.objects.get()


@pytest.fixture
def officer(proposed):
    return signed_in("list_officer", login="officer", unit=UNIT)


@pytest.fixture
def head(proposed):
    return signed_in("unit_head", login="head", unit=UNIT)


def test_a_worse_grade_waits_on_the_page_with_its_reasons(officer, proposed):
    page = officer.get("/desk/evaluations/").content.decode()
    assert "连云港测试化工有限公司" in page
    assert "拟定，待送达告知" in page
    assert "有变化的" not in page or "1 家" in page

    one = officer.get(f"/desk/evaluations/{proposed.id}/").content.decode()
    assert "黄色" in one
    assert "严重环境违法" in one
    assert f"/desk/records/{proposed.factors['factors'][0]['records'][0]['record']}/" in one
    assert "现在生效的等级" in one


def test_it_is_told_objected_to_read_and_decided_in_that_order(officer, head, proposed):
    address = f"/desk/evaluations/{proposed.id}/"
    early = head.post(address, {"act": "confirm", "confirm-reason": "属实"})
    assert Evaluation.objects.filter(steps__kind="effective").count() == 0
    assert early.status_code == 200

    told = officer.post(address, {"act": "serve", "serve-served_on": today().isoformat()})
    assert told.status_code == 302
    said = {"act": "object_to", "object_to-text": "处罚已经撤销。"}
    assert officer.post(address, said).status_code == 302
    assert "处罚已经撤销" not in officer.get(address).content.decode()
    assert "处罚已经撤销" in head.get(address).content.decode()

    late = head.post(address, {"act": "confirm", "confirm-reason": "属实"})
    assert "异议期至" in late.content.decode()
    assert late.status_code == 409
    done = head.post(address, {"act": "drop", "drop-reason": "处罚确已撤销。"}, follow=True)
    assert "不予认定" in done.content.decode()


def test_who_decides_for_another_unit_sees_nothing(proposed):
    stranger = signed_in("unit_head", login="far", unit="lyg-scjg")
    assert "连云港测试化工" not in stranger.get("/desk/evaluations/").content.decode()
    address = f"/desk/evaluations/{proposed.id}/"
    assert stranger.get(address).status_code == 403
    assert stranger.post(address, {"act": "drop", "drop-reason": "x"}).status_code == 403
    clerk = signed_in("data_officer", login="other", unit=UNIT)
    assert clerk.get("/desk/evaluations/").status_code == 403


def test_an_unknown_evaluation_is_said(officer):
    answer = officer.get("/desk/evaluations/00000000-0000-7000-8000-000000000000/")
    assert answer.status_code == 404


def test_what_is_told_by_post_waits_for_its_day(officer, proposed):
    post_many([Draft(proposed.id, proposed.subject_id, "x", False, None, "测试")])
    assert "拟定，待送达告知" in officer.get("/desk/evaluations/").content.decode()
