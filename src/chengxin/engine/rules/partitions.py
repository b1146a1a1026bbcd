"""What a worker of a cluster runs on its part of a batch, and what the cluster itself is asked.

A worker runs the same statements as this process does, in DuckDB, block by block; the cluster's
own SQL is only the question no worker can answer alone: which rows repeat each other.
"""
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.engine.rules import statements
from chengxin.engine.values import RAW, TODAY, Program

LINE: Final = "line"
"""The column that orders the rows of a staged file; `intake` numbers its lines with it."""
BLOCK: Final = 40_000
"""Rows a worker checks at once: enough to be quick, some tens of megabytes."""
BIGINT, TEXT, BOOLEAN = "BIGINT", "STRING", "BOOLEAN"


@dataclass(frozen=True)
class Work:
    """The statements of a worker, in order; texts only, so that any worker can be sent them.

    `prepare` once per worker; then per block, handed in as the table `incoming`: `put`,
    `stage`, and `answer`, which has a row for each row of the block, in order; `clear` after it.
    `received` names the columns of `incoming` after its row and day, `answered` the columns of
    the answer with their types in Spark's words.
    """

    prepare: tuple[str, ...]
    put: str
    stage: str
    answer: str
    clear: tuple[str, ...]
    received: tuple[tuple[str, str], ...]
    answered: tuple[tuple[str, str], ...]
    row: str
    today: str
    on: date
    block: int


def work_of(program: Program, columns: Sequence[tuple[str, str]], on: date) -> Work:
    """The work of a program on files that carry `columns`, pairs of field and column there."""
    batch = statements.staged(program, "received")
    there = dict(columns)
    sums = [f"__m{number}" for number in range(len(statements.masks(program)))]
    shown = [f"{name}__personal" for name in program.personal_if]
    told = [*statements.id_kinds(program), *statements.mended(program)]
    fields = [name for name, _ in columns]
    picked = [f"b.{statements.quoted(name)}" for name in fields]
    picked += [
        f"coalesce(f.{statements.quoted(name)}, 0) AS {statements.quoted(name)}" for name in sums
    ]
    picked += [f"f.{statements.quoted(name)}" for name in (*shown, *told)]
    found = statements.faulty(program, "batch")
    row = statements.ROW
    answer = (
        f"SELECT {', '.join(picked)} FROM batch b "
        f"LEFT JOIN ({found}) f ON f.{row} = b.{row} ORDER BY b.{row}"
    )
    return Work(
        prepare=(
            "PRAGMA disable_optimizer",
            statements.create_received(program),
            f"CREATE TABLE batch AS {batch} LIMIT 0",
            f"PREPARE stage AS INSERT INTO batch {batch}",
            f"PREPARE answer AS {answer}",
        ),
        put="INSERT INTO received BY NAME SELECT * FROM incoming",
        stage="EXECUTE stage",
        answer="EXECUTE answer",
        clear=("TRUNCATE received", "TRUNCATE batch"),
        received=tuple((name + RAW, there[name]) for name in fields),
        answered=(
            *((name, TEXT) for name in fields),
            *((name, BIGINT) for name in sums),
            *((name, BOOLEAN) for name in shown),
            *((name, TEXT) for name in told),
        ),
        row=row.strip('"'),
        today=TODAY.strip('"'),
        on=on,
        block=BLOCK,
    )


def repeats(natural_key: Sequence[str], view: str) -> str:
    """Spark SQL: lines that report an act an earlier line has reported: (line, first line)."""
    keys = ", ".join(ticked(name) for name in natural_key)
    filled = " AND ".join(f"{ticked(name)} IS NOT NULL" for name in natural_key)
    first = f"min({LINE}) OVER (PARTITION BY {keys})"
    inner = f"SELECT {LINE}, {first} AS first_line FROM {view} WHERE {filled}"
    return f"SELECT {LINE}, first_line FROM ({inner}) WHERE {LINE} > first_line"


def ticked(name: str) -> str:
    """A column name as Spark quotes it."""
    return "`" + name.replace("`", "``") + "`"
