"""Every model of evaluation over a whole register of organisations, beside the engine's plain scan.

    python bench/bench_evaluate.py [ORGANISATIONS RECORDS]      default 60000 1000000

Made up: organisations over all sectors and divisions, records over all items the models read,
decided in the last four years. The limit beside it is DuckDB reading the same columns of the same
table and counting them. Beside it too: the same question put to a cluster's engine (Sail, on this
machine, with its shuffle), which must answer with the same digest, and one model in a rules engine
in common use, organisation by organisation, which must give the same grades. Times are CPU seconds
of this process over all its threads, the least of several runs; wall time lies while others work
on the machine. CHENGXIN_BENCH_CLUSTER=0 leaves the cluster out. Prints one JSON object.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from clusters import spark

from chengxin.engine.services.grouping import answered
from chengxin.evaluation.rules import COLUMNS, grades_sql, judge
from chengxin.evaluation.rules.statements import fields_read, question
from chengxin.evaluation.values import Business, Fact
from chengxin.policy.queries import current_rulebook
from chengxin.policy.values.models import Model

ON = date(2026, 11, 1)
RUNS = int(os.environ.get("CHENGXIN_BENCH_RUNS", "3"))
SEVERITIES = "['minor','minor','minor','ordinary','ordinary','serious']"


def main() -> None:
    organisations, records = (int(one) for one in (sys.argv[1:3] or ("60000", "1000000")))
    book = current_rulebook()
    models = book.models
    fields = fields_read(models)
    with tempfile.TemporaryDirectory() as folder:
        base = duckdb.connect(
            config={"threads": 2, "memory_limit": "12GB", "temp_directory": folder}
        )
        _make(base, Path(folder), models, fields, organisations, records)
        found: dict[str, Any] = {"organisations": organisations, "records": records, "models": {}}
        whole_cpu = whole_wall = 0.0
        for code, model in models.items():
            sql = _digested(grades_sql(model, f"DATE '{ON}'"))
            cpu, wall, (graded, digest) = _least(lambda sql=sql: base.execute(sql).fetchone())
            whole_cpu, whole_wall = whole_cpu + cpu, whole_wall + wall
            found["models"][code] = {
                "cpu_s": cpu, "wall_s": wall, "graded": graded, "digest": digest,
            }  # fmt: skip
        found["all_models"] = {"cpu_s": round(whole_cpu, 2), "wall_s": round(whole_wall, 2)}
        columns = ", ".join(f"count({name})" for name in (*COLUMNS, *fields))
        cpu, wall, _ = _least(lambda: base.execute(f"SELECT {columns} FROM facts").fetchone())
        found["plain_scan_of_every_column"] = {"cpu_s": cpu, "wall_s": wall}
        hashed = " + ".join(
            f"coalesce(hash({name}) % 7, 0)" for name in ("subject", "item", *fields)
        )
        scan = f"SELECT sum({hashed}) FROM facts"
        cpu, wall, _ = _least(lambda: base.execute(scan).fetchone())
        found["scan_that_reads_every_value"] = {"cpu_s": cpu, "wall_s": wall}
        found["incremental"] = _one(base, models, fields)
        found["rules_engine"] = _peer(base, models["environment"], fields)
        if os.environ.get("CHENGXIN_BENCH_CLUSTER") != "0":
            found["cluster"] = _cluster(base, Path(folder), models)
        found["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found["model_table_mb"] = (
            sum(one.stat().st_size for one in Path(folder).rglob("*.parquet")) // 2**20
        )
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _digested(sql: str) -> str:
    text = "subject || ':' || grade || ':' || coalesce(points::VARCHAR, '')"
    return (
        f"SELECT count(*), sha256(coalesce(string_agg({text}, chr(10) ORDER BY subject), ''))"
        f" FROM ({sql})"
    )


def _make(
    base: Any,
    folder: Path,
    models: Mapping[str, Model],
    fields: Sequence[str],
    organisations: int,
    records: int,
) -> None:
    items = sorted({item for model in models.values() for item in model.items})
    units = (
        "['lyg-sthj','lyg-scjg','lyg-zjj','lyg-wgl','lyg-wjw','lyg-ybj','lyg-fgw','lyg-donghai']"
    )
    values = {
        "severity": f"{SEVERITIES}[1 + (h // 7) % 6]",
        "sampling_result": "['pass','pass','pass','fail'][1 + (h // 11) % 4]",
        "commitment_status": "['kept','partly','ongoing'][1 + (h // 13) % 3]",
        "inspection_result": "['no_problem','corrected','to_correct'][1 + (h // 17) % 3]",
        "list_code": "['samr','tax','procurement'][1 + (h // 19) % 3]",
        "breach_kind": "['价格欺诈','发布虚假广告','不按规定明码标价'][1 + (h // 23) % 3]",
        "arrears_yuan": "((h // 29) % 50000)::VARCHAR",
    }
    day = f"DATE '{ON}' - ((h // 31) % 1461)::INTEGER"
    columns = ", ".join(f"{values.get(name, 'NULL')}::VARCHAR AS {name}" for name in fields)
    facts, businesses = folder / "facts.parquet", folder / "businesses.parquet"
    base.execute(
        f"COPY (SELECT 's' || (h % {organisations})::VARCHAR AS subject,"
        " 'r' || n::VARCHAR AS record,"
        f" {items}[1 + (h // 3) % {len(items)}] AS item, {units}[1 + (h // 5) % 8] AS unit,"
        f" {day} AS decided_on, {day} AS since, {day} + 1096 AS until, {columns}"
        f" FROM (SELECT n, (hash(n) % 9000000000000)::BIGINT AS h FROM range({records}) t(n)))"
        f" TO '{facts}' (FORMAT parquet, COMPRESSION zstd)"
    )
    base.execute(
        f"COPY (SELECT 's' || n::VARCHAR AS subject,"
        " ['legal_person','legal_person','unincorporated','sole_trader'][1 + h % 4] AS kind,"
        " ['320722','320706','320703','320707'][1 + (h // 4) % 4] AS division,"
        " substr('ABCDEFGHIJKLMNOPQRST', 1 + ((h // 16) % 20)::INTEGER, 1) AS sector,"
        " '2015-03-02' AS registered_on"
        " FROM (SELECT n, (hash(n + 77) % 9000000000000)::BIGINT AS h"
        f" FROM range({organisations}) t(n)))"
        f" TO '{businesses}' (FORMAT parquet)"
    )
    for name, file in (("facts", facts), ("businesses", businesses)):
        base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")


def fact_of(one: Mapping[str, Any], fields: Sequence[str]) -> Fact:
    """A row of the table of facts as the functions take it."""
    return Fact(
        one["record"], one["item"], one["unit"], one["decided_on"], one["since"], one["until"],
        {name: one[name] for name in fields if one[name] is not None},
    )  # fmt: skip


def _one(base: Any, models: Mapping[str, Model], fields: Sequence[str]) -> dict[str, float]:
    """Judge one organisation again, by every model, after a new record."""
    rows = base.execute("SELECT * FROM facts WHERE subject = 's1'").fetchall()
    names = [one[0] for one in base.description]
    own = [dict(zip(names, row, strict=True)) for row in rows]
    facts = [fact_of(one, fields) for one in own]
    business = Business("s1", "legal_person", "320722", "C", "2015-03-02")
    times = []
    for _ in range(50):
        began = time.process_time()
        for model in models.values():
            judge(model, business, facts, ON)
        times.append(time.process_time() - began)
    return {"records": len(facts), "all_models_cpu_ms": round(min(times) * 1000, 3)}


def _cluster(base: Any, folder: Path, models: Mapping[str, Model]) -> dict[str, Any]:
    """All models at once, here and on a cluster: wall seconds, and whether the digests agree."""
    tables = {name: folder / f"{name}.parquet" for name in ("facts", "businesses")}
    asked, told = question(models.values(), ON, tables), {}
    with spark(folder, sail=True) as (there, version):
        for name, engine in (("here", ""), ("there", there)):
            os.environ["CHENGXIN_ENGINE"] = engine
            began = time.perf_counter()
            base.register("answers", answered(asked))
            took = round(time.perf_counter() - began, 2)
            text = "concat_ws(':', statement, subject, grade, points, counts)"
            ((count, digest),) = base.execute(
                f"SELECT count(*), sha256(string_agg({text}, chr(10) ORDER BY statement, subject))"
                " FROM answers"
            ).fetchall()
            told[name] = {"wall_s": took, "graded": count, "digest": digest}
    os.environ["CHENGXIN_ENGINE"] = ""
    told["there"]["server"] = version
    if told["here"]["digest"] != told["there"]["digest"]:
        raise SystemExit(f"the cluster answers otherwise: {told}")
    return told


def _peer(base: Any, model: Model, fields: Sequence[str]) -> dict[str, Any]:
    """One model over a thousand organisations, by our function and by ZEN: microseconds each."""
    from importlib.metadata import version

    from rules_engine import Asked, context

    picked = "subject IN (SELECT subject FROM businesses ORDER BY subject LIMIT 1000)"
    rows = base.execute(f"SELECT * FROM facts WHERE {picked}").fetchall()
    names = [one[0] for one in base.description]
    own: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        one = dict(zip(names, row, strict=True))
        own.setdefault(one["subject"], []).append(one)
    columns = "subject, kind, division, sector, registered_on"
    said = base.execute(f"SELECT {columns} FROM businesses WHERE {picked}").fetchall()
    businesses = {row[0]: Business(*row) for row in said}
    engine, ours, theirs, asked = Asked(model, ON), 0.0, 0.0, 0
    for subject, records in own.items():
        facts = [fact_of(one, fields) for one in records]
        began = time.process_time()
        outcome = judge(model, businesses[subject], facts, ON)
        ours += time.process_time() - began
        if outcome is None:
            continue
        given = context(records, ON)
        began = time.process_time()
        answer = engine.grade(given)
        theirs, asked = theirs + time.process_time() - began, asked + 1
        if answer != (outcome.grade, outcome.points):
            raise SystemExit(f"the rules engine answers otherwise for {subject}")
    return {
        "zen_engine": version("zen-engine"), "model": model.code, "organisations": asked,
        "zen_us_each": round(theirs / asked * 1e6, 1),
        "our_function_with_its_tree_us_each": round(ours / len(own) * 1e6, 1),
    }  # fmt: skip


def _least(run: Callable[[], Any]) -> tuple[float, float, Any]:
    runs = []
    for _ in range(RUNS):
        cpu, wall = time.process_time(), time.perf_counter()
        answer = run()
        runs.append((time.process_time() - cpu, time.perf_counter() - wall, answer))
    cpu, wall, answer = min(runs, key=lambda run: run[0])
    return round(cpu, 3), round(wall, 3), answer


if __name__ == "__main__":
    main()
