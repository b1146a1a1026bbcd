"""Is this database, and this installation, fit to start? Asked before anything is served."""

from django.db import DatabaseError, OperationalError, connection
from django.db.backends.utils import CursorWrapper

from chengxin.site.environment import DEMONSTRATION_SECRET_KEY, Environment, Mode
from chengxin.site.errors import (
    DatabaseBlindToChinese,
    DatabaseRefused,
    DatabaseTooOld,
    DemonstrationInProduction,
    ExtensionMissing,
)

OLDEST_SERVER = 15_00_00
SHORTEST_SECRET_KEY = 50
_CHINESE = "连云港市"


def check_database() -> str:
    """Make sure the database can carry the house; return the server's version.

    Raises: `DatabaseRefused`, `DatabaseTooOld`, `ExtensionMissing`, `DatabaseBlindToChinese`.
    """
    try:
        with connection.cursor() as cursor:
            version = _scalar(cursor, "SHOW server_version")
            if int(_scalar(cursor, "SHOW server_version_num")) < OLDEST_SERVER:
                raise DatabaseTooOld(version=version)
            _have_extension(cursor, "pg_trgm")
            # Silently empty under LC_CTYPE C: the search would find no Chinese name.
            cursor.execute("SELECT show_trgm(%s)", [_CHINESE])
            row = cursor.fetchone()
            if row is None or not row[0]:
                ctype = "SELECT datctype FROM pg_database WHERE datname = current_database()"
                raise DatabaseBlindToChinese(ctype=_scalar(cursor, ctype))
    except OperationalError as error:
        raise DatabaseRefused(said=str(error).strip().splitlines()[0]) from error
    return version


def _scalar(cursor: CursorWrapper, query: str) -> str:
    cursor.execute(query)
    row = cursor.fetchone()
    return str(row[0]) if row else ""


def _have_extension(cursor: CursorWrapper, name: str) -> None:
    cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [name])
    if cursor.fetchone():
        return
    try:
        cursor.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}"')
    except DatabaseError as error:
        raise ExtensionMissing(name=name) from error


def refuse_known_secrets(environment: Environment) -> None:
    """Refuse a production start whose secrets the public knows.

    Raises: `DemonstrationInProduction`.
    """
    if environment.mode is not Mode.PRODUCTION:
        return
    if environment.debug:
        raise DemonstrationInProduction(what="CHENGXIN_DEBUG=yes")
    if environment.secret_key == DEMONSTRATION_SECRET_KEY:
        raise DemonstrationInProduction(what="CHENGXIN_SECRET_KEY（未设置 / not set）")
    if len(environment.secret_key) < SHORTEST_SECRET_KEY:
        short = f"CHENGXIN_SECRET_KEY（<{SHORTEST_SECRET_KEY} 字符 / characters）"
        raise DemonstrationInProduction(what=short)


def refuse_known_officers(environment: Environment) -> None:
    """Refuse a production start while demonstration accounts, officers' or subjects', can sign in.

    Raises: `DemonstrationInProduction`.
    """
    from chengxin.access.queries import demonstration_officers
    from chengxin.visitors.queries import demonstration_visitors

    if environment.mode is not Mode.PRODUCTION:
        return
    if number := demonstration_officers() + demonstration_visitors():
        raise DemonstrationInProduction(what=f"{number} 个演示账号 / demonstration accounts")
