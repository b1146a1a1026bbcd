"""A DuckDB for one piece of work, and the files of a directory made in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from chengxin.subjects.rules import directories
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.values import Directory

MEMORY_SETTING: Final = "CHENGXIN_ENGINE_MEMORY"
MEMORY_DEFAULT: Final = "1GB"


@contextmanager
def opened(folder: Path) -> Iterator[Any]:
    """A DuckDB of its own, bounded in memory, that spills into `folder`."""
    memory = os.environ.get(MEMORY_SETTING, MEMORY_DEFAULT)
    connection = duckdb.connect(
        config={"threads": 2, "memory_limit": memory, "temp_directory": str(folder / "spill")}
    )
    try:
        yield connection
    finally:
        connection.close()


def write(connection: Any, folder: Path, *, after: int = 0, piece: str = "") -> Directory:
    """The files of a directory in `folder`, out of the tables that `rules.directories` names.

    A further `piece` has subjects that are counted from the number behind `after` on.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS merged (id UUID, main UUID)")
    connection.execute(f"CREATE TABLE numbered AS {directories.numbered(after)}")
    for name, select in directories.tables().items():
        connection.execute(f"CREATE TABLE {name} AS {select}")
    for name, select in directories.files().items():
        file = folder / f"{name}{piece}.parquet"
        connection.execute(f"COPY ({select}) TO {quoted(file)} (FORMAT parquet)")
    return Directory(folder)
