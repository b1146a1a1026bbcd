"""Random histories, each served and replayed byte for byte, on a PostgreSQL of its own.

CHENGXIN_HISTORIES (default 3) and CHENGXIN_STEPS (default 60) change the numbers. Exit 1 if any
answer ever served is not given back exactly.
"""

import atexit
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

HISTORIES = int(os.environ.get("CHENGXIN_HISTORIES", "3"))
STEPS = int(os.environ.get("CHENGXIN_STEPS", "60"))
SEED = 20261124


def main() -> int:
    """Every history in a transaction that is rolled back."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-prove-replay-"))
    (home / "static").mkdir()  # the site looks for it
    folders = [home]
    atexit.register(lambda: [shutil.rmtree(one, ignore_errors=True) for one in folders])
    os.environ |= {"CHENGXIN_HOME": str(home), "CHENGXIN_RULEBOOK": str(home / "rulebook")}
    shutil.copytree(Path(__file__).resolve().parents[1] / "rulebook", home / "rulebook")
    from chengxin.site.embedded import Hold

    folders.append(Hold(home, {"fsync": "off", "synchronous_commit": "off"}).place.base)
    return _told(home / "rulebook")


def _told(rulebook: Path) -> int:
    from chengxin.site.startup import setup_django

    setup_django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from chengxin.replay.tests.histories import History

    wrong = asked = 0
    done = Counter[str]()
    for number in range(HISTORIES):
        with transaction.atomic():
            told = History(random.Random(SEED + number), rulebook).begin()
            for _ in range(STEPS):
                told.step()
                told.ask()
            wrong += len(told.differing())
            asked, done = asked + len(told.served), done + Counter(told.done)
            transaction.set_rollback(True)
    print(
        f"{HISTORIES} histories, {asked} answers served and replayed, {wrong} differ; {dict(done)}"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
