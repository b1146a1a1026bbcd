"""`chengxin reports`: many at once, what no longer stands, and the keys they are signed with."""

import json
import os
from datetime import date
from pathlib import Path

import click

from chengxin.site.commands.parsing import DAY
from chengxin.site.startup import setup_django

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
KEYS = ("reports-signer", "reports-stamper", "reports-attester")


@click.group()
def reports() -> None:
    """信用报告的批量出具、撤回、状态列表和密钥 Reports in batches, withdrawal, status, keys."""


@reports.command()
@click.argument("file", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="Folder for the PDFs 输出文件夹.")
@click.option("--on", type=DAY, help="As public on this day 信息截止日期; default today.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh")
@click.option("--purpose", default="", help="What they are wanted for 用途, kept in the log.")
def batch(file: Path, out: Path, on: date | None, language: str, purpose: str) -> int:
    """批量出具 A report for every code of a text file, one a line; each in its own PDF.

    Prints a JSON line for each. A code nothing public answers to is said and skipped: exit 1.
    """
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.kernel.errors import CreditError
    from chengxin.policy.queries import current_rulebook
    from chengxin.reports.errors import NoSuchOrganisation
    from chengxin.reports.services import PUBLIC, issue
    from chengxin.subjects.queries import by_code

    out.mkdir(parents=True, exist_ok=True)
    failed = 0
    book = current_rulebook()
    for code in dict.fromkeys(file.read_text(encoding="utf-8-sig").split()):
        try:
            found = by_code(code)
            if found is None:
                raise NoSuchOrganisation(asked=code)
            issued = issue(
                subject=found.id,
                on=on or today(),
                by=PUBLIC,
                book=book,
                purpose=purpose,
                language=language,
            )
        except CreditError as error:
            failed += 1
            click.echo(json.dumps({"asked": code, "error": error.as_json()}, ensure_ascii=False))
            continue
        name = f"{found.code}_{issued.report.number}.pdf"
        (out / name).write_bytes(issued.pdf)
        line = {"asked": code, "file": name, "code": issued.content.code}
        click.echo(json.dumps(line, ensure_ascii=False))
    return 1 if failed else 0


@reports.command("status")
@click.argument("month", metavar="YYYYMM")
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the list 输出文件.")
def status_list(month: str, out: Path) -> int:
    """签发状态列表 The signed list of a month's reports that no longer stand, to carry offline."""
    setup_django()
    from chengxin.policy.queries import current_rulebook
    from chengxin.reports import services

    token = services.status_list(month, book=current_rulebook())
    out.write_text(token, encoding="ascii")
    click.echo(f"{out}: {len(token)} bytes")
    return 0


@reports.command()
@click.argument("code")
@click.option("--reason", required=True, help="Why 理由; it goes into the log.")
@click.option("--as", "login", required=True, help="The officer 经办人.")
def withdraw(code: str, reason: str, login: str) -> int:
    """撤回报告 Take a report back by its verification code; every check says so from then on."""
    setup_django()
    from chengxin.kernel.clock import now
    from chengxin.reports import services
    from chengxin.reports.errors import NoSuchReport
    from chengxin.reports.queries import by_code
    from chengxin.site.commands.acting import actor

    found = by_code(code)
    if found is None:
        raise NoSuchReport(code=code)
    made = services.withdraw(report=found, reason=reason, by=actor(login), at=now())
    click.echo(f"{found.number}: {made.withdrawn_at.isoformat()}")
    return 0


@reports.command("holder-key")
@click.option("--out", type=NEW_FILE, required=True, help="The private key 私钥文件 (PEM).")
def holder_key(out: Path) -> int:
    """生成持有者密钥 Make the key a credential is bound to; prints the public part (JWK)."""
    from chengxin.reports.rules.holders import make_key

    key, public = make_key()
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
    click.echo(json.dumps(public))
    return 0


@reports.command()
@click.argument("uscc")
@click.option("--domain", "domains", multiple=True, required=True, help="领域, may be repeated.")
@click.option("--months", type=int, required=True, help="Period up to today 查询期间（月）.")
@click.option(
    "--holder", type=FILE, required=True, help="The holder's public key 持有者公钥 (JWK)."
)
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the credential 凭证.")
@click.option("--as", "login", required=True, help="The officer who checked the agent 经办人.")
def credential(
    uscc: str, domains: tuple[str, ...], months: int, holder: Path, out: Path, login: str
) -> int:
    """签发专项信用凭证（信用代证） A special report its holder shows piece by piece (SD-JWT VC).

    The officer has checked that the key belongs to the organisation's agent.
    """
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.reports import services
    from chengxin.reports.errors import BadHolderKey, NoSuchOrganisation
    from chengxin.site.commands.acting import actor
    from chengxin.subjects.queries import by_code

    found = by_code(uscc)
    if found is None:
        raise NoSuchOrganisation(asked=uscc)
    try:
        key = json.loads(holder.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BadHolderKey from fault
    issued = services.issue_credential(
        subject=found.id,
        domains=domains,
        months=months,
        holder=key,
        on=today(),
        by=actor(login),
        book=current_rulebook(),
    )
    out.write_text(issued.credential, encoding="ascii")
    for name, claim in issued.claims.items():
        click.echo(f"{name}: {claim['zh']}")
    return 0


@reports.command()
@click.argument("file", type=FILE)
@click.option(
    "--show", multiple=True, required=True, help="A claim to show 出示项, may be repeated."
)
@click.option("--audience", required=True, help="Who it is shown to 出示对象.")
@click.option("--nonce", required=True, help="The reader's number for this check 随机数.")
@click.option("--key", type=FILE, required=True, help="The holder's private key 私钥 (PEM).")
@click.option("--out", type=NEW_FILE, required=True, help="Where to write it 输出文件.")
def present(
    file: Path, show: tuple[str, ...], audience: str, nonce: str, key: Path, out: Path
) -> int:
    """出示凭证 Show chosen claims of a credential to one reader, once; no network, no database."""
    from chengxin.kernel.clock import now
    from chengxin.reports.rules.credentials import present as show_to
    from chengxin.reports.rules.holders import read_key

    shown = show_to(
        file.read_text(encoding="ascii"),
        show,
        audience=audience,
        nonce=nonce,
        at=now(),
        key=read_key(key.read_bytes()),
    )
    out.write_text(shown, encoding="ascii")
    click.echo(f"{out}: {len(shown)} bytes")
    return 0


@reports.command("revoke-key")
@click.argument("key", type=click.Choice(KEYS))
@click.option("--as", "login", required=True, help="The officer 经办人.")
def revoke_key(key: str, login: str) -> int:
    """吊销密钥 Revoke a key that may be in wrong hands, and make another; then restart the site.

    Needs the private key of the authority in the keys folder.
    """
    setup_django()
    from chengxin.kernel.clock import now
    from chengxin.policy.queries import current_rulebook
    from chengxin.reports import services
    from chengxin.reports.rules.authorities import Role
    from chengxin.site.commands.acting import actor

    book, by = current_rulebook(), actor(login)
    services.revoke_key(role=Role(key), by=by, at=now(), book=book)
    click.echo(f"{key}: revoked, and another made")
    return 0
