"""`chengxin rulebook editions`: the editions this database has worked with."""

import json

import click

from chengxin.kernel.zone import SHANGHAI
from chengxin.site.startup import setup_django


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def editions(*, as_json: bool) -> None:
    r"""本库用过的规则库版本 The editions this database has worked with, and from when to when.

    \b
    --json  {"editions":[{"edition","since","until"}]}; until null: in use now
    """
    setup_django()
    from chengxin.policy.queries.kept import editions as kept

    found = [
        {
            "edition": one.edition,
            "since": one.since.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "until": one.until.astimezone(SHANGHAI).isoformat(timespec="seconds")
            if one.until
            else None,
        }
        for one in kept()
    ]
    if as_json:
        click.echo(json.dumps({"editions": found}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one['edition']}  {one['since']} – {one['until'] or '现用 in use'}")
    if not found:
        click.echo("本库尚未留存版本。 This database has kept no edition yet.")
