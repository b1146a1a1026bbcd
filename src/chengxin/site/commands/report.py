"""`chengxin report`: issue a credit report."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from chengxin.site.commands.parsing import DAY
from chengxin.site.startup import setup_django

NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("uscc", metavar="USCC")
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the PDF 输出文件.")
@click.option("--on", type=DAY, help="As public on this day 信息截止日期; default today.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--as", "login", default="", help="The officer 经办人; default the public.")
@click.option("--purpose", default="", help="What it is wanted for 用途, kept in the log.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def report(
    uscc: str,
    out: Path,
    on: date | None,
    language: str,
    login: str,
    purpose: str,
    *,
    as_json: bool,
) -> int:
    """出具法人和非法人组织的公共信用信息报告 Issue the report of an organisation as PDF.

    Natural persons have no public report: exit 2 says no organisation answers to the code.
    """
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.reports.errors import NoSuchOrganisation
    from chengxin.reports.services import PUBLIC, issue
    from chengxin.site.commands.acting import actor
    from chengxin.subjects.queries import by_code

    found = by_code(uscc)
    if found is None:
        raise NoSuchOrganisation(asked=uscc)
    issued = issue(
        subject=found.id,
        on=on or today(),
        by=actor(login) if login else PUBLIC,
        book=current_rulebook(),
        purpose=purpose,
        language=language,
    )
    out.write_bytes(issued.pdf)
    made = issued.report
    answer = {
        "file": str(out),
        "number": made.number,
        "code": issued.content.code,
        "subject": made.public_name,
        "as_of": made.as_of.isoformat(),
        "issued_at": issued.content.generated_at.isoformat(),
        "facts": made.facts,
        "bytes": len(issued.pdf),
        "sha256": made.sha256,
        "edition": made.edition,
        "verify_url": issued.content.verify_url,
    }
    _say(answer, as_json=as_json)
    return 0


def _say(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        if value not in ("", None):
            click.echo(f"{name}: {value}")
