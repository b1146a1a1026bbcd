"""`chengxin intake accept | export-faults`: bad rows mended here, or taken away to be mended."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django


@click.command()
@click.argument("number", metavar="BATCH")
@click.option("--code", default="", help="Only faults of this code, such as INTAKE-REQUIRED.")
@click.option("--field", default="", help="Only this field, such as valid_until.")
@click.option("--line", "lines", type=int, multiple=True, help="Only this line; may be repeated.")
@click.option("--as", "login", required=True, help="Login of an officer who may submit 经办人.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def accept(
    number: str, code: str, field: str, lines: tuple[int, ...], login: str, *, as_json: bool
) -> int:
    """采纳建议 Accept what is proposed for bad rows. Exit 1 if some are still faulty."""
    setup_django()
    from chengxin.intake.services import accept_proposals
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    done = accept_proposals(
        number=number,
        code=code,
        field=field,
        lines=lines,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    if as_json:
        click.echo(json.dumps(asdict(done)))
    else:
        click.echo(
            f"采纳 {done.cells} 处；{done.passed} 行已通过，{done.still_faulty} 行仍有误。 "
            f"{done.cells} cells accepted: {done.passed} rows pass, {done.still_faulty} do not yet."
        )
    return 1 if done.still_faulty else 0


@click.command(name="export-faults")
@click.argument("number", metavar="BATCH")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; by default to-mend-BATCH.xlsx here.",
)
@click.option("--as", "login", required=True, help="Login of an officer who may submit 经办人.")
def export_faults(number: str, out: Path | None, login: str) -> int:
    """待改文件 The bad rows as .xlsx, each fault a comment on its cell; mend and submit it."""
    setup_django()
    from chengxin.intake.services import export_faults as export

    data = export(number=number, by=actor(login))
    target = out or Path(f"to-mend-{number}.xlsx")
    target.write_bytes(data)
    click.echo(
        f"已写入 {target}：改好后直接提交该文件即可，只含待改的行。 "
        f"Written to {target}: mend it and submit it; only the bad rows are in it."
    )
    return 0
