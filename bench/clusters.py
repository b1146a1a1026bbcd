"""A cluster of one machine, for a proof or a bench: Spark itself, or Sail."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPARK_HOME = Path(os.environ.get("SPARK_HOME", Path(sys.prefix) / "spark" / "pyspark"))
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
PATIENCE = 120  # seconds


@contextmanager
def spark(folder: Path, *, sail: bool) -> Iterator[tuple[str, str]]:
    """A Spark Connect server of its own, on two cores, or Sail; its address and its version."""
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
    if sail:
        program = str(Path(sys.executable).with_name("sail"))
        command = [program, "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
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
            yield address, f"{'Sail, as Spark' if sail else 'Spark'} {version_at(address)}"
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
    try:
        return str(session.version)
    finally:
        session.stop()
