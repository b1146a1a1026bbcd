"""Channels at the desk: who sees which, what a second person confirms, what a clerk answers."""

import json

import pytest

from chengxin.desk.tests.samples import CENTRE, UNIT
from chengxin.intake.channels.models import Channel, Delivery
from chengxin.intake.models import Batch
from chengxin.intake.services.channels.declaring import digest_of
from chengxin.intake.services.channels.running import run_channel
from chengxin.intake.tests.channel_cases import (
    BOOK,
    DECLARER,
    ON,
    declared,
    folder_given,
    penalties,
    running,
    table_given,
)

WHERE = {"host": "db.example", "database": "d", "user": "reader", "password_file": "d"}


@pytest.fixture
def proposed(db):
    return declared(table_given("postgresql", WHERE))


@pytest.fixture
def centre(desk):
    return desk("centre_auditor", login="centre", unit=CENTRE)


def post(browser, code, **form):
    return browser.post(f"/desk/channels/{code}/", form, follow=True)


def test_the_query_is_shown_whole_and_confirmed_by_a_second_person(proposed, centre):
    page = centre.get("/desk/channels/table/").content.decode()
    assert "SELECT * FROM penalties" in page
    assert "db.example" in page

    answer = post(centre, "table", action="confirm", digest=digest_of(proposed))
    assert answer.status_code == 200
    proposed.refresh_from_db()
    assert (proposed.state, proposed.confirmed_by) == ("active", "centre")


def test_what_was_changed_after_the_look_is_not_confirmed(proposed, centre):
    seen = digest_of(proposed)
    declared(table_given("postgresql", WHERE, query="SELECT 1 AS changed"))

    assert post(centre, "table", action="confirm", digest=seen).status_code == 409
    assert Channel.objects.get().state == "proposed"


def test_a_clerk_pauses_her_own_unit_s_channel_with_a_reason(db, clerk, tmp_path, settings):
    settings.CHENGXIN_DROPS = tmp_path
    running(folder_given())
    assert post(clerk, "penalties", action="pause").status_code == 400
    post(clerk, "penalties", action="pause", reason="系统维护")
    assert Channel.objects.get().state == "paused"
    assert "系统维护" in clerk.get("/desk/channels/penalties/").content.decode()
    post(clerk, "penalties", action="resume")
    assert Channel.objects.get().state == "active"


def test_a_clerk_neither_confirms_nor_closes(proposed, clerk):
    assert post(clerk, "table", action="confirm", digest=digest_of(proposed)).status_code == 403
    assert post(clerk, "table", action="close", reason="x").status_code == 403


def test_another_unit_sees_nothing_of_it(proposed, stranger):
    assert "行政处罚表" not in stranger.get("/desk/channels/").content.decode()
    assert stranger.get("/desk/channels/table/").status_code == 404
    assert post(stranger, "table", action="pause", reason="x").status_code == 404


def test_a_delivery_in_doubt_is_answered_and_submitted_by_the_clerk(
    db, clerk, press, tmp_path, settings, stranger
):
    settings.CHENGXIN_DROPS = tmp_path
    running(folder_given())
    swapped = penalties().decode().replace("处罚类别,处罚内容", "处罚内容,处罚类别").encode()
    (tmp_path / "penalties" / "表.csv").write_bytes(swapped)
    (tmp_path / "penalties" / "表.csv.done").touch()
    run_channel(code="penalties", by=DECLARER, on=ON, book=BOOK)
    waiting = Delivery.objects.get(state="question")

    assert "打开并回答" in clerk.get("/desk/channels/").content.decode()
    assert stranger.get(f"/desk/channels/deliveries/{waiting.id}/").status_code == 403
    address = clerk.get(f"/desk/channels/deliveries/{waiting.id}/")["Location"]
    view = clerk.get(address).context["view"]
    answers = {
        f"answer-{at}": json.dumps(question.proposal) for at, question in enumerate(view.answerable)
    }
    checked = press(address, "check", **answers)
    press(checked.redirect_chain[-1][0], "submit")

    batch = Batch.objects.get()
    assert (batch.unit, batch.file_sha256) == (UNIT, waiting.sha256)
    run_channel(code="penalties", by=DECLARER, on=ON, book=BOOK)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.batch) == ("submitted", batch.number)


def test_a_delivery_can_be_dropped_with_a_reason(db, clerk, tmp_path, settings):
    settings.CHENGXIN_DROPS = tmp_path
    running(folder_given())
    swapped = penalties().decode().replace("处罚类别,处罚内容", "处罚内容,处罚类别").encode()
    (tmp_path / "penalties" / "表.csv").write_bytes(swapped)
    (tmp_path / "penalties" / "表.csv.done").touch()
    run_channel(code="penalties", by=DECLARER, on=ON, book=BOOK)
    waiting = Delivery.objects.get()
    clerk.post(f"/desk/channels/deliveries/{waiting.id}/dismiss/", {"reason": "发错了"})

    waiting.refresh_from_db()
    assert (waiting.state, waiting.settled_by) == ("dismissed", "clerk")
