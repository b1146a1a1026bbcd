"""Roles of administrators of the database 数据库管理员: they read by announcement only."""

import re
import secrets

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.rights.errors import BadRoleName
from chengxin.rights.sql_looks import GROUP

_NAME = re.compile(r"[a-z][a-z0-9_]{2,40}")


@transaction.atomic
def open_administrator(*, name: str, by: Actor) -> str:
    """Open a role of the database that reads subjects' data by announced looks only.

    Every statement of it goes to the server's own log besides. Returns: its password, shown once.
    Raises: `NotPermitted`, `BadRoleName`.
    """
    by.require("access.manage")
    if not _NAME.fullmatch(name) or name.startswith(("pg_", "chengxin")):
        raise BadRoleName(name=name)
    password = secrets.token_urlsafe(24)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [GROUP, name])
        held = {row[0] for row in cursor.fetchall()}
        if name in held:
            raise BadRoleName(name=name)
        if GROUP not in held:
            cursor.execute(f"CREATE ROLE {GROUP} NOLOGIN")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION chengxin_announce_look(text, text) TO {GROUP}")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION chengxin_read_look(uuid) TO {GROUP}")
        # The name was checked letter by letter; the password is ours and holds no quote.
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}' IN ROLE {GROUP}")
        cursor.execute(f"ALTER ROLE {name} SET log_statement = 'all'")
    audit.note(by=by, verb="rights.open_administrator", target=f"role:{name}")
    return password
