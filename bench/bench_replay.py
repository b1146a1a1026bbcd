"""Replay of random (subject, day, moment): median and p95, beside bare queries of the same rows.

A PostgreSQL of its own with organisations, records, events and notices written in SQL, under two
editions of the rulebook. Each question goes through `replay.queries.stood`: everything that stood,
with passports, rules, links, evaluations, lists, and the digest of what was served. The limit is
one connection reading the rows of that subject's records and events, nothing computed.
CHENGXIN_REPLAY_ORGANISATIONS, _RECORDS and _TRIPLES change the numbers.
"""

import atexit
import os
import random
import shutil
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

ORGANISATIONS = int(os.environ.get("CHENGXIN_REPLAY_ORGANISATIONS", "20000"))
RECORDS = int(os.environ.get("CHENGXIN_REPLAY_RECORDS", "200000"))
WARM = 5  # the first questions read both editions and compile their catalogue
TRIPLES = int(os.environ.get("CHENGXIN_REPLAY_TRIPLES", "300"))
DAYS = 60
SEED = 20261124
TERM = "national/parameters/publication.maximum_term.yaml"
# Nothing here is a real code: the bench asks by public identifier.
FILL = (
    """INSERT INTO subjects_subject (id, public_id, kind, name, status, division, industry, address,
        origin, created_at)
    SELECT md5('s' || n)::uuid, substr(translate(md5('p' || n), 'ilou', 'xxxx'), 1, 10),
        'legal_person', '测试企业' || n, 'active', '320706', 'C26', '', 'bench',
        now() - interval '61 days'
    FROM generate_series(1, {organisations}) AS n ON CONFLICT DO NOTHING""",
    """INSERT INTO register_record (id, item, subject_id, subject_kind, unit, natural_key, adverse,
        disclosure, decided_on, document_number, batch, row, file_sha256, link_evidence, edition,
        recorded_at)
    SELECT md5('r' || n)::uuid, CASE WHEN n % 3 = 0 THEN 'penalty' ELSE 'permit' END,
        (SELECT id FROM subjects_subject WHERE id = md5('s' || 1 + n % {organisations})::uuid),
        'legal_person', 'lyg-scjg', md5('k' || n), n % 3 = 0, 'public',
        current_date - (n % 700)::int, '测字〔2026〕' || n || '号', md5('b' || n / 1000)::uuid,
        (n % 1000)::int, repeat('ab', 32), '{{"rule": "code-and-name", "version": "sameness-2"}}',
        '{edition}', now() - (n % {days}) * interval '1 day'
    FROM generate_series(1, {records}) AS n
    WHERE EXISTS (SELECT FROM subjects_subject WHERE id = md5('s' || 1 + n % {organisations})::uuid)
    """,
    """INSERT INTO register_recordevent (record_id, kind, effective_on, known_at, facts, reason,
        basis, login, unit, edition)
    SELECT id, 'recorded', decided_on, recorded_at, jsonb_build_object('decided_on', decided_on,
        'penalty_kind', 'fine', 'valid_until', '2099-12-31', 'served_on', decided_on), '', '',
        'bench', unit, edition
    FROM register_record""",
    """INSERT INTO register_recordevent (record_id, kind, effective_on, known_at, facts, reason,
        basis, login, unit, edition)
    SELECT record_id, CASE WHEN id % 20 = 0 THEN 'revoked' ELSE 'corrected' END, effective_on,
        least(now(), known_at + interval '5 days'), facts || '{{"content": "更正"}}', '依法办理',
        '', 'bench', unit, edition
    FROM register_recordevent WHERE id % 5 = 0""",
)
BARE = """SELECT r.*, e.* FROM register_record r JOIN register_recordevent e ON e.record_id = r.id
WHERE r.subject_id = %s ORDER BY e.known_at, e.id"""


def main() -> None:
    """Fill, ask, print; what was needed is removed after the server has stopped at the end."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-bench-replay-"))
    folders = [home]
    atexit.register(lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders])
    os.environ["CHENGXIN_HOME"] = str(home)
    from chengxin.site.embedded import Hold

    folders.append(Hold(home, {"fsync": "off", "synchronous_commit": "off"}).place.base)
    _measured(home)


def _measured(home: Path) -> None:
    from chengxin.site.startup import setup_django

    setup_django()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from chengxin.kernel.clock import now
    from chengxin.replay.queries import stood
    from chengxin.subjects.models import Subject

    start = now()
    edition = _two_editions(home, start)
    sizes = {"organisations": ORGANISATIONS, "records": RECORDS, "days": DAYS, "edition": edition}
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement.format(**sizes))
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM register_recordevent")
        events = cursor.fetchone()[0]
    subjects = list(Subject.objects.values_list("id", "public_id"))
    dice = random.Random(SEED)
    spans: dict[str, list[float]] = {"replay": [], "replay, CPU": [], "bare rows": []}
    for number in range(TRIPLES + WARM):
        subject, public_id = dice.choice(subjects)
        known = start - timedelta(seconds=dice.randrange(DAYS * 86_400))
        on = (start - timedelta(days=dice.randrange(400))).date()
        wall, cpu = time.perf_counter(), time.process_time()
        stood(public_id, on=on, known=known).bytes()
        took = time.perf_counter() - wall, time.process_time() - cpu
        wall = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(BARE, [subject])
            cursor.fetchall()
        bare = time.perf_counter() - wall
        if number >= WARM:
            for name, span in zip(spans, (*took, bare), strict=True):
                spans[name].append(span * 1000)
    print(f"{len(subjects):,} organisations, {RECORDS:,} records, {events:,} events, 2 editions")
    print(f"{TRIPLES:,} random (subject, day, moment)")
    print(f"{'':14} {'median ms':>10} {'p95 ms':>8} {'worst':>8}")
    for name, times in spans.items():
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(f"{name:14} {statistics.median(ordered):10.1f} {p95:8.1f} {ordered[-1]:8.1f}")


def _two_editions(home: Path, start: datetime) -> str:
    """Take up two editions, one before every question, one in the middle; the first's number."""
    from chengxin.kernel.actor import Actor
    from chengxin.policy.queries import rulebook_folder
    from chengxin.policy.services.keeping import take_up_edition

    by = Actor.system("rulebook.keep", "rulebook.take_up")
    root = home / "rulebook"
    shutil.copytree(rulebook_folder(), root)
    path = root / TERM
    path.write_text(path.read_text(encoding="utf-8") + "# another edition\n", encoding="utf-8")
    first = take_up_edition(root=root, by=by, at=start - timedelta(days=DAYS + 1))
    take_up_edition(root=rulebook_folder(), by=by, at=start - timedelta(days=DAYS // 2))
    return first


if __name__ == "__main__":
    main()
