"""`chengxin report` and `chengxin verify`: issue a credit report, and check one anywhere."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from chengxin.site.commands.parsing import DAY
from chengxin.site.environment import Environment
from chengxin.site.startup import setup_django

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
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


@click.command()
@click.argument("file", type=FILE)
@click.option("--ca", type=FILE, help="Certificate of the issuing authority 签名根证书 (PEM, DER).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(file: Path, ca: Path | None, *, as_json: bool) -> int:
    """核验报告文件 Check that a report was issued here and not changed; no network, no database.

    Exit 0 when valid, 1 when not. Without --ca the certificate of this installation is used.
    """
    from chengxin.reports.rules.authorities import AUTHORITY_FILE, read_certificate
    from chengxin.reports.rules.verification import examine

    trusted = read_certificate(ca or Environment.read().keys / AUTHORITY_FILE)
    found = examine(file.read_bytes(), authority=trusted)
    answer = asdict(found) | {
        "file": str(file),
        "valid": found.valid,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "issued_at": found.issued_at.isoformat() if found.issued_at else None,
    }
    answer.pop("content")
    _say(answer, as_json=as_json)
    return 0 if found.valid else 1


def _say(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        if value not in ("", None):
            click.echo(f"{name}: {value}")
