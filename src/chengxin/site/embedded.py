"""The embedded PostgreSQL 内置数据库, shared by every process that needs it.

Each using process holds a shared lock for as long as it lives; the last one out stops the
server. Locks belong to the operating system: a killed process lets go of its own, so nobody
waits for the dead, and a server left behind by one is found running by the next.
"""

import atexit
import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from chengxin.site import embedded_cluster as cluster
from chengxin.site.embedded_owner import Owner
from chengxin.site.embedded_place import Place


class Hold:
    """One process's use of the embedded server, from `Hold(...)` to `release()`."""

    def __init__(self, home: Path, extra: Mapping[str, str] | None = None) -> None:
        """Make and start the cluster of `home` if need be, and keep it running.

        `extra` are further server settings, used when this call is the one that starts it.
        Raises: `EmbeddedUnavailable`, `EmbeddedWouldNotStart`, `DatabaseRefused`.
        """
        self.place = Place.of(home)
        cluster.make_base(self.place)
        self._owner = Owner.of(self.place)
        self._use: int | None = None
        with _locked(self.place.base / "turn.lock"):
            cluster.make_cluster(self.place, self._owner, extra or {})
            cluster.start(self.place, self._owner)
            cluster.make_database(self.place)
            self._use = os.open(self.place.base / "use.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._use, fcntl.LOCK_SH)
        atexit.register(self.release)

    def release(self) -> None:
        """Stop using the server; stop it if nobody else uses it. Safe to call twice."""
        use, self._use = self._use, None
        if use is None:
            return
        with _locked(self.place.base / "turn.lock"):
            os.close(use)
            if _unused(self.place.base / "use.lock"):
                cluster.stop(self.place, self._owner)
        atexit.unregister(self.release)


_holds: dict[Path, Hold] = {}


def hold(home: Path) -> Hold:
    """Return this process's hold on the server of `home`, taking it on the first call."""
    place = Place.of(home)
    if place.base not in _holds:
        _holds[place.base] = Hold(home)
    return _holds[place.base]


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _unused(file: Path) -> bool:
    descriptor = os.open(file, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
