"""A department's own database, read and never written: PostgreSQL, or MySQL and MariaDB.

One connection, one transaction that may only read, one query, a cursor that the server keeps, a
limit to how long it may take. What goes wrong becomes one of four refusals with a sentence.
"""

import os
import ssl
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pymysql
from django.conf import settings
from psycopg import errors as pg
from psycopg import sql
from pymysql.constants import CR, ER
from pymysql.cursors import SSCursor

from chengxin.intake.channels.refusals import (
    SecretMissing,
    SourceRefuses,
    SourceSlow,
    SourceUnavailable,
)
from chengxin.intake.rules.declarations import Declaration, Kind

CONNECT_SECONDS = 10
QUERY_SECONDS = 300
FETCH = 2_000
LONGEST_SAID = 200
_OPEN_TO_OTHERS = stat.S_IRWXO
# Query interrupted; statement took too long: in MariaDB's words, in MySQL's.
_MYSQL_SLOW = {1317, 1969, 3024}
_MYSQL_AWAY = {CR.CR_CONN_HOST_ERROR, CR.CR_CONNECTION_ERROR, CR.CR_UNKNOWN_HOST}
_MYSQL_AWAY |= {CR.CR_SERVER_GONE_ERROR, CR.CR_SERVER_LOST}
_MYSQL_AWAY |= {ER.SERVER_SHUTDOWN, ER.CON_COUNT_ERROR}


@dataclass(frozen=True)
class Result:
    """A result as it streams: its columns at once, its rows as they are fetched."""

    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


@contextmanager
def reading(given: Declaration, after: Any = None) -> Iterator[Result]:
    """Run the declared query, from the cursor value `after` on (that value included).

    With a cursor column the result is ordered by it; without one the query runs as declared.
    Raises: `SecretMissing`, `SourceUnavailable`, `SourceSlow`, `SourceRefuses`.
    """
    opener = _postgresql if given.kind is Kind.POSTGRESQL else _mysql
    with opener(given, after) as result:
        yield result


@contextmanager
def _postgresql(given: Declaration, after: Any) -> Iterator[Result]:
    seconds = _seconds(given)
    try:
        with psycopg.connect(
            host=given.where["host"],
            port=given.where.get("port", "5432"),
            dbname=given.where["database"],
            user=given.where["user"],
            password=_password(given) or None,
            sslmode={"verify": "verify-full", "require": "require"}.get(_tls(given), "prefer"),
            connect_timeout=CONNECT_SECONDS,
            application_name="chengxin",
            client_encoding="utf8",
            # The wait for a lock is a wait too; a source that is stuck must not hold the worker.
            options=f"-c statement_timeout={seconds}s -c default_transaction_read_only=on"
            " -c DateStyle=ISO -c TimeZone=Asia/Shanghai",
            tcp_user_timeout=seconds * 1000,
        ) as connection:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with connection.cursor(name="chengxin") as cursor:
                cursor.itersize = FETCH
                query, values = _postgresql_query(given, after)
                cursor.execute(query, values)
                columns = [column.name for column in cursor.description or ()]
                yield Result(columns, iter(cursor))
    except (pg.QueryCanceled, pg.LockNotAvailable) as error:
        raise SourceSlow(host=given.where["host"], seconds=seconds) from error
    except (pg.OperationalError, psycopg.InterfaceError) as error:
        raise SourceUnavailable(host=given.where["host"], said=_said(error)) from error
    except psycopg.Error as error:
        raise SourceRefuses(host=given.where["host"], said=_said(error)) from error


def _postgresql_query(given: Declaration, after: Any) -> tuple[sql.SQL | sql.Composed, Any]:
    # Only with values does psycopg read `%` in the text of a query.
    if not given.cursor:
        return sql.SQL(given.query), None
    query = sql.SQL(given.query)
    column = sql.Identifier(given.cursor)
    whole = sql.SQL("SELECT * FROM (\n{}\n) AS declared").format(query)
    order = sql.SQL(" ORDER BY declared.{}").format(column)
    if after is None:
        return whole + order, None
    from_here = sql.SQL(" WHERE declared.{column} >= {value} OR declared.{column} IS NULL")
    return whole + from_here.format(column=column, value=sql.Literal(after)) + order, None


@contextmanager
def _mysql(given: Declaration, after: Any) -> Iterator[Result]:
    seconds = _seconds(given)
    host = given.where["host"]
    try:
        connection = pymysql.connect(
            host=None if host.startswith("/") else host,
            unix_socket=host if host.startswith("/") else None,
            port=int(given.where.get("port", "3306")),
            database=given.where["database"],
            user=given.where["user"],
            password=_password(given),
            charset="utf8mb4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=seconds + CONNECT_SECONDS,
            write_timeout=CONNECT_SECONDS,
            cursorclass=SSCursor,
            local_infile=False,
            autocommit=True,
            ssl=_mysql_tls(given),
            ssl_disabled=_tls(given) == "off",
        )
    except pymysql.MySQLError as error:
        raise _mysql_trouble(error, host, seconds) from error
    try:
        with connection.cursor() as cursor:
            _limit(cursor, seconds)
            cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
            cursor.execute(*_mysql_query(given, after))
            columns = [column[0] for column in cursor.description or ()]
            yield Result(columns, _fetched(cursor))
    except pymysql.MySQLError as error:
        raise _mysql_trouble(error, host, seconds) from error
    finally:
        with suppress(pymysql.MySQLError, OSError):
            # Rows not fetched would be read to the end by an orderly goodbye.
            connection._force_close()  # type: ignore[attr-defined]  # noqa: SLF001


def _limit(cursor: Any, seconds: int) -> None:
    """MariaDB counts in seconds, MySQL in milliseconds, each under a name of its own."""
    cursor.execute("SELECT VERSION()")
    version = str(cursor.fetchall()[0][0])
    if "MariaDB" in version:
        cursor.execute(f"SET SESSION max_statement_time={seconds}")
    else:
        cursor.execute(f"SET SESSION max_execution_time={seconds * 1000}")
    cursor.execute("SET SESSION time_zone='+08:00'")


def _mysql_query(given: Declaration, after: Any) -> tuple[str, list[Any] | None]:
    if not given.cursor:
        return given.query, None
    column = "declared.`" + given.cursor.replace("`", "``") + "`"
    # The guard let through no statement but one SELECT.
    whole = f"SELECT * FROM (\n{given.query}\n) AS declared"  # noqa: S608
    order = f" ORDER BY {column}"
    if after is None:
        return whole + order, None
    # Only with values does the driver read `%` in the text of a query.
    plain = f"{whole} WHERE {column} >= \0 OR {column} IS NULL{order}".replace("%", "%%")
    return plain.replace("\0", "%s"), [after]


def _fetched(cursor: Any) -> Iterator[Sequence[Any]]:
    while rows := cursor.fetchmany(FETCH):
        yield from rows


def _mysql_tls(given: Declaration) -> ssl.SSLContext | None:
    if (wanted := _tls(given)) == "off":
        return None
    context = ssl.create_default_context()
    if wanted == "require":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _mysql_trouble(
    error: pymysql.MySQLError, host: str, seconds: int
) -> SourceUnavailable | SourceSlow | SourceRefuses:
    code = error.args[0] if error.args else 0
    text = str(error.args[1]) if len(error.args) > 1 else str(error)
    if code in _MYSQL_SLOW or ("timed out" in text and code == CR.CR_SERVER_LOST):
        return SourceSlow(host=host, seconds=seconds)
    if code in _MYSQL_AWAY or isinstance(error, pymysql.InterfaceError):
        return SourceUnavailable(host=host, said=_said(text))
    return SourceRefuses(host=host, said=_said(text))


def _tls(given: Declaration) -> str:
    """As declared; else asked for from any host but this machine."""
    host = given.where["host"]
    here = host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    return given.where.get("tls") or ("off" if here else "require")


def _seconds(given: Declaration) -> int:
    return int(given.where.get("seconds", QUERY_SECONDS))


def _password(given: Declaration) -> str:
    """Return the password from its file, which nobody else may read."""
    name = given.where.get("password_file")
    if not name:
        return ""
    file = Path(settings.CHENGXIN_SOURCES) / name
    try:
        with file.open(encoding="utf-8") as opened:
            if os.fstat(opened.fileno()).st_mode & _OPEN_TO_OTHERS:
                said = "其他用户也能读取"
                raise SecretMissing(name=name, said=said, said_en="others can read it")
            return opened.read().strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        said = "不存在或读不了"
        said_en = "it is missing or cannot be read"
        raise SecretMissing(name=name, said=said, said_en=said_en) from error


def _said(error: object) -> str:
    """The first line of what the server said; never more: it may repeat values."""
    lines = str(error).strip().splitlines() or ["—"]
    return lines[0][:LONGEST_SAID]
