"""Checking a file of penalties beside merely reading it, and beside five validation libraries.

    .venv/bin/python bench/bench_check.py [--rows 1000000] [--rounds 3] [--quick]

One file (25 columns, 3 rows of 100 at fault), each contender in a process of its own, in turn;
medians. Ratios are to DuckDB merely reading the file, of the wall clock and of the processor:
on a machine that others use too, the second is the truer one. Then memory and time from 10,000
rows up, and one row and one field of a form. pydantic and frictionless go row by row and get a
tenth of the rows, 100,000 at most.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from common_rules import OURS, common_rules
from penalties import FAULTS, write_penalties

HERE = Path(__file__).parent
QUICK = ("duckdb reads", "polars reads", "polars by hand", "pandera", "pointblank", "dataframely")
SLOW = ("pydantic", "frictionless")
SLOW_ROWS = 100_000
SMALL = (10_000, 100_000)
LIMIT = "duckdb reads"

Told = dict[str, Any]


def main() -> None:
    """Make the files, run everybody, print tables."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--rows", type=int, default=1_000_000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--quick", action="store_true", help="ourselves and the limit alone")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as folder:
        file = made(Path(folder), asked.rows)
        print(f"{asked.rows:,} rows, {file.stat().st_size / 1e6:.0f} MB, {len(FAULTS)} faults")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
        quick = ("duckdb reads", "polars reads") if asked.quick else QUICK
        best = measured(file, quick, asked.rounds)
        table(best, best[LIMIT])
        if not asked.quick:
            small = made(Path(folder), min(SLOW_ROWS, asked.rows // 10))
            slow = measured(small, (LIMIT, *SLOW), 1, ours=("full",))
            print(f"\n{slow[LIMIT]['rows']:,} rows, row by row")
            table(slow, slow[LIMIT])
            agreement(best)
        growth(Path(folder), best, asked.rows)
        cell(made(Path(folder), SMALL[0]))


def made(folder: Path, rows: int) -> Path:
    """The file of `rows` penalties; made once."""
    home = folder / str(rows)
    if not home.exists():
        home.mkdir()
        write_penalties(home, rows)
    return home / "penalties.csv"


def measured(
    file: Path, peers: Iterable[str], rounds: int, *, ours: Iterable[str] = ("full", "common")
) -> dict[str, Told]:
    """Name → medians of what each contender told; the rounds go around, so all see the same."""
    runs = [(name, ["peers.py", name, str(file)]) for name in peers]
    runs += [(f"chengxin, {mode}", ["ours.py", mode, str(file)]) for mode in ours]
    told: dict[str, list[Told]] = {name: [] for name, _ in runs}
    for _ in range(rounds):
        for name, arguments in runs:
            told[name].append(asked_of(arguments))
    return {name: middle(each) for name, each in told.items()}


def asked_of(arguments: list[str]) -> Told:
    """What a script prints as its last line, run in a process of its own."""
    script, *rest = arguments
    done = subprocess.run(
        [sys.executable, str(HERE / script), *rest], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr[-2000:]}")
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def middle(told: list[Told]) -> Told:
    """The first answer, its numbers the medians of all."""
    numbers = {key: median(one[key] for one in told) for key in ("seconds", "cpu", "peak_mb")}
    return {**told[0], **numbers, "best": min(one["seconds"] for one in told)}


def table(told: Mapping[str, Told], limit: Told) -> None:
    """One line per contender."""
    print(
        f"{'':24} {'version':20} {'rows/s':>9} {'best':>9} {'wall s':>7} {'cpu s':>7} "
        f"{'of reading':>10} {'by cpu':>7} {'bad rows':>9} {'peak MB':>8}"
    )
    for name, one in told.items():
        print(
            f"{name:24} {one['version']:20} {one['rows'] / one['seconds']:9,.0f} "
            f"{one['rows'] / one['best']:9,.0f} {one['seconds']:7.2f} {one['cpu']:7.2f} "
            f"{limit['seconds'] / one['seconds']:10.2f} {limit['cpu'] / one['cpu']:7.2f} "
            f"{one['bad']:9,} {one['peak_mb']:8.0f}"
        )


def agreement(told: Mapping[str, Told]) -> None:
    """Whether everybody found the same, rule by rule."""
    rules = common_rules()
    reference = told["polars by hand"]["faults"]
    for name in ("pandera", "pointblank", "dataframely"):
        differ = [
            rule for rule in rules if told[name]["faults"].get(rule, 0) != reference.get(rule, 0)
        ]
        print(f"\n{name}: {len(rules) - len(differ)} of {len(rules)} rules found alike", *differ)
    for mode in ("full", "common"):
        found, damaged = told[f"chengxin, {mode}"]["faults"], told[f"chengxin, {mode}"]["damaged"]
        differ = []
        of_damage = 0
        for rule, (field, codes) in OURS.items():
            ours = sum(found.get(f"{field}|{code}", 0) for code in codes)
            if rule.endswith("not damaged"):
                of_damage += reference.get(rule, 0)
            elif ours != reference.get(rule, 0):
                differ.append(f"{rule}: {ours} / {reference.get(rule, 0)}")
        alike = "alike" if damaged == of_damage else f"{damaged} / {of_damage}"
        print(
            f"\nchengxin, {mode}: {told[f'chengxin, {mode}']['rules']} rules; of the common "
            f"{len(rules)}, {len(rules) - len(differ)} found alike", *differ,
            f"damaged rows {alike}", sep="\n  ",
        )  # fmt: skip


def growth(folder: Path, best: Mapping[str, Told], rows: int) -> None:
    """Time and memory of our check from 10,000 rows up."""
    print(f"\n{'rows':>10} {'rows/s':>9} {'cpu µs/row':>11} {'peak MB':>8}")
    several = [asked_of(["ours.py", "full", str(made(folder, n))]) for n in SMALL if n < rows]
    for one in (*several, best["chengxin, full"]):
        print(
            f"{one['rows']:10,} {one['rows'] / one['seconds']:9,.0f} "
            f"{one['cpu'] / one['rows'] * 1e6:11.1f} {one['peak_mb']:8.0f}"
        )


def cell(file: Path) -> None:
    """One row and one field of a form."""
    told = asked_of(["ours.py", "cell", str(file)])
    print()
    for name in ("row", "row at fault", "field"):
        one = told[name]
        print(
            f"one {name:12} of a form: median {one['median_ms']:.2f} ms, "
            f"p95 {one['p95_ms']:.2f} ms, best {one['best_ms']:.2f} ms, "
            f"of the processor {one['cpu_ms']:.2f} ms"
        )


if __name__ == "__main__":
    main()
