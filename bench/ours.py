"""Our own check of one file, in a process of its own: prints what `peers.py` prints of a peer.

    .venv/bin/python bench/ours.py full|common|cell FILE

`full` is the whole item of the catalogue, `common` the item with only the rules the peers were
given. Both go through the door a clerk's file goes through (`intake.services.looking.look`): the
format and the columns are found, the rows put on disk as received, every cell judged, every error
and warning worded in two languages. The rows in their one form are written when a batch is
submitted and are not timed here (`bench_intake.py` times them). `cell` times one row and one field
of a form.
"""

import csv
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq
from machine import peak_mb
from penalties import COLUMNS

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item, compiling
from chengxin.engine.services import check, check_field
from chengxin.engine.values import Program, Severity
from chengxin.intake.services.looking import look
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values.rulebook import Rulebook

ON = date(2026, 11, 20)
ROUNDS = 500
WARM = 20


def program_of(book: Rulebook, *, common: bool) -> Program:
    """The penalties' program; `common`: without the rules no peer was given."""
    program = compile_item(item(book, "penalty"), book)
    if not common:
        return program
    from common_rules import OURS, common_rules

    common_rules()
    wanted = {(field, code) for field, codes in OURS.values() for code in codes}
    rules = tuple(rule for rule in program.rules if (rule.field, rule.code) in wanted)
    reduced = replace(program, rules=rules, digest="the common rules only")
    compiling._compiled[book.edition, "penalty"] = reduced  # noqa: SLF001  an item nobody declared
    return reduced


def whole_file(file: Path, *, common: bool) -> dict[str, object]:
    """Look at the file and word all that is wrong with it."""
    book = current_rulebook()
    program = program_of(book, common=common)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        wall, cpu = time.perf_counter(), time.process_time()
        seen = look(file, file.name, folder=Path(folder), book=book, on=ON, item_code="penalty")
        looked = time.perf_counter() - wall
        faults: Counter[str] = Counter()
        bad = set()
        for fault in seen.examined.faults() if seen.examined else ():
            faults[f"{fault.field}|{fault.code}"] += 1
            bad.add(fault.row)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        # Rows damaged at the source are set aside with their reason before any rule runs.
        rows, damaged = seen.staged.total, sum(seen.staged.damage.values())
        notes = sum(
            group.count
            for group in (seen.examined.groups if seen.examined else ())
            if group.severity is Severity.NOTE
        )
    return {
        "version": f"chengxin {version('chengxin')}",
        "rules": len(program.rules),
        "rows": rows,
        "seconds": wall,
        "looked": looked,
        "cpu": cpu,
        "bad": len(bad) + damaged,
        "damaged": damaged,
        "faults": faults,
        "notes": notes,
    }


def one_row(file: Path) -> dict[str, object]:
    """Milliseconds to check a row of a form, and one field of it, in a process that runs.

    Every row is another act; a tenth of them is at fault, and these are told apart too.
    """
    book = current_rulebook()
    program = program_of(book, common=False)
    with file.open(encoding="utf-8", newline="") as lines:
        texts = [tuple(text or None for text in row) for row in csv.reader(lines)][1:]
    planted = pq.read_table(file.with_name("planted.parquet"))["i"].to_pylist()
    bad = set(planted[: ROUNDS // 10])
    good = set(range(len(texts))) - set(planted)
    numbers = sorted((*bad, *islice(sorted(good), ROUNDS - len(bad))), key=lambda i: i * 7919 % 997)
    cells = [dict(zip(COLUMNS, texts[i], strict=True)) for i in numbers]
    fields = tuple(COLUMNS)
    whole = timed(
        lambda at: check(program, {name: [text] for name, text in cells[at].items()}, on=ON)
    )
    of_field = timed(lambda at: check_field(program, fields[at % len(fields)], cells[-at], on=ON))
    at_fault = [times for times, i in zip(whole, numbers[WARM:], strict=True) if i in bad]
    return {
        "row": middle(whole), "row at fault": middle(at_fault), "field": middle(of_field),
    }  # fmt: skip


def timed(ask: Callable[[int], object]) -> list[tuple[float, float]]:
    """Milliseconds of the wall clock and of the processor, per call after the first few."""
    times = []
    for at in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        ask(at)
        times.append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
    return times[WARM:]


def middle(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    """What is told of some measurements."""
    wall, cpu = (sorted(each) for each in zip(*times, strict=True))
    return {
        "median_ms": statistics.median(wall),
        "p95_ms": wall[int(len(wall) * 0.95)],
        "best_ms": wall[0],
        "cpu_ms": statistics.median(cpu),
    }


def main() -> None:
    """Measure and print."""
    mode = sys.argv[1]
    told = (
        one_row(Path(sys.argv[2]))
        if mode == "cell"
        else whole_file(Path(sys.argv[2]), common=mode == "common")
    )
    told["name"] = f"chengxin, {mode}"
    told["peak_mb"] = peak_mb()
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
