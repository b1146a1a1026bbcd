"""Kill -9 in mid-batch, many times: nothing half-written, nothing lost, nothing doubled.

A home of its own; a real server; a file of 3,000 rows. Submitting and releasing are each killed at
random moments until they have been let through; after every kill the database must hold the batch
whole or not at all. At the end the register holds each decision once and the log is whole.
"""

import csv
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

ROWS = 3000
KILLS = int(os.environ.get("CHENGXIN_KILLS", "12"))
COMMAND = [sys.executable, "-m", "chengxin.site.cli"]
HEADER = (
    "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,"
    "处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,"
    "数据来源单位,数据来源单位统一社会信用代码,送达日期"
)
AUTHORITY = ("连云港市市场监督管理局", "11320700014380016G")


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
    write(file)
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


def write(file: Path) -> None:
    """A file of decisions about distinct sole parties, all clean."""
    from chengxin.kernel.ids import USCC

    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(HEADER.split(","))
        for n in range(ROWS):
            code = USCC.compose("91", "320700", f"MA{n:06d}").text
            lines.writerow(
                [
                    f"连云港证明第{n}有限公司", "法人及非法人组织", code, "证明人",
                    f"连市监罚〔2026〕{n}号",
                    "未按规定公示", "未按规定公示年度报告", "《企业信息公示暂行条例》", "罚款",
                    "罚款壹万元", "1", "2026-06-01", "2099-12-31",
                    *AUTHORITY, *AUTHORITY, "2026-06-02",
                ]
            )  # fmt: skip


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
    """Batches, rows and records in the database."""
    tables = "[table.objects.count() for table in (Batch, Row, Record)]"
    counts = json.loads(ask(f"print(json.dumps({tables}))"))
    return counts[0], counts[1], counts[2]


def batch_number() -> str:
    """The number of the one batch."""
    return ask("print(Batch.objects.get().number)").strip()


def ask(question: str) -> str:
    """Put a question to the database from a process of its own."""
    script = (
        "import json; from chengxin.site.startup import setup_django; setup_django()\n"
        "from chengxin.intake.models import Batch, Row\n"
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
