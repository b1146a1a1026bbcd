"""One new record, and every evaluation it may change made anew, out of a real register.

    CHENGXIN_HOME=… python bench/bench_follow.py [RUNS]      default 20

Over whatever register the home holds (`chengxin seed` makes one). Each run appends a penalty about
another organisation, notes it in the log, and follows: log read on, records gathered, judged by
every model that reads the item, snapshots written. Rolled back at the end; nothing stays. Times are
CPU milliseconds of this process (the database's own are in the wall time), least, median and most.
Prints one JSON object.
"""

import json
import statistics
import sys
import time
from uuid import uuid4

from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now, today
from chengxin.kernel.uuids import part_of, time_ordered
from chengxin.site.startup import setup_django


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    setup_django()
    from django.db import transaction

    from chengxin.evaluation.models import Evaluation
    from chengxin.evaluation.services import follow
    from chengxin.policy.queries import current_rulebook
    from chengxin.register.models import Record

    book, by = current_rulebook(), Actor.system("evaluation.run")
    with transaction.atomic():
        follow(by=by, on=today(), book=book)  # whatever waited before
        rows = Record.objects.filter(item="penalty").exclude(subject_kind="natural_person")
        about = list(rows.values_list("subject", "subject_kind").distinct()[:runs])
        cpu, wall, held, anew = [], [], [], []
        for subject, kind in about:
            _append(subject, kind, book.edition)
            began = time.process_time(), time.perf_counter()
            found = follow(by=by, on=today(), book=book)
            cpu.append((time.process_time() - began[0]) * 1000)
            wall.append((time.perf_counter() - began[1]) * 1000)
            held.append(Record.objects.filter(subject=subject).count())
            anew.append(found.evaluated)
        told = {
            "records_in_register": Record.objects.count(),
            "evaluations_kept": Evaluation.objects.count(),
            "runs": len(about),
            "records_of_each": _spread(held),
            "models_asked": _spread(anew),
            "cpu_ms": _spread(cpu),
            "wall_ms": _spread(wall),
        }
        transaction.set_rollback(True)
    print(json.dumps(told, indent=1))


def _append(subject: object, kind: str, edition: str) -> None:
    from chengxin.audit.services import note
    from chengxin.notices.services import post_many
    from chengxin.notices.values import Draft
    from chengxin.register.services import append
    from chengxin.register.values import NewRecord

    batch = time_ordered(now())
    number = f"测〔2026〕{uuid4().hex[:8]}号"
    new = NewRecord(
        item="penalty",
        subject=subject,
        subject_kind=kind,
        unit="lyg-sthj",
        natural_key=sha256_hex(number.encode()),
        adverse=True,
        disclosure="public",
        decided_on=today(),
        document_number=number,
        facts={"penalty_kind": "fine", "severity": "serious"},
        personal={},
        basis="测试",
        batch=batch,
        row=1,
        file_sha256="ab" * 32,
        id=part_of(batch, 1),
    )
    release = Actor.system("intake.release")
    append(new=[new], by=release, edition=edition)
    post_many([Draft(new.id, subject, "recorded", True, today(), "测试")])
    note(by=release, verb="intake.release", target=f"batch:{batch}")


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "least": round(min(values), 1),
        "median": round(statistics.median(values), 1),
        "most": round(max(values), 1),
    }


if __name__ == "__main__":
    main()
