"""Where the embedded PostgreSQL 内置数据库 keeps its files.

As an ordinary user everything lies under CHENGXIN_HOME. For root the cluster and the socket lie
in a folder of their own under `/var/lib/chengxin`, because the user the server runs as may not
even be able to reach root's home; only the password stays in CHENGXIN_HOME. A home that an
ordinary user's cluster already lives in keeps it, whoever comes later.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from psycopg.conninfo import make_conninfo

DATABASE = "chengxin"
SUPERUSER = "chengxin"
ROOTS_OWN = Path("/var/lib/chengxin")
_LONGEST_SOCKET = 107  # bytes of sun_path in sockaddr_un, less the closing zero
_SOCKET_NAME = ".s.PGSQL.5432.lock"  # the longer of the two files PostgreSQL makes there


@dataclass(frozen=True)
class Place:
    """The folders of one embedded cluster: a function of home, user and what is there."""

    home: Path
    uid: int  # whose cluster it is; 0: the system user's, for root
    base: Path  # locks and settings; belongs to us, not to the server
    sockets: Path
    password_file: Path

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return the place of the cluster that belongs to `home`."""
        home = home.resolve()
        uid = os.geteuid()
        if uid == 0 and (home / "postgres" / "data").exists():
            uid = (home / "postgres" / "data").stat().st_uid
        mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        base = ROOTS_OWN / mark if uid == 0 else home / "postgres"
        sockets = base / "run"
        if len(os.fsencode(sockets / _SOCKET_NAME)) > _LONGEST_SOCKET:
            # The same answer in every process, whatever TMPDIR says; 0700, owner checked.
            sockets = Path("/tmp") / f"chengxin-{uid}-{mark}"  # noqa: S108
        return cls(home, uid, base, sockets, home / "postgres.password")

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """The server's messages, a file per weekday."""
        return self.base / "log"

    def password(self) -> str:
        """Return the password of the superuser; empty before the cluster is made."""
        try:
            return self.password_file.read_text(encoding="ascii").strip()
        except OSError:
            return ""

    def as_django(self) -> dict[str, Any]:
        """Return the connection in Django's words."""
        return {
            "NAME": DATABASE,
            "USER": SUPERUSER,
            "PASSWORD": self.password(),
            "HOST": str(self.sockets),
            "PORT": "5432",
        }

    def as_libpq(self, database: str = DATABASE) -> str:
        """Return the connection as libpq's tools and psycopg take it."""
        return make_conninfo(
            "",
            dbname=database,
            user=SUPERUSER,
            password=self.password(),
            host=str(self.sockets),
            port="5432",
        )
