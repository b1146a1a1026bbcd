"""How fast reports are set, signed and checked, in CPU time: wall time lies under load.

    python bench/bench_reports.py [--reports 200]

Two processes at once, a report each, as the batch command and the site's workers do. The
register is not asked here: what is measured is twin, page and signature. The command is started
in an empty environment, without home or database.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
django.setup()

from cryptography.hazmat.primitives.serialization import Encoding  # noqa: E402

from chengxin.reports.rules import status  # noqa: E402
from chengxin.reports.rules.verification import examine  # noqa: E402
from chengxin.reports.services.issuing import signed_file  # noqa: E402
from chengxin.reports.tests.conftest import keys_in  # noqa: E402
from chengxin.reports.tests.samples import a_content, page_of  # noqa: E402

CORES = 2
SIZES = ((3, 2), (25, 25), (100, 100))  # permits, penalties


def main() -> None:
    """Print the measurements, one a line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=200)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        keys = keys_in(folder / "keys")
        for permits, penalties in SIZES:
            content = a_content(permits=permits, penalties=penalties)
            whole = _each(lambda content=content: signed_file(content, keys=keys), 8)
            page = _each(lambda content=content: page_of(content), 8)
            report = signed_file(content, keys=keys)
            check = _each(lambda r=report: examine(r, authority=keys.authority), 20)
            print(
                f"{permits + penalties:>4} facts, {len(report) // 1000:>5} KB: page {page}, "
                f"page and signature {whole}, check {check}"
            )
        # Spawned: a fork would copy the typesetter's threads in mid-work, and wait for ever.
        with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
            started = time.perf_counter()
            spent = list(pool.map(_one, [str(folder)] * given.reports, chunksize=10))
            wall = time.perf_counter() - started
        ordered = sorted(spent)
        print(
            f"{given.reports} reports of 5 facts by {CORES} processes: "
            f"p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms CPU each, "
            f"{CORES * 60 / statistics.mean(spent):.0f} a minute by CPU, "
            f"{given.reports / wall * 60:.0f} by the clock"
        )
        (folder / "report.pdf").write_bytes(signed_file(a_content(), keys=keys))
        (folder / "ca.pem").write_bytes(keys.authority.public_bytes(Encoding.PEM))
        print(
            f"chengxin verify, from start to end: {_command(folder) * 1000:.0f} ms CPU, best of 5"
        )
        marked = range(0, status.PLACES, 200)
        listed = _each(
            lambda: status.write(
                uri="u",
                withdrawn=marked,
                at=datetime.now(UTC),  # noqa: TID251 – any moment will do
                key=keys.attester.curve,
                certificate=keys.attester.certificate,
            ),
            3,
        )
        print(f"status list of {status.PLACES} places, {len(marked)} withdrawn: {listed} to sign")


def _each(work: object, times: int) -> str:
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()  # type: ignore[operator]
        spent.append(time.process_time() - started)
    return f"{min(spent) * 1000:.1f} ms"


def _one(folder: str) -> float:
    keys = keys_in(Path(folder) / "keys") if folder not in _KEPT else _KEPT[folder]
    _KEPT[folder] = keys
    started = time.process_time()
    signed_file(a_content(), keys=keys)
    return time.process_time() - started


_KEPT: dict[str, object] = {}


def _command(folder: Path) -> float:
    best = float("inf")
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "chengxin.site.cli", "verify", "report.pdf", "--ca", "ca.pem"],
            cwd=folder,
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", ""), "HOME": "/nonexistent"},
            check=True,
            capture_output=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, spent)
    return best


if __name__ == "__main__":
    main()
