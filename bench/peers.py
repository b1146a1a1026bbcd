"""One contender on one file, in a process of its own: prints what it found and what it took.

    .venv/bin/python bench/peers.py NAME FILE

Timed from the file on disk to (row, rule) of every fault; imports are not. Each peer at its best
settings found here: rules as expressions over shared helper columns (`common_rules.prepared`),
the framework's own way of telling which rows failed which rule. JSON on standard output:
name, version, rows, seconds, bad (rows with a fault), faults (rule → how many), peak_mb.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from machine import peak_mb
from peers_by_row import frictionless, pydantic
from penalties import COLUMNS

Found = tuple[int, int, dict[str, int]]
"""Rows read, rows with a fault, rule → faults."""
RENAMED = {label: name for name, label in COLUMNS.items()}


def lazy(file: Path) -> Any:
    """The file as Polars reads it, text only."""
    import polars as pl

    return pl.scan_csv(file, infer_schema=False).rename(RENAMED)


def told(rows: int, pairs: Any) -> Found:
    """The report: a frame of (row, rule) counted."""
    counts = dict(pairs.group_by("rule").len().iter_rows())
    return rows, pairs["row"].n_unique(), counts


def polars_reads(file: Path) -> Callable[[], Found]:
    """The limit: Polars merely reads the file."""

    def run() -> Found:
        frame = lazy(file).collect(engine="streaming")
        return frame.height, 0, {}

    return run


def duckdb_reads(file: Path) -> Callable[[], Found]:
    """The limit: DuckDB merely reads the file, every cell of it, and keeps nothing."""
    import duckdb

    def run() -> Found:
        with duckdb.connect(config={"threads": 2}) as connection:
            lengths = ", ".join(f'sum(strlen("{label}"))' for label in RENAMED)
            connection.execute(
                f"SELECT count(*), {lengths} FROM read_csv('{file}', all_varchar=true)"
            )
            return connection.fetchone()[0], 0, {}  # type: ignore[index]

    return run


def polars_by_hand(file: Path) -> Callable[[], Found]:
    """No framework: the expressions in one streaming query, faults picked out of the flags."""
    import polars as pl
    from common_rules import common_rules, prepared

    rules = common_rules()

    def run() -> Found:
        flags = (
            prepared(lazy(file))
            .select(
                expression.fill_null(value=False).alias(name)
                for name, (_, expression) in rules.items()
            )
            .with_row_index("row")
        )
        bad = flags.filter(pl.any_horizontal(pl.all().exclude("row"))).collect(engine="streaming")
        pairs = bad.unpivot(index="row", variable_name="rule").filter(pl.col("value"))
        return lazy(file).select(pl.len()).collect().item(), *told(0, pairs)[1:]

    return run


def pandera(file: Path) -> Callable[[], Found]:
    """Column checks on the Polars backend, all failures collected (lazy=True)."""
    import pandera.polars as pa
    import polars as pl
    from common_rules import common_rules, prepared

    checks: dict[str, list[Any]] = {}
    for name, (field, expression) in common_rules().items():
        holds = ~expression.fill_null(value=False)

        def check(data: Any, holds: Any = holds) -> Any:
            return data.lazyframe.select(holds)

        checks.setdefault(field, []).append(pa.Check(check, name=name, ignore_na=False))
    schema = pa.DataFrameSchema(
        {field: pa.Column(pl.String, listed, nullable=True) for field, listed in checks.items()}
    )

    def run() -> Found:
        frame = prepared(lazy(file)).collect(engine="streaming")
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            cases = errors.failure_cases
            return told(frame.height, cases.select(row="index", rule="check"))
        return frame.height, 0, {}

    return run


def dataframely(file: Path) -> Callable[[], Found]:
    """A schema with one rule per expression; `filter` tells which rows failed which."""
    import dataframely as dy
    from common_rules import CODES, SHAPES, common_rules, prepared

    body: dict[str, Any] = {name: dy.String(nullable=True) for name in COLUMNS}
    names = {}
    for number, (name, (_, expression)) in enumerate(common_rules().items()):
        holds = ~expression.fill_null(value=False)
        names[f"r{number}"] = name

        def of(_: Any, holds: Any = holds) -> Any:
            return holds

        body[f"r{number}"] = dy.rule()(of)
    body |= {f"{name}__bytes": dy.Any() for name in (*CODES, *SHAPES)}
    body |= {f"{name}__day": dy.Date(nullable=True) for name in ("decided_on", "valid_until")}
    amount = dy.Decimal(20, 6, nullable=True)
    body |= {"fine_yuan__number": amount, "confiscated_yuan__number": amount, "row": dy.UInt32()}
    schema: Any = type("Penalties", (dy.Schema,), body)

    def run() -> Found:
        frame = prepared(lazy(file)).with_row_index("row")
        good, failure = schema.filter(frame).collect_all(engine="streaming")
        bad = failure.details()
        return (
            good.height + bad.height,
            bad.height,
            {names[r]: n for r, n in failure.counts().items()},
        )

    return run


def pointblank(file: Path) -> Callable[[], Found]:
    """One step per expression, the failing rows of each extracted without a limit."""
    import pointblank as pb
    import polars as pl
    from common_rules import common_rules, prepared

    rules = common_rules()

    def run() -> Found:
        frame = prepared(lazy(file)).with_row_index("row").collect(engine="streaming")
        plan = pb.Validate(frame)
        for _, expression in rules.values():
            plan = plan.col_vals_expr(~expression.fill_null(value=False))
        done = plan.interrogate(collect_tbl_checked=False, extract_limit=frame.height)
        extracts = done.get_data_extracts()
        pairs = pl.concat(
            extracts[step].select("row", rule=pl.lit(name))
            for step, name in enumerate(rules, start=1)
            if extracts.get(step) is not None and len(extracts[step])
        )
        return told(frame.height, pairs)

    return run


PEERS: dict[str, tuple[str, Callable[[Path], Callable[[], Found]]]] = {
    "polars reads": ("polars", polars_reads),
    "duckdb reads": ("duckdb", duckdb_reads),
    "polars by hand": ("polars", polars_by_hand),
    "pandera": ("pandera", pandera),
    "pointblank": ("pointblank", pointblank),
    "dataframely": ("dataframely", dataframely),
    "pydantic": ("pydantic", pydantic),
    "frictionless": ("frictionless", frictionless),
}


def main() -> None:
    """Measure one peer and print it."""
    name, file = sys.argv[1], Path(sys.argv[2])
    package, make = PEERS[name]
    run = make(file)
    wall, cpu = time.perf_counter(), time.process_time()
    rows, bad, faults = run()
    told = {
        "name": name,
        "version": f"{package} {version(package)}",
        "rows": rows,
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "bad": bad,
        "faults": faults,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
