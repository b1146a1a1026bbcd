"""From a department's file to its findings: 10,000 rows, beside merely reading the same file.

No database. The limit is DuckDB reading the same CSV into a table of text. Medians of five, in
seconds of the wall clock and of the processor; the target is 5 s for 10,000 rows.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
from samples import write_penalties

from chengxin.intake.services import preview
from chengxin.policy.queries import current_rulebook

ROWS = 10_000
ROUNDS = 5


def main() -> None:
    """Measure and print one table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "penalties.csv"
        write_penalties(file, ROWS)
        data, book = file.read_bytes(), current_rulebook()

        def look() -> None:
            preview(data=data, filename=file.name, book=book, on=date(2026, 11, 20))

        def read() -> None:
            duckdb.sql(f"SELECT count(*) FROM read_csv('{file}', all_varchar = true)").fetchall()

        look()  # plans are made once per process
        limit, found = medians(read), medians(look)
    print(f"{'':34} {'wall s':>8} {'cpu s':>8} {'rows/s':>10} {'ratio':>7}")
    for name, (wall, cpu) in {"reading the file (the limit)": limit, "preview": found}.items():
        print(f"{name:34} {wall:8.3f} {cpu:8.3f} {ROWS / wall:10.0f} {wall / limit[0]:7.1f}")


def medians(action: Callable[[], None]) -> tuple[float, float]:
    """Median wall and processor seconds of an action."""
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    main()
