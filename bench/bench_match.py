"""Matching: right and wrong against a labelled set, and its speed beside reading and a plain join.

The set is invented (`pairs.py`): former names, brackets, legal forms, typing slips, wrong codes,
homonyms, persons. Speed is measured beside merely reading the same two tables with DuckDB, and
beside Polars joining them by code, organisation code and unique name, without any evidence. Each
size runs in a process of its own, so that peak memory is its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from pairs import KINDS, NOBODY, OFFERED, make_pairs

from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.services import link_table
from chengxin.subjects.values import RULE_VERSION, Directory

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 2


def main() -> None:
    """Measure every size and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=SIZES[-1])
    parser.add_argument("--organisations", type=int, default=600_000)
    parser.add_argument("--one", choices=("link", "read", "polars"))
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one(arguments.one, arguments.folder)))
        return
    for rows in [size for size in SIZES if size < arguments.rows] + [arguments.rows]:
        with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as place:
            measure(Path(place), rows, arguments.organisations, last=rows == arguments.rows)


def measure(folder: Path, rows: int, organisations: int, *, last: bool) -> None:
    """One size: the set, the directory, each way in a process of its own."""
    make_pairs(folder / "parties.parquet", folder, rows, organisations)
    started = time.process_time()
    register(folder)
    made = time.process_time() - started
    print(f"== {rows:,} rows against {organisations:,} organisations, rule {RULE_VERSION}")
    print(f"directory made in {made:.1f} s of CPU; DuckDB {duckdb.__version__}")
    print(f"{'':34} {'CPU s':>8} {'wall s':>8} {'rows per CPU s':>15} {'peak MB':>8}")
    for way in ("read", "polars", "link"):
        found = run(way, folder)
        if "missing" in found:
            print(f"{way:34} {found['missing']}")
            continue
        rate = rows / found["cpu"]
        print(
            f"{found['name']:34} {found['cpu']:8.2f} {found['wall']:8.2f} {rate:15,.0f} "
            f"{found['peak']:8.0f}"
        )
    if last:
        judge(folder)


def register(folder: Path) -> Directory:
    """The invented bodies as a directory."""
    source = f"'{folder / 'organisations.parquet'}'"
    with opened(folder) as duck:
        duck.execute(f"CREATE VIEW o AS SELECT *, md5_number(n::VARCHAR)::UUID AS id FROM {source}")
        duck.execute("CREATE VIEW known AS SELECT id, kind, NULL::BLOB AS sealed FROM o")
        duck.execute(
            "CREATE VIEW called AS SELECT id, name, true AS current FROM o UNION ALL "
            "SELECT id, former_names, false FROM o WHERE former_names IS NOT NULL"
        )
        duck.execute(
            "CREATE VIEW coded AS SELECT id, 'uscc' AS kind, uscc AS code FROM o UNION ALL "
            "SELECT id, 'org_code', old_org_code FROM o WHERE old_org_code IS NOT NULL UNION ALL "
            "SELECT id, 'registration', old_registration_number FROM o "
            "WHERE old_registration_number IS NOT NULL"
        )
        return write(duck, folder)


def run(way: str, folder: Path) -> dict[str, float | str]:
    """One way in a process of its own."""
    command = [sys.executable, __file__, "--one", way, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float | str] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(way: str, folder: Path) -> dict[str, float | str]:
    """The best of a few rounds, warm; seconds of the processor count when the machine is shared."""
    name, action = {"link": linking, "read": reading, "polars": joining}[way](folder)
    if action is None:
        return {"missing": name}
    times = []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = min(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"name": name, "cpu": cpu, "wall": wall, "peak": peak}


def linking(folder: Path) -> tuple[str, Callable[[], object]]:
    """Ours: every row with decision, candidates and evidence, written to a file."""
    into = folder / "links.parquet"
    return "link_table", lambda: link_table(
        folder / "parties.parquet", directory=Directory(folder), into=into
    )


def reading(folder: Path) -> tuple[str, Callable[[], object]]:
    """The limit: both tables read into memory."""

    def read() -> None:
        with duckdb.connect(config={"threads": 2}) as duck:
            for table in ("parties", "subjects", "names", "codes"):
                duck.execute(f"CREATE TABLE t_{table} AS FROM '{folder / table}.parquet'")

    return "reading the same tables", read


def joining(folder: Path) -> tuple[str, Callable[[], object] | None]:
    """The peer: code, then organisation code, then unique name; a decision and nothing else."""
    try:
        import polars as pl
    except ImportError:
        return "not installed", None

    def join() -> None:
        known = pl.scan_parquet(folder / "organisations.parquet").select("n", "name", "uscc")
        rows = pl.scan_parquet(folder / "parties.parquet").with_columns(
            pl.col("name").str.normalize("NFKC").str.replace_all(r"\s", "").alias("key")
        )
        inner = known.select(pl.col("uscc").str.slice(8, 9).alias("org_code"), n_org="n")
        names = known.group_by("name").agg(pl.col("n").first().alias("n_name"), c=pl.len())
        names = names.filter(pl.col("c") == 1).select(key="name", n_name="n_name")
        found = rows.join(known.select("uscc", n_code="n"), on="uscc", how="left")
        found = found.join(inner, on="org_code", how="left").join(names, on="key", how="left")
        found.select("line", pl.coalesce("n_code", "n_org", "n_name")).collect().write_parquet(
            folder / "polars.parquet"
        )

    return f"Polars {pl.__version__}, three joins", join


def judge(folder: Path) -> None:
    """Count right and wrong by kind; automatic links and offers apart."""
    rows = duckdb.sql(
        f"""
        WITH told AS (
            SELECT p.kind, p.truth, l.decision, s.subject,
                l.decision = 'linked' AND l.subject = s.subject AS right_link,
                l.decision = 'linked' AND (s.subject IS NULL OR l.subject <> s.subject) AS wrong,
                l.decision = 'ask' AND list_contains(l.candidates, s.subject) AS offered
            FROM '{folder / "parties.parquet"}' AS p JOIN '{folder / "links.parquet"}' AS l
                USING (line)
            LEFT JOIN (SELECT n, md5_number(n::VARCHAR)::UUID AS subject
                FROM '{folder / "organisations.parquet"}') AS s ON s.n = p.truth
        )
        SELECT kind, count(*), count(*) FILTER (right_link), count(*) FILTER (wrong),
            count(*) FILTER (offered) FROM told GROUP BY kind
        """
    ).fetchall()
    print(f"{'kind':18} {'rows':>9} {'linked':>9} {'wrong':>6} {'offered':>9}  expected")
    found = {kind: counts for kind, *counts in rows}
    for kind in (kind for kind in KINDS if kind in found):
        count, right, wrong, offered = found[kind]
        expected = "offered" if kind in OFFERED else "nobody" if kind in NOBODY else "linked"
        print(f"{kind:18} {count:9,} {right:9,} {wrong:6,} {offered:9,}  {expected}")
    bodies = [counts for kind, counts in found.items() if kind != "person"]
    right, wrong = (sum(counts[at] for counts in bodies) for at in (1, 2))
    of_somebody = [counts for kind, counts in found.items() if kind not in NOBODY]
    positives, offered = (sum(counts[at] for counts in of_somebody) for at in (0, 3))
    linkable = sum(c[0] for k, c in found.items() if k not in NOBODY | OFFERED)
    print(f"organisations: precision of links {right / (right + wrong):.6f} ({wrong} wrong)")
    print(f"  recall, linked or offered       {(right + offered) / positives:.6f}")
    print(f"  recall, linked of all           {right / positives:.6f}")
    print(f"  recall, linked of the linkable  {right / linkable:.6f}")
    print(f"persons: linked {sum(found.get('person', [0, 0, 0])[1:3])}")


if __name__ == "__main__":
    main()
