"""`chengxin doctor`: how the house is 运行状况."""

import json

import click

from chengxin.site.startup import setup_django


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(*, as_json: bool) -> int:
    """运行状况 What runs, versions, disk, pending migrations, last log root; exit 1 on findings."""
    environment = setup_django()
    from chengxin.site.examination import examine

    state = examine(environment)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False, default=str))
        return 1 if state["findings"] else 0
    for name, value in state.items():
        if name != "findings":
            click.echo(f"{name:<20} {value}")
    for finding in state["findings"]:
        click.echo(f"! {finding['message_zh']} {finding['message_en']}")
    if not state["findings"]:
        click.echo("一切正常。 All is well.")
    return 1 if state["findings"] else 0
