"""Kill -9 at random moments while channels run: nothing they bring is lost, nothing is doubled.

A home of its own; a watched folder into which files are dropped, and a department's table that
grows. A process that runs both channels is killed again and again; after every kill what can be
counted must fit, and at the end every file and every row is in exactly one batch.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

KILLS = int(os.environ.get("CHENGXIN_KILLS", "40"))
LONGEST_SECONDS = 6.0
ROWS_AT_ONCE = 3
INSIDE = "--inside"
CHANNELS = ("penalties", "table")


def main() -> None:
    """Run the proof in a process of its own, so that its database is gone before its folders."""
    if INSIDE in sys.argv:
        inside()
        return
    home = Path(tempfile.mkdtemp(prefix="chengxin-prove-"))
    from chengxin.site.embedded_place import Place

    place = Place.of(home)
    surroundings = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    try:
        done = subprocess.run(
            [sys.executable, __file__, INSIDE],
            env=surroundings | {"CHENGXIN_HOME": str(home)},
            check=False,
        )
    finally:
        time.sleep(2)
        shutil.rmtree(place.base, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(done.returncode)


def inside() -> None:
    """Print the ledger of the proof."""
    from chengxin.site.embedded_place import Place
    from chengxin.site.startup import setup_django

    environment = setup_django()
    from chengxin.site.migration import apply_migrations

    apply_migrations()
    print(json.dumps(prove(environment.home, Place.of(environment.home)), ensure_ascii=False))


def prove(home: Path, place: object) -> dict[str, object]:
    """Drop, insert, run, kill; then let it run to its end and count."""
    import psycopg

    from chengxin.intake.channels.models import Delivery
    from chengxin.intake.models import Batch
    from chengxin.intake.queries import originals
    from chengxin.intake.tests import channel_cases as cases
    from chengxin.intake.tests import databases

    with psycopg.connect(place.as_libpq(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE dept TEMPLATE template0 ENCODING 'UTF8'")
    secret = home / "sources" / "dept"
    secret.parent.mkdir()
    secret.write_text(place.password())
    secret.chmod(0o600)
    where = {"host": str(place.sockets), "database": "dept", "user": "chengxin"}
    cases.running(cases.folder_given())
    dice = random.Random(23)
    killed, files, rows = 0, 0, 0
    with databases.postgresql_table(place.as_libpq("dept"), where) as table:
        given = cases.table_given(
            "postgresql",
            where | {"password_file": "dept"},
            mapping={"changed": None, "secret": None},
        )
        cases.running(given)
        for turn in range(KILLS):
            if turn == 1:
                settle()  # what a worker that has run for a while has loaded already
            files += 1
            file = home / "drops" / "penalties" / f"{turn}.csv"
            file.write_bytes(cases.penalties(first=100_000 + turn * 10, count=2))
            file.with_name(f"{file.name}.done").touch()
            for _ in range(ROWS_AT_ONCE):
                rows += 1
                table.add(rows, f"2026-11-{1 + turn // 4:02d}")
            first = dice.sample(CHANNELS, 2)
            killed += cut_off(dice.uniform(0.0, LONGEST_SECONDS), first)
    settle()
    settle()
    folder = home / "drops" / "penalties"
    from_folder = Batch.objects.filter(submitted_by="channel:penalties")
    check(from_folder.count() == files, f"{from_folder.count()} batches of {files} files")
    for name in ("taken", "receipts"):
        check(len(list((folder / name).iterdir())) == files, f"{name}: not {files}")
    check(not list((folder / ".taking").iterdir()), "something was left under way")
    check(not Delivery.objects.exclude(state="submitted").exists(), "a delivery is not in")
    read = [
        line
        for batch in Batch.objects.filter(submitted_by="channel:table")
        for line in originals().get(batch.file_sha256).decode().splitlines()[1:]
    ]
    check(len(read) == len(set(read)) == rows, f"{len(read)} rows read of {rows}")
    return {"kills": killed, "files": files, "rows": rows, "batches": Batch.objects.count()}


def cut_off(seconds: float, codes: Sequence[str]) -> bool:
    """Run both channels in a process of their own and kill it after so long."""
    from django.db import connections

    connections["default"].close()
    child = os.fork()
    if child == 0:
        try:
            run_both(codes)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def settle() -> None:
    """Let both channels run to their end, once the server has noticed who has gone."""
    time.sleep(1)
    run_both(CHANNELS)


def run_both(codes: Sequence[str]) -> None:
    """Run both channels once, in this order."""
    from chengxin.intake.services.channels.running import run_channel
    from chengxin.intake.tests.channel_cases import BOOK, DECLARER, ON

    for code in codes:
        run_channel(code=code, by=DECLARER, on=ON, book=BOOK, settle_seconds=0)


def check(true: bool, said: str) -> None:  # noqa: FBT001
    """End the proof if it does not hold."""
    if not true:
        sys.exit(f"FAILED: {said}")


if __name__ == "__main__":
    main()
