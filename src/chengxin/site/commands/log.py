"""`chengxin log`: the log of acts 审计日志."""

import dataclasses
import json

import click

from chengxin.site.startup import setup_django


@click.group()
def log() -> None:
    """审计日志 The append-only log of acts."""


@log.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(*, as_json: bool) -> int:
    """验证全部日志 Walk the whole chain; exit 1 if an entry is missing or altered."""
    setup_django()
    from chengxin.audit import queries

    found = queries.verify()
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
    elif found.ok:
        click.echo(f"日志完整：{found.count} 条，链尾 {found.root}。")
        click.echo(f"The log is whole: {found.count} entries, root {found.root}.")
    else:
        click.echo(f"日志不完整，第 {found.first_bad} 条：{found.reason_zh}")
        click.echo(f"The log is broken at entry {found.first_bad}: {found.reason_en}")
    return 0 if found.ok else 1
