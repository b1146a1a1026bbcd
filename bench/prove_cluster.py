"""The same file here and on Spark itself: the same faults, word for word, and the same texts.

`make prove` installs Spark into .venv/spark; it needs a Java (Debian: apt install
default-jre-headless). CHENGXIN_PROOF_ROWS rows (default 50,000) of penalties are checked in this
process and by a Spark Connect server in local mode, in four partitions; digests are printed, and
anything that differs ends the proof. With SPARK=sail the server is Sail, for comparison.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from clusters import spark
from penalties import COLUMNS, write_penalties

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.services import cluster_worker, digest, examine_file
from chengxin.engine.values import Severity
from chengxin.policy.queries import current_rulebook

ROWS = int(os.environ.get("CHENGXIN_PROOF_ROWS", "50000"))
PARTITIONS = 4
ON = date(2026, 11, 20)


def main() -> None:
    """Prove it and print what was proven."""
    if os.environ.get("SPARK") != "sail" and shutil.which("java") is None:
        print("没有 Java，未做集群证明。 No Java here: the proof on Spark was not made.")
        return
    cluster_worker.BLOCK = max(ROWS // PARTITIONS, 1)
    with tempfile.TemporaryDirectory(prefix="chengxin-prove-") as name:
        folder = Path(name)
        source = staged(folder)
        here = examined("", source, folder / "here")
        begun = time.perf_counter()
        with spark(folder, sail=os.environ.get("SPARK") == "sail") as (address, version):
            started = time.perf_counter() - begun
            there = [examined(address, source, folder / f"there{n}") for n in range(2)]
    proven = {key: here[key] for key in ("rows", "faults", "faults_sha256", "texts_sha256")}
    for one in there:
        if any(one[key] != proven[key] for key in proven):
            raise SystemExit(f"not the same: {here} {one}")
    times = {
        "here_s": here["seconds"],
        "first_s": there[0]["seconds"],
        "again_s": there[1]["seconds"],
    }
    print(json.dumps({"server": version, "start_s": round(started, 1), **proven, **times}))


def staged(folder: Path) -> Path:
    """A file as intake stages it."""
    file, rows = write_penalties(folder, ROWS), folder / "rows.parquet"
    named = ", ".join(f'"{label}" AS c{at}' for at, label in enumerate(COLUMNS.values()))
    plain, numbered = folder / "plain.parquet", "(file_row_number + 2)::INTEGER AS line"
    duckdb.sql(f"COPY (SELECT {named} FROM read_csv('{file}', all_varchar=true)) TO '{plain}'")
    duckdb.sql(
        f"COPY (SELECT {numbered}, * EXCLUDE file_row_number "
        f"FROM read_parquet('{plain}', file_row_number=true)) TO '{rows}'"
    )
    return rows


def examined(address: str, source: Path, folder: Path) -> dict[str, Any]:
    """Check the file at an engine, and boil down what was found."""
    folder.mkdir()
    os.environ["CHENGXIN_ENGINE"] = address
    book = current_rulebook()
    program = compile_item(item(book, "penalty"), book)
    columns = {name: f"c{at}" for at, name in enumerate(COLUMNS)}
    begun = time.perf_counter()
    seen = examine_file(program, source, columns=columns, on=ON, folder=folder)
    checked = seen.checked
    seconds = time.perf_counter() - begun
    faults = list(seen.faults(severities=tuple(Severity)))
    words = hashlib.sha256(repr(faults).encode()).hexdigest()
    texts = hashlib.sha256()
    for batch in pq.ParquetFile(checked).iter_batches():
        texts.update(json.dumps(batch.to_pydict(), ensure_ascii=False).encode())
    return {
        "rows": seen.rows,
        "faults": len(faults),
        "faults_sha256": f"{digest(faults)} worded {words}",
        "texts_sha256": texts.hexdigest(),
        "seconds": round(seconds, 1),
    }


if __name__ == "__main__":
    main()
