"""A watched folder under kill -9: real processes, each ended before another of its steps."""

import os
import signal
import uuid

import pytest
from django.db import connections

from chengxin.intake.channels.models import Delivery
from chengxin.intake.models import Batch
from chengxin.intake.services.channels.running import run_channel
from chengxin.intake.tests.channel_cases import (
    BOOK,
    DECLARER,
    ON,
    folder_given,
    penalties,
    running,
)

OTHERS_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


def run():
    return run_channel(code="penalties", by=DECLARER, on=ON, book=BOOK, settle_seconds=0)


def lying(folder, kind):
    return sorted(file.name for file in (folder / kind).iterdir())


MARKS = 12


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the test database in which everything is committed; thrown away afterwards."""
    entry = connections.settings["default"]
    shared, copy = entry["NAME"], f"{entry['NAME']}_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        _administer(OTHERS_OUT, [shared])
        _administer(f'CREATE DATABASE "{copy}" TEMPLATE "{shared}"')
        entry["NAME"] = connections["default"].settings_dict["NAME"] = copy
        yield
        entry["NAME"] = connections["default"].settings_dict["NAME"] = shared
        _administer(f'DROP DATABASE "{copy}" WITH (FORCE)')


def _administer(command, facts=None):
    connections["default"].close()
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(command, facts)


def test_killed_between_any_two_steps_nothing_is_lost_or_doubled(committed, tmp_path, settings):
    settings.CHENGXIN_DROPS = drops = tmp_path / "drops"
    running(folder_given())
    folder = drops / "penalties"
    killed = 0
    for mark in range(1, MARKS):
        (folder / f"{mark}.csv").write_bytes(penalties(first=mark * 10))
        (folder / f"{mark}.csv.done").touch()
        killed += _killed_at(mark)
        run()

    assert killed >= MARKS - 4
    assert Delivery.objects.count() == Batch.objects.count() == MARKS - 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"submitted"}
    assert len(lying(folder, "taken")) == len(lying(folder, "receipts")) == MARKS - 1
    assert lying(folder, ".taking") == lying(folder, "refused") == []


def _killed_at(mark):
    """Run in a process of its own that dies by -9 before its `mark`th step that lasts."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        for alias in connections:
            connections[alias].connection = None  # the parent's, not ours to close
        left = iter(range(mark - 1, -1, -1))

        def watched(act):
            def acted(*given, **named):
                if next(left) == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return act(*given, **named)

            return acted

        for name in ("rename", "replace", "fsync"):
            setattr(os, name, watched(getattr(os, name)))
        for verb in ("save", "save_base"):
            setattr(Delivery, verb, watched(getattr(Delivery, verb)))
        try:
            run()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
