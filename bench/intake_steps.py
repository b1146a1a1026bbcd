"""One act of the whole way in a process of its own, its steps timed; prints one JSON object.

    prepare FILE              the database made, the organisations of FILE imported
    submit FILE UNIT          the clerk's verb
    release NUMBER            the second officer's verb
    copy TABLE,TABLE… CONNECTIONS    bare COPY of what these tables hold into copies of them

`CHENGXIN_HOME` names the home; whoever starts this holds its database.
"""

import csv
import functools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from machine import peak_mb

ON = date(2026, 11, 20)
STEPS = (
    # room.module, function, what it is called here
    ("intake.services.submitting", "_kept", "keep the original"),
    ("intake.services.submitting", "look", "read, map and check"),
    ("intake.services.looking", "examine_file", "· check"),
    ("intake.services.submitting", "hold", "set the clean aside"),
    ("intake.services.submitting", "_list_rows", "list rows to mend"),
    ("intake.services.submitting", "filled_cells", "count filled cells"),
    ("intake.services.submitting", "_found", "note what was found"),
    ("intake.services.releasing", "held_rows", "find the clean again"),
    ("intake.services.loading", "_link", "match"),
    ("intake.services.loading", "directory", "· who is known"),
    ("intake.services.loading", "link_table", "· judge"),
    ("intake.services.loading", "register_table", "· open new subjects"),
    ("intake.services.loading", "_list_unlinked", "list rows to settle"),
    ("intake.services.loading", "_keys", "natural keys"),
    ("intake.services.loading", "_records", "make records"),
    ("register.queries", "held_keys", "look for doubles"),
    ("intake.services.loading", "append_table", "append records and events"),
    ("intake.services.loading", "post_table", "post notices"),
    ("intake.services.releasing", "_take_in_careful", "rows that need a closer look"),
    ("intake.services.releasing", "settle", "mended rows"),
    ("intake.services.releasing", "counts", "count rows by state"),
)


class Absent:
    """No pandas: it is here for the peers of other benchmarks, and pyarrow loads it if it can."""

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse that one, leave the others to who comes next."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


class Steps:
    """Seconds per step, by wrapping the functions that are the steps.

    Wall, this process's CPU, and the CPU of the database's process behind its connection.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float, float]] = {}
        self.server = server_pid()
        for module, name, said in STEPS:
            home = import_module(f"chengxin.{module}")
            if hasattr(home, name):
                setattr(home, name, self._timed(getattr(home, name), said))

    def now(self) -> tuple[float, float, float]:
        """The three clocks."""
        return time.perf_counter(), time.process_time(), server_cpu(self.server)

    def _timed(self, function: Callable[..., Any], said: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            begun = self.now()
            try:
                return function(*args, **named)
            finally:
                before = self.seconds.get(said, (0.0, 0.0, 0.0))
                spent = zip(before, self.now(), begun, strict=True)
                wall, cpu, server = (was + end - start for was, end, start in spent)
                self.seconds[said] = (wall, cpu, server)

        return timed


def server_pid() -> int:
    """The database's process behind this connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def server_cpu(pid: int) -> float:
    """Seconds of processor a process has used; 0 where that cannot be seen."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def actor(login: str) -> Any:
    """An officer who may do it."""
    from chengxin.kernel.actor import Actor

    return Actor(login, "", "lyg-scjg", {"intake.submit": "all", "intake.release": "all"})


def prepare(file: str) -> dict[str, Any]:
    """Tables made, organisations in."""
    from django.core.management import call_command

    from chengxin.kernel.actor import Actor
    from chengxin.subjects.services import import_organisations

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    with Path(file).open(encoding="utf-8", newline="") as stream:
        lines = enumerate(csv.DictReader(stream), start=2)
        import_organisations(rows=lines, by=Actor.system("subjects.import"), on=ON)
    analyse()
    return {"seconds": time.perf_counter() - begun}


def analyse() -> None:
    """What the server's own housekeeping would have done by then."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def submit(file: str, unit: str) -> dict[str, Any]:
    """The clerk's file."""
    from chengxin.intake.services import submit as verb
    from chengxin.policy.queries import current_rulebook

    book, steps = current_rulebook(), Steps()
    path = Path(file)
    begun = steps.now()
    batch = verb(
        source=path, filename=f"{path.parent.name}.csv", item="penalty", unit=unit,
        by=actor("clerk"), on=ON, book=book,
    )  # fmt: skip
    return told(begun, steps) | {"number": batch.number, "rows": batch.rows_read}


def release(number: str) -> dict[str, Any]:
    """The second officer."""
    from chengxin.intake.queries import counts
    from chengxin.intake.services import release as verb
    from chengxin.policy.queries import current_rulebook

    book, steps = current_rulebook(), Steps()
    begun = steps.now()
    batch = verb(number=number, by=actor("reviewer"), on=ON, book=book)
    done = told(begun, steps)
    analyse()
    return done | {"states": {str(state): n for state, n in counts(batch).items()}}


def told(begun: tuple[float, float, float], steps: Steps) -> dict[str, Any]:
    """Times of an act that has just ended, and the peaks of the two processes that did it."""
    wall, used, server = (end - start for end, start in zip(steps.now(), begun, strict=True))
    return {
        "seconds": wall,
        "cpu": used,
        "server_cpu": server,
        "steps": steps.seconds,
        "peak_mb": peak_mb(),
        "server_mb": server_mb(),
    }


def server_mb() -> float:
    """Peak of the database's process behind this connection, the shared memory it touched in it."""
    try:
        return peak_mb(server_pid())
    except OSError:
        return 0.0


def copy(listed: str, connections: str) -> dict[str, Any]:
    """COPY what the tables hold from text on disk into empty tables with the same indexes."""
    from django.db import connection

    tables, count = listed.split(","), int(connections)
    with tempfile.TemporaryDirectory(dir=os.environ["CHENGXIN_HOME"]) as folder:
        parts: list[list[tuple[str, Path]]] = [[] for _ in range(count)]
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
                cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
                for at in range(count):
                    file = Path(folder) / f"{table}.{at}"
                    rows = f"SELECT * FROM (SELECT *, row_number() OVER () AS n FROM {table}) t"
                    columns = ", ".join(columns_of(cursor, table))
                    rows = f"SELECT {columns} FROM ({rows} WHERE n % {count} = {at}) t"
                    with file.open("wb") as stream, cursor.copy(f"COPY ({rows}) TO STDOUT") as out:
                        for data in out:
                            stream.write(data)
                    parts[at].append((table, file))
        begun = time.perf_counter()
        threads = [threading.Thread(target=loaded, args=(part,)) for part in parts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
        with connection.cursor() as cursor:
            rows = 0
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM bare_{table}")
                rows = max(rows, cursor.fetchone()[0])
                cursor.execute(f"DROP TABLE bare_{table}")
    return {"seconds": seconds, "rows": rows}


def columns_of(cursor: Any, table: str) -> list[str]:
    """Columns a COPY may fill: not those the server computes."""
    cursor.execute(
        "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_name = %s "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def loaded(part: list[tuple[str, Path]]) -> None:
    """One connection's share, in one transaction."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("BEGIN")
        for table, file in part:
            columns = ", ".join(columns_of(cursor, table))
            into = f"COPY bare_{table} ({columns}) FROM STDIN"
            with cursor.copy(into) as out, file.open("rb") as stream:
                while data := stream.read(1 << 18):
                    out.write(data)
        cursor.execute("COMMIT")
    connections["default"].close()


def main() -> None:
    """Do the act."""
    sys.meta_path.insert(0, Absent())
    from chengxin.site.startup import setup_django

    setup_django()
    acts = {"prepare": prepare, "submit": submit, "release": release, "copy": copy}
    act, *arguments = sys.argv[1:]
    print(json.dumps(acts[act](*arguments), ensure_ascii=False))


if __name__ == "__main__":
    main()
