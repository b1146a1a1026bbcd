"""Make, start and stop one embedded PostgreSQL cluster.

Every function here expects the caller to hold the turn lock (`embedded`), so no two processes
start or stop the same cluster at once.
"""

import logging
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

from chengxin.site.embedded_owner import Owner
from chengxin.site.embedded_place import DATABASE, ROOTS_OWN, SUPERUSER, Place
from chengxin.site.embedded_settings import ACCESS_RULES, server_settings
from chengxin.site.errors import (
    DatabaseRefused,
    EmbeddedUnavailable,
    EmbeddedWouldNotStart,
)

_LOG = logging.getLogger(__name__)
PATIENCE_SECONDS = 90  # recovery after a kill, and the old children's last breath
_PAUSE_SECONDS = 0.3
_HOPELESS_AFTER = 3  # tries without a reason to wait
# What PostgreSQL says while an earlier server's processes are still going away.
_WORTH_WAITING = ("shared memory block", "lock file", "starting up", "shutting down")


def make_base(place: Place) -> None:
    """Make the folders that are ours; leave the rights of every other one alone."""
    try:
        place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.base.is_relative_to(ROOTS_OWN) and not ROOTS_OWN.exists():
            ROOTS_OWN.mkdir(parents=True, exist_ok=True)
            ROOTS_OWN.chmod(0o755)
        if not place.base.exists():
            place.base.mkdir()
            place.base.chmod(0o755 if place.uid == 0 else 0o700)
    except OSError as error:
        raise EmbeddedUnavailable(
            reason_zh=f"无法创建文件夹 {error.filename}（{error.strerror}）",
            reason_en=f"the folder {error.filename} cannot be made ({error.strerror})",
        ) from error


def make_cluster(place: Place, owner: Owner, extra: Mapping[str, str]) -> None:
    """Make the cluster if there is none; all or nothing, whenever it is interrupted."""
    owner.make_folder(place.sockets)
    owner.make_folder(place.log)
    if place.data.exists() and not place.password_file.exists():
        _without_password(place, owner)
    if not place.data.exists():
        _initialise(place, owner, sync="fsync" not in extra)
    _write(place.base / "postgresql.conf", server_settings(place, extra), owner)
    _write(place.base / "pg_hba.conf", ACCESS_RULES, owner)


def _without_password(place: Place, owner: Owner) -> None:
    """Open a cluster whose password is gone, or set it aside with the home it belonged to.

    A home that was emptied is a wish to begin anew (root's cluster lies elsewhere, and so
    outlives it); its keys are gone too. Nothing is deleted. In a home with anything left in it
    only the password was lost, and whoever owns the files may set another.
    """
    stop(place, owner)
    if not any(place.home.iterdir()):
        aside = place.data.with_name(f"data.set-aside-{secrets.token_hex(4)}")
        place.data.rename(aside)
        _LOG.warning("数据文件夹是空的；原数据库已移至 %s。 The old database is there.", aside)
        return
    password = secrets.token_urlsafe(32)
    code, said = owner.run(
        "postgres",
        "--single",
        "-D",
        str(place.data),
        "postgres",
        feed=f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'\n",
    )
    if code:
        raise EmbeddedUnavailable(reason_zh=said.strip()[-200:], reason_en=said.strip()[-200:])
    _write(place.password_file, password + "\n", owner=None)


def _initialise(place: Place, owner: Owner, *, sync: bool) -> None:
    making = place.base / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    owner.make_folder(making)
    password = secrets.token_urlsafe(32)
    handed_over = place.base / "password.handed-over"
    _write(handed_over, password + "\n", owner)
    code, said = owner.run(
        "initdb",
        f"--pgdata={making}",
        f"--username={SUPERUSER}",
        f"--pwfile={handed_over}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        # pg_trgm follows LC_CTYPE: with plain C it sees no Chinese, and says nothing.
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        *([] if sync else ["--no-sync"]),
    )
    handed_over.unlink()
    if code:
        shutil.rmtree(making, ignore_errors=True)
        last = said.strip().splitlines()[-1:] or ["initdb"]
        raise EmbeddedUnavailable(reason_zh=last[0], reason_en=last[0])
    _write(place.password_file, password + "\n", owner=None)
    making.rename(place.data)


def start(place: Place, owner: Owner) -> None:
    """Start the server unless it answers already; patient after a kill.

    Raises: `DatabaseRefused` on a wrong password, `EmbeddedWouldNotStart` after all.
    """
    began = time.monotonic()
    hopeless = 0
    said = ""
    while time.monotonic() - began < PATIENCE_SECONDS and hopeless < _HOPELESS_AFTER:
        if answers(place):
            return
        code, said = owner.run(
            "pg_ctl",
            f"--pgdata={place.data}",
            "--wait",
            f"--timeout={PATIENCE_SECONDS}",
            f"--log={place.log / 'start.log'}",
            f"--options=-c config_file='{place.base / 'postgresql.conf'}'",
            "start",
            timeout=PATIENCE_SECONDS + 30,
        )
        if code:
            said = _last_words(place) or said
            if any(sign in said for sign in _WORTH_WAITING):
                _forget_dead_server(place)
            else:
                hopeless += 1
            time.sleep(_PAUSE_SECONDS)
    if not answers(place):
        log = str(place.log / "start.log")
        raise EmbeddedWouldNotStart(seconds=PATIENCE_SECONDS, log=log, said=said.strip()[-500:])


def stop(place: Place, owner: Owner) -> None:
    """Stop the server, letting it write what it holds; fine if none runs."""
    if (place.data / "postmaster.pid").exists():
        owner.run("pg_ctl", f"--pgdata={place.data}", "--mode=fast", "--wait", "stop")


def answers(place: Place) -> bool:
    """Say whether the server takes connections.

    Raises: `DatabaseRefused` when it runs but does not take our password.
    """
    try:
        with psycopg.connect(place.as_libpq("postgres"), connect_timeout=10, autocommit=True):
            return True
    except psycopg.OperationalError as error:
        if "authentication failed" in str(error) or "no password" in str(error):
            raise DatabaseRefused(said=str(error).strip().splitlines()[-1]) from error
        return False


def make_database(place: Place) -> None:
    """Make the database of the house in the cluster if it is not there."""
    with psycopg.connect(place.as_libpq("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _forget_dead_server(place: Place) -> None:
    """Remove the pid file of a server of which nothing lives.

    PostgreSQL keeps it when the number now belongs to some other process, as after a restart of
    a container. Only when no process at all works in the data folder, so that a child which
    outlived its killed parent still keeps a second server out.
    """
    processes = Path("/proc")
    if not processes.is_dir():
        return
    for cwd in processes.glob("[0-9]*/cwd"):
        try:
            if cwd.readlink() == place.data:
                return
        except OSError:  # gone meanwhile, or not ours to see and so not our server
            continue
    (place.data / "postmaster.pid").unlink(missing_ok=True)


def _last_words(place: Place) -> str:
    """Return the end of the newest log, where the server says why it did not start."""
    logs = sorted(place.log.glob("*.log"), key=lambda file: file.stat().st_mtime)
    return "".join(file.read_text(errors="replace")[-2000:] for file in logs[-2:])


def _write(path: Path, text: str, owner: Owner | None) -> None:
    """Write a small file whole or not at all, readable by the server's user only."""
    making = path.with_name(path.name + ".new")
    making.unlink(missing_ok=True)
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if owner is not None:
        owner.give(making)
    making.rename(path)
