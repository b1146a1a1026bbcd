"""`chengxin bench`: measure this machine with the scripts of the source's `bench/`."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import click

from chengxin.kernel.errors import CreditError

SCRIPTS: Final = Path(__file__).resolve().parents[4] / "bench"


class BenchNotHere(CreditError):
    """The scripts are part of the source, not of the installed package. Facts: script."""

    code = "SITE-BENCH-NOT-HERE"
    zh = "安装包不含性能测量脚本 {script}。请在源码目录中运行 make bench 或 chengxin bench。"
    en = (
        "The installed package has no {script}: run `make bench` or `chengxin bench` in a "
        "checkout of the source."
    )


@click.group()
def bench() -> None:
    """性能测量 Measure on this machine, beside named peers and the machine's own limit."""


@bench.command()
@click.option("--rows", default=200_000, show_default=True, help="行数 Rows of the file.")
@click.option("--organisations", default=600_000, show_default=True, help="主体数 Subjects.")
@click.option("--check-only", is_flag=True, help="只测校验 Only the check, no database.")
def intake(*, rows: int, organisations: int, check_only: bool) -> int:
    """归集 From a file on disk to facts in the register, beside a bare COPY of the same rows.

    只测校验时，与仅读取同一文件及同类库比较。 With --check-only the check alone, beside merely
    reading the file and beside other libraries. A database of its own, gone afterwards.
    """
    if check_only:
        return script("bench_check.py", "--rows", str(rows))
    return script("bench_intake.py", "--rows", str(rows), "--organisations", str(organisations))


@bench.command()
@click.option("--rows", default=1_000_000, show_default=True, help="行数 Rows to match.")
@click.option("--organisations", default=600_000, show_default=True, help="主体数 Subjects.")
def match(*, rows: int, organisations: int) -> int:
    """主体比对 Right and wrong links on a labelled set, speed and memory; no database.

    与仅读取同样的表、与 Polars 直接连接比较。 Beside merely reading the same tables, and beside
    plain joins with Polars.
    """
    return script("bench_match.py", "--rows", str(rows), "--organisations", str(organisations))


def script(name: str, *arguments: str) -> int:
    """Run one script of the source in a process of its own; its exit code.

    Raises: `BenchNotHere` where only the package is installed.
    """
    file = SCRIPTS / name
    if not file.is_file():
        raise BenchNotHere(script=f"bench/{name}")
    return subprocess.run([sys.executable, str(file), *arguments], check=False).returncode  # noqa: S603
