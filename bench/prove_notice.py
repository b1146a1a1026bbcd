"""No notice, no effect: a million orders of events against the rules, a million against PostgreSQL.

The orders are random: any acts by anyone on any day with any facts missing. An oracle that knows
only what the law demands looks at every outcome. The database part throws random verbs and raw
INSERTs by the owner of the tables at a PostgreSQL of its own, and asks in SQL for an effect that
lacks its notice, reasons, remedy, official or waiting time; then a million orders of raw INSERTs
inside the server (`storm`). CHENGXIN_ORDERS, CHENGXIN_ORDERS_STORED and CHENGXIN_ORDERS_RAW change
the numbers. Exit 1 if anything unlawful was let through.
"""

import atexit
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ORDERS = int(os.environ.get("CHENGXIN_ORDERS", "1000000"))
STORED = int(os.environ.get("CHENGXIN_ORDERS_STORED", "2000"))
RAW = int(os.environ.get("CHENGXIN_ORDERS_RAW", "1000000"))
SEED = 20261124


def pure() -> int:
    """The rules; how many outcomes were unlawful."""
    from chengxin.measures.tests.orders import (
        any_imposition,
        any_order,
        follow,
        wrong,
        wrongly_imposed,
    )

    dice, states, bad, began = random.Random(SEED), Counter[str](), 0, time.process_time()
    for _ in range(ORDERS):
        life, kept = follow(any_order(dice))
        states[life.state.value] += 1
        bad += bool(wrong(life, kept)) + wrongly_imposed(any_imposition(dice))
    spent = time.process_time() - began
    print(f"rules: {ORDERS:,} orders, {bad} unlawful, {spent:.0f} s CPU; ended as {dict(states)}")
    return bad


def stored(home: Path, folders: list[Path]) -> int:
    """The database; how many unlawful rows it ever held."""
    os.environ["CHENGXIN_HOME"] = str(home)
    from chengxin.site.embedded import Hold
    from chengxin.site.startup import setup_django

    folders.append(Hold(home, {"fsync": "off", "synchronous_commit": "off"}).place.base)
    setup_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return _thrown() + _stormed()


def _stormed() -> int:
    from django.db import connection
    from storm import throw

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.24)")
        found = throw(cursor, RAW)
    spent = time.perf_counter() - began
    bad: int = found.pop("unlawful")
    print(f"raw SQL: {RAW:,} orders, {bad} unlawful, {spent:.0f} s; {found}")
    return bad


def _thrown() -> int:
    from chengxin.kernel.clock import today
    from chengxin.measures.tests.conftest import CLERK_MAY, HEAD_MAY, Case, officer
    from chengxin.measures.tests.throwing import throw, unlawful_rows
    from chengxin.policy.queries import current_rulebook
    from chengxin.web.tests.samples import PORT, append_fact, import_city

    subject = import_city()[PORT]
    evidence = append_fact(subject, "penalty", severity="serious")
    who = officer("clerk", *CLERK_MAY), officer("head", *HEAD_MAY)
    case = Case(current_rulebook(), *who, subject, evidence, today())
    dice, kinds, bad, began = random.Random(SEED), Counter[str](), 0, time.process_time()
    for _ in range(STORED):
        kinds.update(throw(case, dice, steps=14))
        bad += unlawful_rows()
    spent = time.process_time() - began
    print(
        f"database: {STORED:,} orders of 14 acts, {bad} unlawful, {spent:.0f} s CPU; {dict(kinds)}"
    )
    return bad


def main() -> int:
    """Both parts; what they needed is removed after the server has stopped at the very end."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-notice-"))
    folders = [home]
    atexit.register(lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders])
    return 1 if pure() + stored(home, folders) else 0


if __name__ == "__main__":
    sys.exit(main())
