"""Search on a register of its own: 600,000 organisations, records, each kind of query.

Needs nothing running: starts an embedded PostgreSQL in a temporary folder, fills it and throws it
away. CHENGXIN_BENCH_ORGANISATIONS (600000), CHENGXIN_BENCH_RECORDS (12000000) and
CHENGXIN_BENCH_ROUNDS (60) say how much; CHENGXIN_BENCH_HOME keeps what was filled for another run.
Of the records only the table that the item filter reads is filled: finding touches no other.

"ms" is from asking `subjects.queries.find` to its answer; "cpu" is the processor time of one query
in this process and in the database's together, which other work on the machine does not lengthen.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

KEPT = os.environ.get("CHENGXIN_BENCH_HOME", "")
HOME = Path(KEPT or tempfile.mkdtemp(prefix="chengxin-bench-search-"))
os.environ.update(CHENGXIN_HOME=str(HOME), DJANGO_SETTINGS_MODULE="chengxin.site.settings")
ORGANISATIONS = int(os.environ.get("CHENGXIN_BENCH_ORGANISATIONS", "600000"))
RECORDS = int(os.environ.get("CHENGXIN_BENCH_RECORDS", "12000000"))
ROUNDS = int(os.environ.get("CHENGXIN_BENCH_ROUNDS", "60"))
SIZES = """
SELECT relname, pg_relation_size(oid) / 1048576 FROM pg_class
WHERE relname LIKE 'subject%' OR relname = 'register_record' ORDER BY 2 DESC LIMIT 9
"""

PLACES = ("连云港", "连云港市", "江苏", "海州区", "东海县", "灌云县", "灌南县", "赣榆区", "连云区")
DIVISIONS = ("320703", "320706", "320707", "320722", "320723", "320724", "320771", "320772")
TRADES = (
    "水产", "物流", "商贸", "建筑工程", "餐饮管理", "机械制造",
    "水晶工艺品", "农业发展", "电子商务", "文化传媒", "化工", "汽车服务",
    "食品", "房地产开发", "装饰工程", "信息科技", "劳务", "医药",
    "纺织", "教育咨询", "海鲜", "运输", "港口服务", "交通投资",
    "新能源", "环保科技",
)  # fmt: skip
FORMS = (
    "有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "专业合作社", "商行",
    "饭店", "超市", "经营部",
)  # fmt: skip
FORM_SHARES = (50, 8, 2, 2, 8, 10, 8, 6, 6)
PLACE_SHARES = (30, 10, 10, 8, 9, 8, 8, 9, 8)
SIGNS = (
    "新丝路海州湾云台山东方华夏金银铜铁永恒昌盛隆兴旺达通顺和泰安康宁瑞祥福禄寿喜龙凤麒麟天地人日月星辰风雨"
    "雷电春夏秋冬梅兰竹菊红黄蓝绿紫白黑大小中正诚信仁义礼智德宏伟业远航扬帆启明"
)
AT_ONCE = 20_000
TRADERS = 0.3


def names(count: int) -> Iterator[str]:
    """Invented names, as alike as real ones are."""
    dice = random.Random(6)
    for number in range(count):
        style = "".join(dice.choice(SIGNS) for _ in range(dice.choice((2, 2, 2, 3))))
        place = dice.choices(PLACES, PLACE_SHARES)[0]
        form = dice.choices(FORMS, FORM_SHARES)[0]
        tail = "" if number % 3 else dice.choice(SIGNS)
        yield f"{place}{style}{tail}{dice.choice(TRADES)}{form}"


def code(number: int) -> str:
    """A right credit code for each number."""
    from chengxin.kernel.ids import USCC

    return str(USCC.compose("91", "320700", f"{number:08d}").text)


def fill() -> None:
    """Organisations through the verb that writes them."""
    from django.db import connection, transaction

    from chengxin.kernel.clock import now
    from chengxin.subjects.services import writing

    dice, start, cpu = random.Random(7), time.perf_counter(), time.process_time()
    waiting: list[tuple[int, str]] = []

    def write() -> None:
        moment = now()
        new = [
            writing.NewSubject(
                id=one,
                kind="sole_trader" if dice.random() < TRADERS else "legal_person",
                origin="registry",
                identifiers=[writing.NewIdentifier("uscc", code(number), "valid", True)],
                name=name,
                status="active",
                division=dice.choice(DIVISIONS),
                industry=dice.choice("ABCDEFGHIJKLMNOPQRS") + "1234",
                former_names=[f"连云港{name[3:6]}实业公司"] if number % 12 == 0 else (),
            )
            for (number, name), one in zip(
                waiting, writing.new_ids(len(waiting), moment), strict=True
            )
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL gin_pending_list_limit = '256MB'")
            writing.write_subjects(new, at=moment)
        waiting.clear()

    for pair in enumerate(names(ORGANISATIONS)):
        waiting.append(pair)
        if len(waiting) == AT_ONCE:
            write()
    write()
    print(f"{ORGANISATIONS:,} organisations in {time.perf_counter() - start:.0f} s, "
          f"{time.process_time() - cpu:.0f} s of them in Python")  # fmt: skip


def fill_records() -> None:
    """Records by one statement, without the checks of each."""
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_record DISABLE TRIGGER USER")
        # Many records for few, as it is: a fifth of the organisations have a penalty.
        cursor.execute(
            """
            INSERT INTO register_record (id, item, subject_id, subject_kind, unit, natural_key,
              adverse, disclosure, decided_on, document_number, batch, row, file_sha256,
              link_evidence, edition, recorded_at)
            SELECT gen_random_uuid(), CASE WHEN n %% 6 = 0 THEN 'penalty' ELSE 'permit' END,
              subject.id, subject.kind, 'lyg-scjg', n::text, n %% 6 = 0, 'public',
              date '2023-01-01' + (n %% 1300)::int, '连字〔2026〕' || n || '号',
              gen_random_uuid(), 1, 'ab', '{}', 'bench', now()
            FROM generate_series(1, %s::bigint) AS n
            JOIN (SELECT id, kind, row_number() OVER () AS at FROM subjects_subject) AS subject
              ON subject.at = 1 + floor(power((n * 7919 %% 1000003) / 1000003.0, 3) * %s)::bigint
            """,
            [RECORDS, ORGANISATIONS],
        )
        cursor.execute("ALTER TABLE register_record ENABLE TRIGGER USER")
        cursor.execute("SELECT gin_clean_pending_list('subject_name_terms'::regclass)")
        cursor.execute("SELECT gin_clean_pending_list('subject_name_trigrams'::regclass)")
        for table in ("subjects_subjectname", "subjects_subject", "subjects_identifier"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("VACUUM ANALYZE register_record")
        cursor.execute(SIZES)
        sizes = ", ".join(f"{name} {size}" for name, size in cursor.fetchall())
    took = time.perf_counter() - start
    print(f"{RECORDS:,} records, indexes and statistics in {took:.0f} s; MB: {sizes}", flush=True)


def samples() -> dict[str, list[str]]:
    """Texts a reader might send, by kind, out of names that are there."""
    from chengxin.subjects.models import Identifier, SubjectName
    from chengxin.subjects.rules.pinyin import initials, spoken

    dice = random.Random(8)
    rows = list(SubjectName.objects.filter(is_current=True).order_by("-id")[:20_000])
    picked = [dice.choice(rows).normalised for _ in range(ROUNDS)]
    codes = list(Identifier.objects.order_by("id").values_list("lookup", flat=True)[:ROUNDS])
    distinct = [name[3:9] for name in picked]
    slips = [part[:2] + dice.choice("甲乙丙丁戊己") + part[3:] for part in distinct]
    return {
        "whole name": picked,
        "part of six signs": distinct,
        "part of two signs": [name[4:6] for name in picked],
        "former name": [f"连云港{name[3:6]}实业" for name in picked],
        "code": codes,
        "code, one sign wrong": [
            code[:9] + ("7" if code[9] != "7" else "3") + code[10:] for code in codes
        ],
        "pinyin": [spoken(part[:4]).replace(" ", "") for part in distinct],
        "initials": [initials(part) for part in distinct],
        "two letters": [initials(part)[:2] for part in distinct],
        "short name": [part[:2] + part[3:] for part in distinct],
        "one sign wrong": slips,
        "words apart": [f"{name[3:5]} {name[6:8]}" for name in picked],
        "traditional": [
            part.translate(
                str.maketrans("东华银铁业扬凤兰红绿黄龙义礼", "東華銀鐵業揚鳳蘭紅綠黃龍義禮")
            )
            for part in distinct
        ],
        "common word 有限公司": ["有限公司"] * ROUNDS,
        "common place 连云港": ["连云港"] * ROUNDS,
        "common letters gs": ["gs"] * ROUNDS,
        "common sounds gongsi": ["gongsi", "yxgsyx", "lianyungang"] * (ROUNDS // 3),
        "200 signs of noise": [
            "".join(dice.choice(SIGNS) for _ in range(200)) for _ in range(ROUNDS)
        ],
        "200 common signs": ["有限公司连云港" * 29] * ROUNDS,
        "wildcards and quotes": [
            "%_%",
            "__",
            "';--",
            "a|b&c:*",
            "\\\\%",
            "(.*)+$",
            "\0\0港口",
            "😀😀渔港",
        ]
        * (ROUNDS // 8 + 1),
        "nothing of it": [f"{a}魑魅{b}" for a, b in zip(SIGNS, SIGNS[7:], strict=False)][:ROUNDS],
    }


def main() -> None:
    """Fill, measure, print one table."""
    from chengxin.site.embedded import Hold

    hold = Hold(HOME)
    try:
        measure()
    finally:
        hold.release()
        if not KEPT:
            shutil.rmtree(hold.place.base, ignore_errors=True)
            shutil.rmtree(HOME, ignore_errors=True)


def measure() -> None:
    """All of it against the held server."""
    import django

    (HOME / "static").mkdir(exist_ok=True)
    django.setup()
    from django.core.management import call_command

    from chengxin.register.models import Record
    from chengxin.subjects.models import SubjectName
    from chengxin.subjects.queries import Within, find

    call_command("migrate", interactive=False, verbosity=0)
    if not SubjectName.objects.exists():
        fill()
    if not Record.objects.exists():
        fill_records()
    texts = samples()
    find("连云港新丝路")
    ids = list(SubjectName.objects.values_list("id", flat=True)[:ROUNDS])
    budget = int(os.environ.get("CHENGXIN_BENCH_BUDGET_MS", "250"))
    run("a row by its key (the limit)", ids, lambda one: SubjectName.objects.get(id=one))
    for name, asked in texts.items():
        run(name, asked[:ROUNDS], lambda text: find(text, time_ms=budget))
    county = Within(division="320724")
    run(
        "有限公司 in a county",
        ["有限公司"] * ROUNDS,
        lambda text: find(text, within=county, time_ms=budget),
    )
    narrow = Within(division="320724", section="R")
    run(
        "… and of an industry",
        ["有限公司"] * ROUNDS,
        lambda text: find(text, within=narrow, time_ms=budget),
    )
    run("… with a penalty", ["有限公司"] * ROUNDS, found_by_item)


def found_by_item(text: str) -> Any:
    """The item filter as far as records without facts go: candidates, and their newest records."""
    from chengxin.register.queries.holding import bearers, newest
    from chengxin.subjects.queries import Within, find

    finding = find(text, within=Within(only=bearers("penalty", limit=5_000)), limit=200)
    newest([one.subject for one in finding.matches], item="penalty", limit=1)
    return finding


def run(name: str, asked: Sequence[Any], work: Callable[[Any], Any]) -> None:
    """Ask each once; one line of the table."""
    times, found, curtailed, cpu = [], 0, 0, cpu_seconds()
    for one in asked:
        start = time.perf_counter()
        finding = work(one)
        times.append((time.perf_counter() - start) * 1000)
        found += len(getattr(finding, "matches", (1,)))
        curtailed += getattr(finding, "curtailed", False)
    mean_cpu = (cpu_seconds() - cpu) * 1000 / len(asked)
    times.sort()
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * q))] for q in (0.5, 0.95, 0.99))
    print(
        f"{name:30} cpu {mean_cpu:6.1f}  p50 {p50:6.1f}  p95 {p95:6.1f}  p99 {p99:6.1f} ms  "
        f"found {found / len(asked):5.1f}  cut short {curtailed}",
        flush=True,
    )


def cpu_seconds() -> float:
    """Processor time of this process and of the server process that answers it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    spent = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return time.process_time() + (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
