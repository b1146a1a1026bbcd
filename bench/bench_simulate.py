"""A changed parameter and a changed model tried on a whole register, beside the plain scan.

    python bench/bench_simulate.py [ORGANISATIONS RECORDS]      default 60000 1000000

A database of its own on the embedded PostgreSQL, filled with made-up organisations, records, their
first events and the notices of the adverse ones; then the simulation as the verb does it: what the
change can touch, the register laid out, both editions' statements, every count of the report. The
limit beside it: the same rows sent once by PostgreSQL, and the laid-out table scanned. CPU seconds
are of this process with its threads; the server's work is in the wall time. Prints one JSON object.
"""

import atexit
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from chengxin.site.embedded_place import Place

MODEL = ("lianyungang/models/comprehensive.yaml", "points: -5", "points: -12")
TERM = (
    "national/parameters/publication.maximum_term.yaml",
    "ordinary: 12, serious: 36}",
    "ordinary: 6, serious: 36}",
)


def main() -> None:
    organisations, records = (int(one) for one in (sys.argv[1:3] or ("60000", "1000000")))
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as home:
        os.environ["CHENGXIN_HOME"] = home
        # Runs last: what is registered first is called after the server was let go.
        atexit.register(shutil.rmtree, Place.of(Path(home)).base, ignore_errors=True)
        from chengxin.site.startup import setup_django

        setup_django()
        from chengxin.site.migration import apply_migrations

        apply_migrations()
        print(json.dumps(_measured(organisations, records), ensure_ascii=False, indent=1))


def _measured(organisations: int, records: int) -> dict[str, Any]:
    import duckdb

    from chengxin.evaluation.queries.laying import lay_out
    from chengxin.kernel.clock import now, today
    from chengxin.policy.queries import rulebook_folder
    from chengxin.policy.services import load_rulebook
    from chengxin.tunnel.queries.comparing import compare
    from chengxin.tunnel.queries.planning import plan

    wall = time.perf_counter()
    _fill(organisations, records)
    found: dict[str, Any] = {
        "organisations": organisations,
        "records": records,
        "filled_wall_s": round(time.perf_counter() - wall, 1),
        "changes": {},
    }
    before = load_rulebook(rulebook_folder())
    for name, change in (("model", MODEL), ("parameter", TERM)):
        after = load_rulebook(_changed(*change))
        began, cpu = time.perf_counter(), time.process_time()
        asked = plan(before, after, today())
        steps = {"plan": _took(began, cpu)}
        with duckdb.connect(config={"threads": 2, "memory_limit": "8GB"}) as base:
            began, cpu = time.perf_counter(), time.process_time()
            lay_out(base, on=asked.on, known=now(), items=asked.items, fields=asked.fields)
            steps["lay_out"] = _took(began, cpu)
            began, cpu = time.perf_counter(), time.process_time()
            columns = ", ".join(f'count("f_{one}")' for one in asked.fields)
            base.execute(f"SELECT count(*), count(subject), {columns} FROM records").fetchall()
            steps["plain_scan_of_the_laid_out_table"] = _took(began, cpu)
            began, cpu = time.perf_counter(), time.process_time()
            answer = compare(asked, known=now(), base=base)
            steps["compare"] = _took(began, cpu)
        whole = {
            part: round(sum(steps[one][part] for one in ("plan", "lay_out", "compare")), 2)
            for part in ("wall_s", "cpu_s")
        }
        found["changes"][name] = {
            "items": len(asked.items), "models": list(asked.models), "read": answer["records"],
            "moved": {one["code"]: one["moved"] for one in answer["models"]}, "steps": steps,
            "whole": whole,
        }  # fmt: skip
    found["plain_copy_out_of_postgresql"] = _plain_copy()
    found["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _took(began: float, cpu: float) -> dict[str, float]:
    return {
        "wall_s": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
    }


def _changed(name: str, old: str, new: str) -> Path:
    from chengxin.policy.queries import rulebook_folder

    root = Path(tempfile.mkdtemp(dir=os.environ["CHENGXIN_HOME"])) / "rulebook"
    shutil.copytree(rulebook_folder(), root)
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text, (name, old)
    file.write_text(text.replace(old, new), encoding="utf-8")
    return root


def _fill(organisations: int, records: int) -> None:
    """Rows as the verbs would write them, made by the server itself."""
    from django.db import connection

    items = (
        "(ARRAY['penalty','penalty','penalty','permit','permit','inspection','commitment',"
        "'commitment_breach','tax_a_list','abnormal_operation'])"
    )
    severity = "(ARRAY['minor','minor','ordinary','ordinary','ordinary','serious'])"
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        # The triggers check each row against its neighbours; here the server makes them itself.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO subjects_subject (id, public_id, kind, name, status, division, industry,"
            " address, registered_on, origin, created_at)"
            " SELECT md5('s' || n)::uuid, 'b' || lpad(n::text, 9, '0'),"
            " (ARRAY['legal_person','legal_person','unincorporated','sole_trader'])[1 + n %% 4],"
            " '组织' || n, '', (ARRAY['320703','320706','320707','320722','320723','320724'])"
            " [1 + n %% 6], chr(65 + n %% 20), '', DATE '2015-03-02', 'bench',"
            " TIMESTAMPTZ '2020-01-01' FROM generate_series(1, %s) n",
            [organisations],
        )
        day = "(CURRENT_DATE - (n %% 1400)::integer)"
        cursor.execute(
            "INSERT INTO register_record (id, item, subject_id, subject_kind, unit, natural_key,"
            " adverse, disclosure, decided_on, document_number, batch, row, file_sha256,"
            " link_evidence, edition, recorded_at)"
            f" SELECT md5('r' || n)::uuid, {items}[1 + n %% 10], md5('s' || 1 + (n * 7919) %% %s)"
            f"::uuid, 'legal_person', 'lyg-scjg', md5('k' || n) || md5(n::text),"
            f" {items}[1 + n %% 10] IN ('penalty','inspection','commitment_breach',"
            f"'abnormal_operation'), 'public', {day}, '文' || n, md5('b')::uuid, n, '', '{{}}', '',"
            f" {day}::timestamptz FROM generate_series(1::bigint, %s) n",
            [organisations, records],
        )
        cursor.execute(
            "INSERT INTO register_recordevent (record_id, kind, effective_on, known_at, facts,"
            " reason, basis, login, unit, edition) SELECT r.id, 'recorded', r.decided_on,"
            " r.recorded_at, jsonb_build_object('decided_on', r.decided_on, 'severity',"
            f" {severity}[1 + r.row %% 6], 'penalty_kind', 'fine', 'document_number',"
            " r.document_number, 'valid_until', r.decided_on + 700, 'commitment_status', 'kept',"
            " 'content', repeat('某项违法行为的说明', 6)), '', '测', 'b', 'u', ''"
            " FROM register_record r",
            [],
        )
        cursor.execute(
            "INSERT INTO notices_notice (id, about, to_subject, template, channel, facts, basis,"
            " posted_at, deemed_delivered_on) SELECT md5('n' || r.row)::uuid, r.id, r.subject_id,"
            " 'recorded', 'served', '{}', '测', r.recorded_at, r.decided_on"
            " FROM register_record r WHERE r.adverse"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE register_record, register_recordevent, notices_notice")


def _plain_copy() -> dict[str, float]:
    """The limit: the same rows out of the server by the same channel, nothing asked of them."""
    from django.db import connection

    from chengxin.kernel.copying import copy_out

    began, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder, connection.cursor() as cursor:
        query = (
            "SELECT r.id, r.item, r.subject_id, r.decided_on, e.facts ->> 'severity'"
            " FROM register_record r JOIN register_recordevent e ON e.record_id = r.id"
        )
        copy_out(cursor, query, {}, Path(folder) / "rows.csv")
    return _took(began, cpu)


if __name__ == "__main__":
    main()
