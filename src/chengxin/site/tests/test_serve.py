"""The whole house, really started and really killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from chengxin.site.demonstration import LOADED
from chengxin.site.embedded_place import Place
from chengxin.site.tests.homes import fresh_home

COMMAND = [sys.executable, "-m", "chengxin.site.cli"]
PATIENCE = 60


@pytest.fixture(scope="module")
def home():
    with fresh_home() as folder:
        (folder / LOADED).touch()  # the city has tests of its own
        yield folder


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(home, **more):
    """Compiled files are kept, as where the house really stands, but in the home of the test."""
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    return os.environ | kept | {"CHENGXIN_HOME": str(home)} | more


def _serve(home, port):
    """A running `chengxin serve` and what it said up to ready."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--json"],
        env=_environment(home, CHENGXIN_PORT=str(port)),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in process.stdout:
        said.append(json.loads(line))
        if said[-1]["event"] == "ready":
            break
    return process, said


def _gone(numbers):
    """Whether all these processes end within a few seconds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if not any(map(_lives, numbers)):
            return True
        time.sleep(0.1)
    return False


def _lives(number):
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _children(process):
    return [child.pid for child in psutil.Process(process.pid).children(recursive=True)]


def test_a_killed_house_starts_again_and_told_to_stop_it_leaves_nothing_running(home, port):
    killed, first = _serve(home, port)
    children = _children(killed)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert _gone(children)

    began = time.monotonic()
    process, said = _serve(home, port)
    taken = time.monotonic() - began
    children = _children(process)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.read() == b"ok\n"
    process.terminate()
    process.communicate(timeout=PATIENCE)

    assert taken < PATIENCE  # seconds of a quiet machine are measured by `make bench`
    assert [one["event"] for one in first][0::5] == ["starting", "ready"]
    assert [said[at]["event"] for at in (0, -1)] == ["starting", "ready"]
    assert process.returncode == 0
    assert _gone(children)
    assert not (Place.of(home).data / "postmaster.pid").exists()


def _refused(home, *command, **settings):
    done = subprocess.run(
        [*COMMAND, *command],
        env=_environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    return done


def test_a_taken_port_is_said_plainly(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        done = _refused(home, "serve", CHENGXIN_PORT=taken)

    assert taken in done.stderr
    assert "CHENGXIN_PORT" in done.stderr


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"CHENGXIN_SECRET_KEY": "short"},
        {"CHENGXIN_SECRET_KEY": "x" * 60, "CHENGXIN_DEBUG": "yes"},
    ],
)
def test_production_refuses_secrets_the_public_knows(home, settings):
    done = _refused(home, "serve", "--json", CHENGXIN_MODE="production", **settings)

    assert json.loads(done.stdout)["error"]["code"] == "SITE-DEMONSTRATION-SECRET"


def test_a_setting_that_cannot_be_used_is_named(home):
    done = _refused(home, "serve", CHENGXIN_PORT="eighty")

    assert "CHENGXIN_PORT" in done.stderr
    assert "eighty" in done.stderr
