"""The month's report on quality for the whole city, beside merely counting that month's records.

A register of CHENGXIN_BENCH_RECORDS records (default 500,000) over three years, sent in some
15,000 batches by 53 units, is made in a PostgreSQL of its own in a temporary folder. Seconds of
the wall and of this process's CPU, the best of several: the machine may be busy.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

RECORDS = int(os.environ.get("CHENGXIN_BENCH_RECORDS", "500000"))
ROUNDS = 5
MONTHS, FILES = 36, 4  # files a month, of each unit and item
SUBJECT = """
INSERT INTO subjects_subject
  (id, public_id, kind, name, status, division, industry, address, origin, created_at)
VALUES (gen_random_uuid(), 'benchbench', 'organisation', '示例', '', '', '', '', '', now())
"""
BATCHES = """
INSERT INTO intake_batch
  (id, number, item, unit, state, channel, corrects, filename, sheet, file_sha256, size_bytes,
   layout, rows_read, tally, edition, submitted_by, submitted_at, decided_by, decided_at,
   return_reason)
SELECT id, to_char(day, 'YYYYMMDD') || '-' || left(replace(id::text, '-', ''), 8), item, unit,
  'released', 'browser', '', 'x.csv', '', md5(id::text) || md5(id::text), 1, '{}', %(rows)s + 3,
  jsonb_build_object(
    'unlisted', jsonb_build_object('recorded', %(rows)s),
    'states', jsonb_build_object('clean', %(rows)s, 'faulty', 3),
    'found', jsonb_build_array(jsonb_build_array('breach_facts', 'INTAKE-REQUIRED', 'error', 3)),
    'filled', %(filled)s::jsonb),
  'e', 'a', day + interval '9 hours', 'b', day + interval '10 hours', ''
FROM (
  SELECT gen_random_uuid() AS id, unit, item,
    (date '2023-10-01' + make_interval(months => month) + make_interval(days => 6 * file))
      AS day
  FROM unnest(%(units)s::text[]) AS unit, unnest(ARRAY['penalty', 'permit']) AS item,
    generate_series(0, %(months)s - 1) AS month, generate_series(1, %(files)s) AS file
) AS sent
"""
RECORD_ROWS = """
INSERT INTO register_record
  (id, item, subject_id, subject_kind, unit, natural_key, adverse, disclosure, decided_on,
   document_number, batch, "row", file_sha256, link_evidence, edition, recorded_at)
SELECT gen_random_uuid(), b.item, (SELECT id FROM subjects_subject LIMIT 1), 'organisation',
  b.unit, md5(b.number || line) || md5(line::text), false, 'public',
  (b.submitted_at - make_interval(days => (line * 7919 %% 17)::int))::date,
  left(b.number, 8) || '-' || line, b.id, line, b.file_sha256, '{}', 'e', b.decided_at
FROM intake_batch AS b, generate_series(1, %(rows)s) AS line
ORDER BY b.number, line
"""
OPEN_ROWS = """
INSERT INTO intake_row (batch_id, number, received, values, state, faults, evidence)
SELECT b.id, %(rows)s + line, '{}',
  jsonb_build_object('decided_on', to_char(b.submitted_at, 'YYYY-MM-DD')), 'faulty', '[]', '{}'
FROM intake_batch AS b, generate_series(1, 3) AS line
"""
LIMIT = """
SELECT count(*) FROM register_record
WHERE item IN ('penalty', 'permit') AND recorded_at >= '2026-09-01' AND recorded_at < '2026-10-01'
"""


def main() -> None:
    """Make the register, measure, print one table, leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-bench-"))
    os.environ |= {"CHENGXIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "chengxin.site.settings"}
    from chengxin.site.embedded import Hold

    hold = Hold(home, {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"})
    try:
        measure(hold)
    finally:
        hold.release()
        shutil.rmtree(hold.place.base, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def measure(hold: Any) -> None:
    """Everything between starting the server and stopping it."""
    import django
    from django.db import connection, connections

    django.setup()
    where = hold.place.as_django()
    connections.settings["default"].update(where)
    connection.settings_dict.update(where)
    from django.core.management import call_command

    from chengxin.kernel.actor import Actor
    from chengxin.oversight.queries import reminders, report, trend
    from chengxin.oversight.values import Month
    from chengxin.policy.queries import current_rulebook

    call_command("migrate", verbosity=0)
    book = current_rulebook()
    fill(connection, book)
    by, month = Actor.system("oversight.read"), Month(date(2026, 9, 1))
    on = date(2026, 9, 28)
    clerk = Actor("clerk", "", "lyg-scjg", {"oversight.read": "own_unit"})
    asked = {
        "counting the month's records (the limit)": lambda: count(connection),
        "report, whole city, a month": lambda: report(month=month, by=by, on=on, book=book),
        "report, one unit, a month": lambda: report(month=month, by=clerk, on=on, book=book),
        "trend, one unit, 12 months": lambda: trend(last=month, months=12, by=clerk, book=book),
        "trend, whole city, 12 months": lambda: trend(last=month, months=12, by=by, book=book),
        "reminders, whole city": lambda: reminders(by=by, on=on, book=book),
    }
    limit = 0.0
    print(f"{RECORDS:,} records; Python {sys.version.split()[0]}; best of {ROUNDS}")
    print(f"{'question':42} {'wall s':>8} {'CPU s':>8} {'ratio':>7}")
    for name, ask in asked.items():
        wall, cpu = best(ask)
        limit = limit or wall
        print(f"{name:42} {wall:8.3f} {cpu:8.3f} {wall / limit:7.1f}")


def best(ask: Callable[[], object]) -> tuple[float, float]:
    """The quickest of several rounds, by the wall, with its CPU time."""
    times = []
    for _ in range(ROUNDS):
        cpu, wall = time.process_time(), time.perf_counter()
        ask()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return min(times)


def count(connection: Any) -> None:
    """The least anyone can do: touch the month's records once."""
    with connection.cursor() as cursor:
        cursor.execute(LIMIT)
        cursor.fetchone()


def fill(connection: Any, book: Any) -> None:
    """The register, by the server itself."""
    import json

    from chengxin.catalogue.queries import items

    units = [one.code for one in book.units.values() if one.kind in {"department", "county"}]
    rows = max(RECORDS // (len(units) * 2 * MONTHS * FILES), 1)
    names = {one.name for code in ("penalty", "permit") for one in items(book)[code].fields}
    given = {
        "units": units, "months": MONTHS, "files": FILES, "rows": rows,
        "filled": json.dumps(dict.fromkeys(names, rows)),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SUBJECT)
        for statement in (BATCHES, RECORD_ROWS, OPEN_ROWS):
            cursor.execute(statement, given)
        for table in ("intake_batch", "intake_row", "register_record"):
            cursor.execute(f"ANALYZE {table}")


if __name__ == "__main__":
    main()
