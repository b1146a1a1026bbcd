"""`chengxin migrate`: bring the database up to date 更新数据库结构."""

import json

import click

from chengxin.site.startup import setup_django


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def migrate(*, as_json: bool) -> None:
    """更新数据库结构 Bring the database up to date; does nothing if it is."""
    setup_django()
    from chengxin.site.editions import keep_current_edition
    from chengxin.site.fitness import check_database
    from chengxin.site.migration import apply_migrations

    server = check_database()
    applied = apply_migrations()
    keep_current_edition()
    if as_json:
        click.echo(json.dumps({"server": server, "applied": applied}, ensure_ascii=False))
    elif applied:
        click.echo(f"已更新 {len(applied)} 项。 {len(applied)} migrations applied.")
    else:
        click.echo("数据库已是最新。 The database is up to date.")
