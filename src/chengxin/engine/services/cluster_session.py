"""Find the cluster `CHENGXIN_ENGINE` names, and open a session there that is known to answer."""

import os
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from chengxin.engine.errors import EngineAddressWrong, EngineClientMissing, EngineUnreachable
from chengxin.kernel.ids.leaks import hide_id_numbers

SETTING: Final = "CHENGXIN_ENGINE"
PATIENCE: Final = 5.0  # seconds a cluster has to take a connection
_ADDRESS: Final = re.compile(
    r"sc://(?P<host>\[[0-9A-Fa-f:]+\]|[^\s/:;]+):(?P<port>[0-9]{1,5})(?:/.*)?"
)
_PORTS: Final = range(1, 65536)


def address() -> str | None:
    """The address of the cluster; None when this process does the work."""
    return os.environ.get(SETTING, "").strip() or None


@contextmanager
def session_at(there: str) -> Iterator[Any]:
    """A Spark session of its own at `sc://host:port`, proven to answer; ended afterwards.

    Raises: `EngineAddressWrong`, `EngineClientMissing`, `EngineUnreachable`.
    """
    parts = _ADDRESS.fullmatch(there)
    if parts is None or int(parts["port"]) not in _PORTS:
        raise EngineAddressWrong(address=public(there))
    try:
        with _main_with_a_file():
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
            from pyspark.sql.connect.client.retries import DefaultPolicy
    except ImportError as missing:
        raise EngineClientMissing(address=public(there)) from missing
    try:
        host = parts["host"].strip("[]")
        socket.create_connection((host, int(parts["port"])), timeout=PATIENCE).close()
    except OSError as silent:
        raise EngineUnreachable(address=public(there), reason=str(silent)) from silent
    try:
        session = SparkSession.builder.remote(there).create()
        patient = session.client.get_retry_policies()
        # Whoever listens may speak something else: the first question is not asked for minutes.
        session.client.set_retry_policies([DefaultPolicy(max_retries=1)])
        _ = session.version
        session.client.set_retry_policies(patient)
    except PySparkException as strange:
        reason = first_line(strange)
        raise EngineUnreachable(address=public(there), reason=reason) from strange
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def _main_with_a_file() -> Iterator[None]:
    """The client takes a program that came from no file for its own doctests, and ends it."""
    main = sys.modules["__main__"]
    nameless = not hasattr(main, "__file__")
    if nameless:
        main.__file__ = sys.executable
    try:
        yield
    finally:
        if nameless:
            del main.__file__


def public(there: str) -> str:
    """The address without what may stand behind it: a token is nobody's business."""
    return there.partition(";")[0].partition("/;")[0]


def first_line(error: Exception) -> str:
    """The sentence of an error that says most, short; no person's number may stand in it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = next((line for line in lines if "details" in line), lines[-1] if lines else "")
    return hide_id_numbers(said)[:200] or type(error).__name__
