"""Kill -9 in mid-batch, many times: nothing half-written, nothing lost, nothing doubled.

A home of its own; a real server; a file of 3,000 rows. Submitting and releasing are each killed at
random moments until they have been let through; after every kill the database must hold the batch
whole or not at all. At the end the register holds each decision once and the log is whole.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from samples import write_penalties

ROWS = 3000
KILLS = int(os.environ.get("CHENGXIN_KILLS", "12"))
COMMAND = [sys.executable, "-m", "chengxin.site.cli"]


def main() -> None:
    """Run the proof and print its ledger."""
    home = Path(tempfile.mkdtemp(prefix="chengxin-prove-"))
    os.environ["CHENGXIN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    try:
        run("migrate")
        prepare()
        ledger = prove(home)
        print(json.dumps(ledger, ensure_ascii=False))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def prepare() -> None:
    """Two officers to submit and release."""
    script = (
        "from chengxin.site.startup import setup_django; setup_django()\n"
        "from chengxin.site.commands.seed import open_accounts\n"
        "from pathlib import Path; import os\n"
        "open_accounts(Path(os.environ['CHENGXIN_HOME']))\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def prove(home: Path) -> dict[str, object]:
    """Kill the two verbs at random moments; check after each."""
    file = home / "many.csv"
    write_penalties(file, ROWS)
    dice = random.Random(7)
    submit = ["intake", "submit", str(file), "--item", "penalty", "--unit", "lyg-scjg"]
    submit += ["--as", "clerk", "--json"]
    kills = {"submit": 0, "release": 0}
    for _ in range(KILLS):
        kills["submit"] += killed(submit, dice.uniform(0.8, 5.0))
        batches, rows, _ = held()
        check((batches, rows) in {(0, 0), (1, ROWS)}, f"half a batch: {batches} {rows}")
    run(*submit, codes={0, 1, 2})
    batches, rows, _ = held()
    check((batches, rows) == (1, ROWS), f"lost or doubled: {batches} {rows}")
    release = ["intake", "release", batch_number(), "--as", "reviewer"]
    for _ in range(KILLS):
        kills["release"] += killed(release, dice.uniform(0.8, 6.0))
        records = held()[2]
        check(records in {0, ROWS}, f"half a release: {records}")
    run(*release, codes={0, 1, 2})
    check(held()[2] == ROWS, f"records {held()[2]}")
    log = json.loads(run("log", "verify", "--json"))
    check(log["ok"], f"log broken at {log['first_bad']}")
    return {"rows": ROWS, "kills": kills, "records": held()[2], "log_entries": log["count"]}


def run(*arguments: str, codes: frozenset[int] | set[int] = frozenset({0})) -> str:
    """Run a command to its end; any other exit code ends the proof."""
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    check(done.returncode in codes, f"{arguments}: {done.returncode} {done.stderr[-500:]}")
    return done.stdout


def killed(arguments: list[str], after: float) -> bool:
    """Start a command and kill -9 it after some seconds; whether it was still running."""
    started = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    running = started.poll() is None
    if running:
        os.kill(started.pid, signal.SIGKILL)
    started.wait()
    return running


def held() -> tuple[int, int, int]:
    """Batches, their rows (listed or held in their file) and records."""
    told = "[len(all), sum(sum(counts(one).values()) for one in all), Record.objects.count()]"
    found = json.loads(ask(f"all = list(Batch.objects.all()); print(json.dumps({told}))"))
    return found[0], found[1], found[2]


def batch_number() -> str:
    """The number of the one batch."""
    return ask("print(Batch.objects.get().number)").strip()


def ask(question: str) -> str:
    """Put a question to the database from a process of its own."""
    script = (
        "import json; from chengxin.site.startup import setup_django; setup_django()\n"
        "from chengxin.intake.models import Batch\n"
        "from chengxin.intake.queries import counts\n"
        "from chengxin.register.models import Record\n" + question
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout


def check(holds: object, said: str) -> None:
    """End the proof with a sentence when something does not hold."""
    if not holds:
        raise SystemExit(said)


if __name__ == "__main__":
    main()
