"""The promised day is the day that happens: 10,000 synthetic subjects, the real database and verbs.

Each gets an adverse record of some kind, severity and day. The way out is asked once, today. Then:
on its last promised day the record is used, the day after it is not; and of as many as
`--granted` says a repair is refused the day before the promised day, taken and granted on it,
and nothing of the record is left that day. 100 % or it fails.

    python bench/prove_wayout.py --subjects 10000 --granted 1000
"""

# ruff: noqa: ANN001, ANN201, ANN202 – a bench is read, not imported
import argparse
import atexit
import os
import random
import shutil
import sys
import tempfile
import time
import uuid
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

CHUNK = 500
UNIT = "lyg-scjg"
ITEMS = {
    "penalty": (
        {"severity": "serious"},
        {"severity": "ordinary"},
        {"penalty_kind": "revoke_permit"},
        {"penalty_kind": "fine"},
        {"severity": "minor"},
    ),
    "abnormal_operation": ({},),
    "serious_breach_list": ({"list_code": "samr"}, {"list_code": "tax"}),
    "tax_arrears": ({},),
    "judgment_defaulter": ({}, {"defaulter_term": "extended"}),
    "inspection": ({"inspection_result": "to_correct"},),
}


def make(count, dice, today):
    """Subjects with one adverse record each, told; their ids in pairs."""
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.canonical import sha256_hex
    from chengxin.notices.services import post_many
    from chengxin.notices.values import Draft
    from chengxin.register.services import append
    from chengxin.register.values import NewRecord
    from chengxin.web.tests.samples import PORT, import_city

    like = import_city()[PORT]
    made = []
    for subject in _subjects(like.id, count):
        item = dice.choice(list(ITEMS))
        decided = today - timedelta(days=dice.randrange(0, 1500))
        number = f"测{len(made)}号"
        facts = {"document_number": number, "decided_on": decided.isoformat()}
        made.append(
            NewRecord(
                item=item,
                subject=subject,
                subject_kind="legal_person",
                unit=UNIT,
                natural_key=sha256_hex(number.encode()),
                adverse=True,
                disclosure="public",
                decided_on=decided,
                document_number=number,
                facts=facts | dice.choice(ITEMS[item]),
                personal={},
                basis="测试",
                batch=uuid.uuid4(),
                row=1,
                file_sha256="ab" * 32,
            )
        )
    append(new=made, by=Actor.system("intake.release"), edition="bench")
    post_many(Draft(one.id, one.subject, "recorded", True, one.decided_on, "测试") for one in made)
    return made


def _subjects(like, count):
    from chengxin.subjects.models import Subject

    row, rows = Subject.objects.get(id=like), []
    columns = [one.attname for one in Subject._meta.concrete_fields]  # noqa: SLF001
    for number in range(count):
        facts = {name: getattr(row, name) for name in columns}
        facts |= {"id": uuid.uuid4(), "public_id": f"bench{number}"}
        rows.append(Subject(**facts))
    Subject.objects.bulk_create(rows, batch_size=2000)
    return [one.id for one in rows]


def prove(made, granted, today, book):
    """Compare every promise with what happens. Returns: counts, and what did not agree."""
    from chengxin.casework.queries import ways_out
    from chengxin.kernel.clock import now
    from chengxin.publication.queries import in_use
    from chengxin.register.queries import states_of

    counts, wrong, left = Counter(), [], granted
    owner = {one.id: one.subject for one in made}
    for first in range(0, len(made), CHUNK):
        ids = [one.id for one in made[first : first + CHUNK]]
        plans = ways_out(states_of(ids, on=today, known=now()), on=today, book=book)
        for record, plan in plans.items():
            counts[plan.barrier or "open"] += 1
            states = states_of([record], on=today, known=now())
            window = in_use(states, book)[record]
            end = plan.automatic
            ends = not window.on(end) and (
                plan.barrier == "over" or window.on(end - timedelta(days=1))
            )
            if not ends:
                wrong.append((record, "automatic", end))
            if plan.ask_on and left:
                left -= 1
                counts["granted"] += 1
                if fault := _granted(record, owner[record], plan, today, book):
                    wrong.append((record, fault, plan.earliest))
    return counts, wrong


def _granted(record, subject, plan, today, book):
    """Ask the day before, then on the day; "" if it went as promised."""
    from chengxin.casework import services
    from chengxin.casework.errors import RepairTooEarly
    from chengxin.casework.tests.conftest import officer
    from chengxin.casework.values import Said, State
    from chengxin.kernel.actor import Actor, Scope
    from chengxin.kernel.clock import now
    from chengxin.publication.queries import facts_of, in_use
    from chengxin.register.queries import states_of

    agent = Actor("agent", "agent", "", {"casework.file": Scope.OWN_SUBJECT}, subject)
    handler = officer("handler", "casework.answer")
    head = officer("head", "casework.decide", "register.end_publication")
    ask, day = (
        {"record_id": record, "said": Said("已改正。"), "by": agent, "book": book},
        plan.ask_on,
    )
    if plan.earliest > today:
        try:
            services.request_repair(on=day - timedelta(days=1), **ask)
        except RepairTooEarly:
            pass
        else:
            return "taken too early"
    number = services.request_repair(on=day, **ask).number
    usual = {"number": number, "on": day, "book": book}
    services.accept(by=handler, **usual)
    services.propose(by=handler, outcome=State.GRANTED, reason="已履行", **usual)
    services.decide(by=head, reason="准予修复", **usual)
    states = states_of([record], on=day, known=now())
    used = in_use(states, book)[record].on(day)
    shown = facts_of([record], on=day, book=book)[record].showing.on(day)
    before = in_use(states_of([record], on=day - timedelta(days=1), known=now()), book)[record]
    if used or shown:
        return "still there on the day"
    gone_before = day > today and not before.on(day - timedelta(days=1))
    return "gone before" if gone_before else ""


def main():
    """A PostgreSQL of its own; exit 1 if any day was not the promised one."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--subjects", type=int, default=10_000)
    asked.add_argument("--granted", type=int, default=1_000)
    given = asked.parse_args()
    home = Path(tempfile.mkdtemp(prefix="chengxin-wayout-"))
    folders = [home]
    atexit.register(lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders])
    os.environ["CHENGXIN_HOME"] = str(home)
    from chengxin.site.embedded import Hold
    from chengxin.site.startup import setup_django

    folders.append(Hold(home, {"fsync": "off", "synchronous_commit": "off"}).place.base)
    setup_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from chengxin.policy.queries import current_rulebook

    today, book, began = date(2026, 11, 24), current_rulebook(), time.process_time()
    made = make(given.subjects, random.Random(20261124), today)
    counts, wrong = prove(made, given.granted, today, book)
    spent = time.process_time() - began
    right = len(made) - len({record for record, _, _ in wrong})
    print(f"{right:,} of {len(made):,} promises kept; {dict(counts)}; {spent:.0f} s CPU")
    for one in wrong[:10]:
        print("  wrong:", *one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
