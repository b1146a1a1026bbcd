"""A batch on disk through the sieve and the closer look, in one connection of its own."""
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from chengxin.engine.rules import closer
from chengxin.engine.rules.parts import Part, judged, local_masks, names_in, parts_of
from chengxin.engine.rules.sieving import Known, Sieve, nested
from chengxin.engine.rules.statements import quoted
from chengxin.engine.values import RAW, Program, Rule

SAMPLE = 20_000  # rows looked at for texts that come again and again
MOST = 2_000  # different texts kept as known
_blank: dict[str, dict[str, tuple[int, ...]]] = {}  # per digest of a program
OFTEN = 4  # times a text of the sample comes on average, to be worth knowing


def blank_faults(connection: Any, program: Program) -> dict[str, tuple[int, ...]]:
    """Field → rules that find a fault in a blank cell."""
    asked = [
        (name, index, _of_blank(part, rule))
        for name, part in parts_of(program).each.items()
        for index, rule in part.rules.items()
        if rule.of_blank
    ]
    if not asked:
        return {}
    select = ", ".join(f"coalesce({sql}, false)" for _, _, sql in asked)
    (answers,) = connection.execute(f"SELECT {select}").fetchall()
    found: dict[str, tuple[int, ...]] = {}
    for (name, index, _), bad in zip(asked, answers, strict=True):
        if bad:
            found[name] = (*found.get(name, ()), index)
    return found


def _of_blank(part: Part, rule: Rule) -> str:
    """A rule asked of a blank cell; one that asks for more than the field runs its stages."""
    raw = f"(SELECT CAST(NULL AS VARCHAR) AS {_raw(part.field)})"
    if names_in(rule.sql) <= {part.field}:
        raw = f"(SELECT {_raw(part.field)} AS {quoted(part.field)} FROM {raw})"
        return f"(SELECT {rule.sql} FROM {raw})"
    return f"(SELECT {rule.sql} FROM ({nested(f'SELECT * FROM {raw}', part.stages)}))"


def known_texts(
    connection: Any, program: Program, sample: str, fields: Sequence[str]
) -> dict[str, Known]:
    """What comes again and again in a sample of the batch, judged once and found in order."""
    parts = parts_of(program).each
    free = [name for name in fields if not parts[name].contexts]
    counts = ", ".join(f"count({_raw(n)}), approx_count_distinct({_raw(n)})" for n in free)
    ((*counted,),) = connection.execute(f"SELECT {counts} FROM {sample}").fetchall()
    found = {}
    for at, name in enumerate(free):
        filled, different = counted[2 * at : 2 * at + 2]
        if different and filled >= different * OFTEN:
            found[name] = _known(connection, parts[name], sample)
    return found


def _known(connection: Any, part: Part, sample: str) -> Known:
    raw, table = _raw(part.field), quoted(f"known_{part.field}")
    texts = (
        f"(SELECT {raw} FROM {sample} WHERE {raw} IS NOT NULL "
        f"GROUP BY {raw} HAVING count(*) > 1 LIMIT {MOST})"
    )
    clean = " AND ".join(
        (f"{quoted(part.field)} IS NOT NULL", *(f"{m} = 0" for m in local_masks(part)))
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT *, true AS hit FROM ({judged(part, texts)}) "
        f"WHERE {clean}"
    )
    ((same,),) = connection.execute(
        f"SELECT coalesce(bool_and({quoted(part.field)} = {raw}), true) FROM {table}"
    ).fetchall()
    return Known(table, frozenset((*part.helpers, *(() if same else (part.field,)))))


def _raw(name: str) -> str:
    return quoted(name + RAW)


def connect(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """A connection for one batch; beyond its memory it works in `folder`."""
    connection = duckdb.connect(
        config={"threads": 2, "memory_limit": memory, "temp_directory": str(folder / "spill")}
    )
    connection.execute("SET preserve_insertion_order = false")
    # Joins stand in the right order already, the large side first: that keeps rows in order.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    return connection


def prepared(connection: Any, bare: Sieve, source: str, fields: Sequence[str]) -> Sieve:
    """The sieve of a batch: with what is known of its texts and of its blanks."""
    program = bare.program
    quick = connection.cursor()
    quick.execute("PRAGMA disable_optimizer")  # longer to plan than to run
    if program.digest not in _blank:
        _blank[program.digest] = blank_faults(quick, program)
    quick.execute(f"CREATE TABLE sample AS SELECT * FROM {source} LIMIT {SAMPLE}")
    known = known_texts(quick, program, "sample", fields)
    quick.execute("DROP TABLE sample")
    return replace(bare, known=known, blank=_blank[program.digest])


def find_doubled(connection: Any, sieve: Sieve) -> None:
    """The table `doubled`: rows that report an act again, with the row that did first."""
    if not sieve.program.natural_key:
        connection.execute("CREATE TABLE doubled (__row BIGINT, first_row BIGINT)")
        return
    hashes, rows = closer.repeated(sieve, "source", "held")
    connection.execute(hashes)
    connection.execute(f"CREATE TABLE doubled AS {rows}")


def look_closer(connection: Any, sieve: Sieve, held: str) -> str:
    """Judge what is suspect in `held` (a relation of rows); returns the SELECT of all found."""
    parts, marks = sieve.parts.each, sieve.suspects()
    columns = list(dict.fromkeys(column for column, _ in marks.values()))
    ors = ", ".join(f"coalesce(bit_or({column}), 0)" for column in columns)
    ((*found,),) = connection.execute(f"SELECT {ors} FROM {held}").fetchall()
    sums = dict(zip(columns, found, strict=True))
    doubted = [n for n, (column, bit) in marks.items() if sums[column] & bit]
    rows = closer.passed(sieve, held)
    tables: dict[str, str] = {}
    quick = connection.cursor()
    quick.execute("PRAGMA disable_optimizer")
    for bound in (False, True):
        level = {n: quoted(f"judged_{n}") for n in doubted if bool(parts[n].contexts) is bound}
        for name, table in level.items():
            texts = closer.suspects_of(sieve, parts[name], f"({rows})" if bound else held)
            quick.execute(
                f"CREATE OR REPLACE TABLE {table} AS {closer.judgements(parts[name], texts)}"
            )
        rows = closer.joined(sieve, rows, level)
        tables |= level
    return closer.looked_at(sieve, rows, tables)
