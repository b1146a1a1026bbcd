"""The embedded PostgreSQL: real clusters, really killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

import psutil
import psycopg
import pytest

from chengxin.site.embedded import Hold
from chengxin.site.embedded_place import Place
from chengxin.site.errors import DatabaseRefused, EmbeddedUnavailable
from chengxin.site.tests.homes import NOT_SYNCED, fresh_home, postmaster, removed


@pytest.fixture(scope="module")
def home():
    with fresh_home() as folder:
        yield folder


@pytest.fixture
def server(home):
    hold = Hold(home, NOT_SYNCED)
    yield hold
    hold.release()


def _rows(server, statement, *commands):
    with psycopg.connect(server.place.as_libpq(), autocommit=True) as connection:
        for command in commands:
            connection.execute(command)
        return connection.execute(statement).fetchone()


def test_committed_rows_survive_a_killed_server(server, home):
    _rows(server, "SELECT 1", "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (42)")
    os.kill(postmaster(server.place), signal.SIGKILL)

    again = Hold(home, NOT_SYNCED)

    assert _rows(again, "SELECT n FROM kept") == (42,)
    again.release()


def test_it_listens_on_a_socket_only(server):
    process = psutil.Process(postmaster(server.place))

    assert process.net_connections(kind="inet") == []
    assert _rows(server, "SHOW listen_addresses") == ("",)


def test_it_never_runs_as_root(server):
    assert psutil.Process(postmaster(server.place)).uids().real != 0


def test_its_names_can_be_searched_in_chinese(server):
    found = _rows(server, "SELECT cardinality(show_trgm('连云港市'))", "CREATE EXTENSION pg_trgm")

    assert found[0] > 0


def test_a_wrong_password_is_refused(server):
    right = server.place.as_libpq()

    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(right.replace(server.place.password(), "wrong"))


def test_a_lost_password_is_set_anew_by_the_owner_of_the_files(home):
    first = Hold(home, NOT_SYNCED)
    _rows(first, "SELECT 1", "CREATE TABLE with_old_password (n int)")
    first.release()
    (home / "something-else").touch()
    first.place.password_file.unlink()

    second = Hold(home, NOT_SYNCED)

    assert _rows(second, "SELECT count(*) FROM with_old_password") == (0,)
    second.release()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's cluster is in the home itself")
def test_an_emptied_home_begins_anew_and_deletes_nothing():
    with fresh_home() as home:
        first = Hold(home, NOT_SYNCED)
        _rows(first, "SELECT 1", "CREATE TABLE old (n int)")
        first.release()
        first.place.password_file.unlink()

        second = Hold(home, NOT_SYNCED)

        assert _rows(second, "SELECT to_regclass('old')") == (None,)
        assert len(list(second.place.base.glob("data.set-aside-*"))) == 1
        second.release()


def test_a_wrong_password_file_is_a_plain_sentence(server, home):
    kept = server.place.password_file.read_text()
    server.place.password_file.write_text("other\n")

    with pytest.raises(DatabaseRefused) as refusal:
        Hold(home, NOT_SYNCED)

    assert "CHENGXIN_HOME" in refusal.value.text("zh")
    server.place.password_file.write_text(kept)


def test_only_the_owner_may_read_password_and_sockets(server):
    assert server.place.password_file.stat().st_mode & 0o077 == 0
    assert server.place.sockets.stat().st_mode & 0o077 == 0
    assert server.place.data.stat().st_mode & 0o077 == 0


def test_the_last_one_out_stops_it(home):
    first, second = Hold(home, NOT_SYNCED), Hold(home, NOT_SYNCED)
    number = postmaster(first.place)

    first.release()
    assert _rows(second, "SELECT 1") == (1,)
    second.release()

    assert not psutil.pid_exists(number) or (
        psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    )


def test_a_killed_user_blocks_nobody(home):
    script = (
        "import sys, time, pathlib; from chengxin.site.embedded import Hold;"
        "Hold(pathlib.Path(sys.argv[1]), {'fsync': 'off'}); print('held', flush=True);"
        "time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", script, str(home)], stdout=subprocess.PIPE)
    assert user.stdout.readline() == b"held\n"
    user.kill()
    user.wait()
    user.stdout.close()

    began = time.monotonic()
    after = Hold(home, NOT_SYNCED)
    after.release()

    assert time.monotonic() - began < 20
    assert not (after.place.data / "postmaster.pid").exists()


def test_a_number_that_now_belongs_to_another_program_blocks_nobody(home):
    hold = Hold(home, NOT_SYNCED)
    owner = hold.place.data.stat().st_uid
    hold.release()
    other = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None)
    pid_file = hold.place.data / "postmaster.pid"
    pid_file.write_text(f"{other.pid}\n{hold.place.data}\n")
    shutil.chown(pid_file, owner)

    again = Hold(home, NOT_SYNCED)

    assert _rows(again, "SELECT 1") == (1,)
    again.release()
    other.kill()
    other.wait()


def test_a_half_made_cluster_is_made_anew():
    with fresh_home() as home:
        place = Place.of(home)
        (place.base / "data.making" / "base").mkdir(parents=True)
        hold = Hold(home, NOT_SYNCED)

        assert _rows(hold, "SELECT 1") == (1,)
        hold.release()


def test_no_other_folder_changes_owner_or_rights():
    from chengxin.site.embedded_owner import _shipped_programs

    with fresh_home() as home:
        programs = _shipped_programs()
        watched = [home.parent, *home.parents, programs, *programs.parents, *programs.iterdir()]
        before = [(folder.stat().st_mode, folder.stat().st_uid) for folder in watched]

        Hold(home, NOT_SYNCED).release()

        after = [(folder.stat().st_mode, folder.stat().st_uid) for folder in watched]
        assert after == before


def test_a_home_with_a_long_path_gets_its_socket_elsewhere():
    with fresh_home() as short:
        long = short.joinpath(*["a-folder-with-a-long-name"] * 5)
        hold = Hold(long, NOT_SYNCED)

        assert _rows(hold, "SELECT 1") == (1,)
        assert len(os.fsencode(hold.place.sockets / ".s.PGSQL.5432.lock")) <= 107
        hold.release()
        removed(hold.place)


def test_a_folder_of_someone_elses_is_not_used():
    with fresh_home() as home:
        place = Place.of(home)
        place.base.mkdir(parents=True)
        (home / "elsewhere").mkdir()
        place.sockets.symlink_to(home / "elsewhere")

        with pytest.raises(EmbeddedUnavailable) as refusal:
            Hold(home, NOT_SYNCED)

        assert str(place.sockets) in refusal.value.text("en")


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests here already ran as one")
def test_an_ordinary_user_has_everything_in_the_own_home():
    with fresh_home(owner="nobody") as home:
        place = _as_nobody(home)

        assert place == home / "postgres"
        assert (place / "data").owner() == "nobody"


def _as_nobody(home: Path) -> Path:
    """Start, kill, start again and stop as `nobody`, in a child that gave root away.

    A fork, not a program: the interpreter itself may lie where only root can read.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            first = Hold(home, NOT_SYNCED)
            _rows(first, "SELECT 1", "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1)")
            os.kill(postmaster(first.place), signal.SIGKILL)
            second = Hold(home, NOT_SYNCED)
            code = 0 if _rows(second, "SELECT n FROM kept") == (1,) else 2
            first.release()
            second.release()
        except BaseException:  # noqa: BLE001  a fork must not return into the test run
            traceback.print_exc()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return home / "postgres"
