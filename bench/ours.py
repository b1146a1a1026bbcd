"""Our own check of one file, in a process of its own: prints what `peers.py` prints of a peer.

    .venv/bin/python bench/ours.py full|common|cell FILE

`full` is the whole item of the catalogue, `common` the item with only the rules the peers were
given. Both go through the door a clerk's file goes through (`intake.services.looking.look`): the
format and the columns are found, all cells brought to their one form and written as Parquet,
every error and warning worded in two languages. `cell` times one row and one field of a form.
"""

import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from machine import peak_mb
from penalties import COLUMNS

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item, compiling
from chengxin.engine.services import check
from chengxin.engine.values import Program, Severity
from chengxin.intake.services.looking import look
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values.rulebook import Rulebook

ON = date(2026, 11, 20)
ROUNDS = 400
ROW = (
    "连云港市示例水晶有限公司", "法人及非法人组织", "91320700MA1X0T0X8T", None, None, None, "示例",
    None, None, "连示罚〔2026〕1号", "无证经营", "未取得许可从事经营活动。", "《示例条例》第一条",
    "警告;罚款", "警告并处罚款。", "0.5", None, None, "2026-03-05", "2099-12-31", "连云港市示例局",
    "11320700014380016G", "连云港市示例局", "11320700014380016G", None,
)  # fmt: skip


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


def one_row() -> dict[str, object]:
    """Milliseconds to check a row of a form, and one field of it, in a process that runs."""
    book = current_rulebook()
    program = program_of(book, common=False)
    row = {name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}
    field = {"uscc": ["91320700MA1X0T0X8T"]}
    told: dict[str, object] = {}
    for name, cells in (("row", row), ("field", field)):
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            check(program, cells, on=ON)
            times.append((time.perf_counter() - begun) * 1000)
        times = sorted(times[20:])
        told[name] = {
            "median_ms": statistics.median(times),
            "p95_ms": times[int(len(times) * 0.95)],
            "best_ms": times[0],
        }
    return told


def main() -> None:
    """Measure and print."""
    mode = sys.argv[1]
    told = one_row() if mode == "cell" else whole_file(Path(sys.argv[2]), common=mode == "common")
    told["name"] = f"chengxin, {mode}"
    told["peak_mb"] = peak_mb()
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
