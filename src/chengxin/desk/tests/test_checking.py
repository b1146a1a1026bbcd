"""A large file is checked by the worker while its page waits; leaving the page loses nothing."""

import os
from pathlib import Path

import pytest

from chengxin.desk.tests.samples import workbook
from chengxin.intake.channels.models import Checking
from chengxin.intake.services import checking
from chengxin.intake.tests.channel_cases import BOOK
from chengxin.kernel.clock import today


@pytest.fixture
def large(monkeypatch, settings):
    """Every file counts as large, and none has been looked at before."""
    monkeypatch.setattr(checking, "AT_ONCE", 0)
    for seen in (Path(settings.CHENGXIN_HOME) / "checks").glob("*.seen"):
        seen.unlink(missing_ok=True)


def worker():
    return checking.run_checks(on=today(), book=BOOK)


def test_the_page_waits_and_shows_the_findings_once_the_worker_is_done(large, clerk, show, press):
    address = show(workbook())
    waiting = clerk.get(address).content.decode()
    assert "排队等待校验" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    polled = clerk.get(address, headers={"HX-Request": "true"})
    assert "checking" in polled.content.decode()

    assert [row.state for row in worker()] == ["done"]
    polled = clerk.get(address, headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"
    assert clerk.get(address).context["view"].clean_rows == 1
    assert press(address, "submit").redirect_chain[-1][0].startswith("/desk/batches/")


def test_a_check_that_a_kill_left_half_done_is_taken_up_again(large, clerk, show):
    address = show(workbook())
    clerk.get(address)
    Checking.objects.update(state="running")

    assert [row.state for row in worker()] == ["done"]
    assert "view" in clerk.get(address).context


def test_a_file_that_cannot_be_read_says_why_after_the_wait(large, clerk, show):
    address = show(b"%PDF-1.7 no table")
    clerk.get(address)
    worker()
    answer = clerk.get(address)

    assert answer.status_code == 400
    assert "不是表格" in answer.content.decode()


def test_what_was_found_is_cleared_away_after_a_day(large, clerk, show):
    clerk.get(show(workbook()))
    worker()
    Checking.objects.update(asked_at=checking.now() - checking.KEPT)
    worker()

    assert not Checking.objects.exists()


def test_a_small_file_is_read_once_however_often_its_page_is_turned(clerk, show, monkeypatch):
    address = show(workbook())
    first = clerk.get(address).context["seen"]
    monkeypatch.setattr(checking, "look", None)

    assert clerk.get(address, {"code": "IDS-LENGTH"}).context["seen"] == first


def test_what_was_found_in_a_small_file_is_cleared_after_a_day_too(clerk, show, settings):
    clerk.get(show(workbook()))
    folder = Path(settings.CHENGXIN_HOME) / "checks"
    for seen in folder.glob("*.seen"):
        os.utime(seen, (0, 0))
    worker()

    assert not list(folder.glob("*.seen"))
