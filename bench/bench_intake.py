"""From a file on disk to facts in the register, beside a bare COPY of the same rows.

    .venv/bin/python bench/bench_intake.py [--rows 200000] [--organisations 600000]

The real verbs on a PostgreSQL of its own with its ordinary settings: the clerk submits the file
(kept, read, mapped, checked, set aside), a second officer releases it (matched against all
organisations, records and events appended under their indexes, notices, audit). Each act runs in
a process of its own, first with a tenth of the rows, then with all. The peer is COPY of the very
rows that were written, from text on disk into empty tables with the same columns and indexes,
over one and over two connections; the better one counts. It has no foreign keys and no triggers.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from intake_steps import STEPS
from organisations import write_organisations
from penalties import write_penalties

HERE = Path(__file__).parent
FACTS = ("register_record", "register_recordevent")
NOTICES = ("notices_notice",)
UNITS = ("lyg-scjg", "lyg-sthjj")

Told = dict[str, Any]


def main() -> None:
    """Make the city, run the acts, print tables, leave nothing behind."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rows", type=int, default=200_000)
    ask.add_argument("--organisations", type=int, default=600_000)
    asked = ask.parse_args()
    home = Path(tempfile.mkdtemp(prefix="chengxin-bench-"))
    os.environ["CHENGXIN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    from chengxin.site.embedded import Hold

    held = Hold(home)
    try:
        measure(home, asked.rows, asked.organisations)
    finally:
        held.release()
        shutil.rmtree(held.place.base, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def measure(home: Path, rows: int, organisations: int) -> None:
    """Everything between starting the server and stopping it."""
    listed = home / "organisations.csv"
    write_organisations(listed, organisations)
    made = act("prepare", str(listed))
    print(f"{organisations:,} organisations imported in {made['seconds']:.1f} s")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    first = 0
    whole = 0.0
    written = 0
    for size in (max(rows // 10, 1), rows):
        folder = home / f"penalties-{size}"
        folder.mkdir()
        file = write_penalties(folder, size, first)
        first += size
        submitted = act("submit", str(file), UNITS[0])
        released = act("release", submitted["number"])
        whole = submitted["seconds"] + released["seconds"]
        written = released["states"].get("recorded", 0)
        report(size, file, submitted, released)
        shutil.rmtree(folder)
    compare(rows, whole, written)


def act(*arguments: str) -> Told:
    """What one act told, run in a process of its own."""
    command = [sys.executable, str(HERE / "intake_steps.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr[-3000:]}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def report(size: int, file: Path, submitted: Told, released: Told) -> None:
    """The steps of one file."""
    whole = submitted["seconds"] + released["seconds"]
    megabytes = file.stat().st_size / 1e6
    print(
        f"\n{size:,} rows, {megabytes:.0f} MB; {size / whole:,.0f} rows/s, whole way {whole:.1f} s"
    )
    print(f"  {'seconds':42} {'wall':>8} {'cpu here':>9} {'cpu of its database':>20}")
    for name, told in (("submit", submitted), ("release", released)):
        spent = (told["seconds"], told["cpu"], told["server_cpu"])
        print(f"  {name:42} {spent[0]:8.2f} {spent[1]:9.2f} {spent[2]:20.2f}")
        for _, _, step in STEPS:
            if step in told["steps"]:
                wall, cpu, server = told["steps"][step]
                print(f"    {step:40} {wall:8.2f} {cpu:9.2f} {server:20.2f}")
        print(f"    peak {told['peak_mb']:.0f} MB, its database {told['server_mb']:.0f} MB")
    print(f"  rows by state: {released['states']}")


def compare(rows: int, whole: float, written: int) -> None:
    """COPY of what the tables hold now, scaled to the rows of the large file."""
    print(f"\n{'bare COPY':34} {'connections':>11} {'rows/s':>9} {'whole way is':>13}")
    ours = rows / whole
    for name, tables in (
        ("records", FACTS[:1]),
        ("records and events", FACTS),
        ("records, events and notices", (*FACTS, *NOTICES)),
    ):
        best = 0.0
        for connections in (1, 2):
            told = act("copy", ",".join(tables), str(connections))
            speed = told["rows"] / told["seconds"]
            best = max(best, speed)
            print(f"{name:34} {connections:11} {speed:9,.0f} {ours / speed:13.2f}")
        print(f"{name + ', the better one':34} {'':11} {best:9,.0f} {ours / best:13.2f}")
    print(f"\nwhole way: {ours:,.0f} rows/s of the file ({written:,} of {rows:,} became records)")


if __name__ == "__main__":
    main()
