"""Data folders for tests of the embedded database, which vanish with their clusters."""

import pwd
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from chengxin.site.embedded_place import Place

NOT_SYNCED = {"fsync": "off"}


@contextmanager
def fresh_home(owner=None):
    """A folder under the system's temporary one, reachable by every user."""
    folder = Path(tempfile.mkdtemp(prefix="chengxin-home-"))
    if owner is not None:
        entry = pwd.getpwnam(owner)
        shutil.chown(folder, entry.pw_uid, entry.pw_gid)
    try:
        yield folder
    finally:
        removed(Place.of(folder))


def removed(place):
    shutil.rmtree(place.base, ignore_errors=True)
    shutil.rmtree(place.sockets, ignore_errors=True)
    shutil.rmtree(place.home, ignore_errors=True)


def postmaster(place):
    """Process id of the running server."""
    return int((place.data / "postmaster.pid").read_text().splitlines()[0])
