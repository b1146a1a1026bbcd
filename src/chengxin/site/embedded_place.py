"""Where the embedded PostgreSQL 内置数据库 keeps its files and who owns them.

As an ordinary user everything lies under CHENGXIN_HOME. PostgreSQL refuses to run as root, so
for root the cluster, a copy of the binaries and the socket lie in a folder of their own under
`/var/lib/chengxin`, owned by the system user `chengxin-pg`; only the password file stays in
CHENGXIN_HOME. No other folder's owner or rights are ever touched.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

DATABASE = "chengxin"
SUPERUSER = "chengxin"
_ROOTS_OWN = Path("/var/lib/chengxin")
_LONGEST_SOCKET = 107  # bytes of sun_path in sockaddr_un, less the closing zero
_SOCKET_NAME = ".s.PGSQL.5432.lock"  # the longer of the two files PostgreSQL makes there


@dataclass(frozen=True)
class Place:
    """The folders of one embedded cluster; a pure function of home and user."""

    home: Path
    base: Path  # holds data, log and locks; owned by the user the server runs as
    sockets: Path
    password_file: Path
    as_root: bool

    @classmethod
    def of(cls, home: Path, uid: int | None = None) -> Self:
        """Return the place of the cluster that belongs to `home` for this user."""
        uid = os.geteuid() if uid is None else uid
        home = home.resolve()
        mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        base = _ROOTS_OWN / mark if uid == 0 else home / "postgres"
        sockets = base / "run"
        if len(os.fsencode(sockets / _SOCKET_NAME)) > _LONGEST_SOCKET:
            # Same answer in every process, whatever TMPDIR says; made 0700 and owner-checked.
            sockets = Path("/tmp") / f"chengxin-{uid}-{mark}"  # noqa: S108
        return cls(home, base, sockets, home / "postgres.password", uid == 0)

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.base / "data"

    def password(self) -> str:
        """Return the password of the superuser; empty before the cluster is made."""
        try:
            return self.password_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def as_django(self, database: str = DATABASE) -> dict[str, Any]:
        """Return the connection in Django's words."""
        return {
            "NAME": database,
            "USER": SUPERUSER,
            "PASSWORD": self.password(),
            "HOST": str(self.sockets),
            "PORT": "5432",
        }
