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
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from penalties import COLUMNS, write_penalties

from chengxin.catalogue.queries import item
from chengxin.catalogue.services import compile_item
from chengxin.engine.services import cluster_worker, digest, examine_file
from chengxin.engine.values import Severity
from chengxin.policy.queries import current_rulebook

ROWS = int(os.environ.get("CHENGXIN_PROOF_ROWS", "50000"))
SPARK_HOME = Path(os.environ.get("SPARK_HOME", Path(sys.prefix) / "spark" / "pyspark"))
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
PARTITIONS = 4
PATIENCE = 120  # seconds
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
        with spark(folder) as (address, version):
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


@contextmanager
def spark(folder: Path) -> Iterator[tuple[str, str]]:
    """A Spark Connect server of its own, on two cores; its address and its version."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(SPARK_HOME / "bin" / "spark-submit"), "--class", SERVER, "--master", "local[2]",
        "--conf", f"spark.connect.grpc.binding.port={port}",
        "--conf", "spark.connect.grpc.binding.address=127.0.0.1",
        "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false",
        "--conf", "spark.driver.host=127.0.0.1", "spark-internal",
    ]  # fmt: skip
    if os.environ.get("SPARK") == "sail":
        sail = str(Path(sys.executable).with_name("sail"))
        command = [sail, "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    environment = {
        **os.environ,
        "SPARK_HOME": str(SPARK_HOME),
        "SPARK_LOCAL_DIRS": str(folder / "spark"),
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, env=environment, start_new_session=True
        )
        try:
            await_answer(server, port, folder / "server.log")
            address = f"sc://127.0.0.1:{port}"
            yield address, version_at(address)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(PATIENCE)


def await_answer(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until somebody listens; end the proof with the server's words if it gave up."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(log.read_text(errors="replace")[-3000:]) from None
            time.sleep(0.2)
        else:
            return


def version_at(address: str) -> str:
    """What the server says it is."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(address).create()
    name = "Sail, as Spark" if os.environ.get("SPARK") == "sail" else "Spark"
    try:
        return f"{name} {session.version}"
    finally:
        session.stop()


if __name__ == "__main__":
    main()
