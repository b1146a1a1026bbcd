"""`chengxin city make`: the synthetic city, written to a folder. No database."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from chengxin.city.services import AS_OF, City, Progress, make_city
from chengxin.site.commands.parsing import DAY


@click.group()
def city() -> None:
    """合成城市 A made-up city to try and to measure the platform with."""


@city.command("make")
@click.option("--seed", default=1, show_default=True, help="随机种子 Same seed, same bytes.")
@click.option("--organisations", default=2000, show_default=True, help="主体数 How many.")
@click.option("--records", default=20000, show_default=True, help="记录数 Permits and penalties.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="空目录 Empty folder.")
@click.option("--as-of", type=DAY, default=AS_OF, show_default=True, help="截止日 Last day told.")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象 Print one JSON object.")
def make_command(
    *, seed: int, organisations: int, records: int, out: Path, as_of: date, as_json: bool
) -> None:
    """生成一座合成城市 Make a synthetic city: organisations, people, files and their truth.

    全部虚构；同样的参数和规则库在任何机器上得到逐字节相同的结果（manifest.json 含摘要）。
    Everything is invented. The folder is described in docs/reference/city.md.
    """
    started = time.perf_counter()
    with _progress(organisations + records, shown=sys.stderr.isatty()) as progress:
        made = make_city(
            seed=seed,
            organisations=organisations,
            records=records,
            out=out,
            as_of=as_of,
            progress=progress,
        )
    seconds = time.perf_counter() - started
    click.echo(_json(made, seconds) if as_json else _text(made, out, seconds))


@contextmanager
def _progress(length: int, *, shown: bool) -> Iterator[Progress]:
    if not shown:
        yield lambda _: None
        return
    with click.progressbar(length=length, label="合成 Making", file=sys.stderr) as bar:
        yield bar.update


def _json(made: City, seconds: float) -> str:
    told = {
        "digest": made.digest,
        "counts": made.counts,
        "seconds": round(seconds, 2),
        "rows_per_second": round(made.counts["rows"] / seconds),
    }
    return json.dumps(told, ensure_ascii=False)


def _text(made: City, out: Path, seconds: float) -> str:
    counts = made.counts
    return (
        f"{out}：主体 organisations {counts['organisations']}，人员 persons {counts['persons']}，"
        f"文件 files {counts['files']}，数据行 rows {counts['rows']}\n"
        f"摘要 digest {made.digest}\n"
        f"{seconds:.1f} s，每秒 {counts['rows'] / seconds:.0f} 行 rows per second"
    )
