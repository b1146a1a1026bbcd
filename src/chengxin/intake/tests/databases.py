"""Departments' databases for the tests: a real PostgreSQL and a real MariaDB, each filled alike."""

import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg
import pymysql

from chengxin.intake.tests.sheets import HEADERS, row

MARIADB = shutil.which("mariadbd") or shutil.which("mysqld")
INSTALL = shutil.which("mariadb-install-db") or shutil.which("mysql_install_db")
WHY_NOT = "没有 MariaDB 服务程序（apt install mariadb-server-core）no MariaDB server here"
PATIENCE = 30


@contextmanager
def mariadb(folder):
    """A server of its own in `folder`, on a socket only; gives the socket."""
    socket = folder / "s"
    data = folder / "data"
    common = [f"--datadir={data}", "--user=root"]
    subprocess.run(
        [INSTALL, "--no-defaults", *common, "--auth-root-authentication-method=normal",
         "--skip-test-db"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = subprocess.Popen(
        [MARIADB, "--no-defaults", *common, f"--socket={socket}", "--skip-networking",
         f"--pid-file={folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0",
         "--innodb-buffer-pool-size=16M", "--skip-log-bin", f"--log-error={folder / 'log'}"],
    )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE
        while not socket.exists():
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield str(socket)
    finally:
        server.terminate()
        server.wait(PATIENCE)


class Table:
    """A department's table of penalties with the moment each row last changed."""

    def __init__(self, kind, connection, where):
        self.kind, self.connection, self.where = kind, connection, where
        mark = "`" if kind == "mysql" else '"'
        columns = ", ".join(f"{mark}{header}{mark} varchar(300)" for header in HEADERS)
        self.do("DROP TABLE IF EXISTS penalties")
        self.do(f"CREATE TABLE penalties ({columns}, changed date, secret varchar(20))")

    def do(self, text, values=None):
        with self.connection.cursor() as cursor:
            cursor.execute(text, values)
        self.connection.commit()

    def add(self, number, changed="2026-11-01", **changes):
        marks = ", ".join(["%s"] * (len(HEADERS) + 2))
        self.do(
            f"INSERT INTO penalties VALUES ({marks})",
            [*row(number, **changes), changed, ""],
        )


@contextmanager
def postgresql_table(conninfo, where):
    with psycopg.connect(conninfo) as connection:
        yield Table("postgresql", connection, where)


@contextmanager
def mysql_table(socket):
    connection = pymysql.connect(unix_socket=socket, user="root", charset="utf8mb4")
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS dept")
        cursor.execute("CREATE DATABASE dept CHARACTER SET utf8mb4")
        cursor.execute("USE dept")
    where = {"host": socket, "database": "dept", "user": "root", "tls": "off"}
    yield Table("mysql", connection, where)
    connection.close()
