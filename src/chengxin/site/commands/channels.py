"""`chengxin intake channels`: ways by which departments' data arrives by itself."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django

EMPTY = ("", "null", "~")
AS = click.option("--as", "login", required=True, help="Login of the officer who acts.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
REASON = click.option("--reason", required=True, help="Why 理由; it stays in the history.")


@click.group()
def channels() -> None:
    """归集渠道 Watched folders and pulls from departments' databases.

    `chengxin serve` runs them by their schedules; here they are declared, confirmed and looked at.
    """


@channels.command(name="list")
@AS
@JSON
def list_(login: str, *, as_json: bool) -> int:
    """列出渠道 All channels you may see. Exit 1 if one has trouble or waits for somebody."""
    setup_django()
    from chengxin.intake.services.channels import listing

    found = [listing.status(one) for one in listing.channels(by=actor(login))]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    for one in [] if as_json else found:
        click.echo(_line(one))
    if not found and not as_json:
        click.echo("还没有渠道。 There is no channel yet.")
    return 1 if any(map(_needs_someone, found)) else 0


@channels.command()
@click.argument("code")
@AS
@JSON
def status(code: str, login: str, *, as_json: bool) -> int:
    """渠道状况 How one channel stands. Exit 1 if it has trouble or waits for somebody."""
    setup_django()
    from chengxin.intake.services.channels import listing

    found = listing.status(listing.channel(code, by=actor(login)))
    _tell(found, as_json=as_json)
    return 1 if _needs_someone(found) else 0


@channels.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS
@JSON
def declare(file: Path, login: str, *, as_json: bool) -> int:
    r"""声明渠道 Declare a channel from a YAML or JSON FILE; the same code again is a new version.

    \b
    code: tax-a                     # 代码
    label: A级纳税人表               # 名称
    unit: lyg-swj                   # 报送单位
    item: penalty                   # 目录事项
    kind: postgresql                # folder | postgresql | mysql
    where: {host: db.example, database: tax, user: reader, password_file: tax-a}
    query: SELECT … FROM …          # 一条只读的 SELECT
    cursor: changed_at              # 从哪一列续读，可省略
    mapping: {处罚机关: authority}    # 列 → 数据项，可省略
    schedule: 30m                   # 5m | 2h | 02:30
    answers: wang                   # 责任人的登录名

    A query waits until a second person has confirmed it. Passwords are never in the file.
    """
    setup_django()
    import yaml

    from chengxin.intake.rules.declarations import BadDeclaration, declaration
    from chengxin.intake.services.channels import listing
    from chengxin.intake.services.channels.declaring import declare_channel
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    try:
        given = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError):
        given = None
    if not isinstance(given, Mapping):
        problem = "不是 YAML 或 JSON 的键值表"
        raise BadDeclaration(part=file.name, problem=problem, problem_en="no YAML or JSON mapping")
    if isinstance(mapping := given.get("mapping"), Mapping):
        # Read without guessing types (02:30 is no number), so an empty value comes as its text.
        fields = {name: None if field in EMPTY else field for name, field in mapping.items()}
        given = {**given, "mapping": fields}
    channel = declare_channel(
        declaration=declaration(given), by=actor(login), on=today(), book=current_rulebook()
    )
    _tell(listing.status(channel), as_json=as_json)
    return 0


@channels.command()
@click.argument("code")
@click.option("--digest", default="", help="Digest that was looked at; else it is shown and asked.")
@AS
def confirm(code: str, digest: str, login: str) -> int:
    """确认渠道 Confirm what another person declared; without --digest it is shown and asked."""
    setup_django()
    from chengxin.intake.services.channels import listing
    from chengxin.intake.services.channels.declaring import confirm_channel, digest_of
    from chengxin.kernel.clock import today

    by = actor(login)
    if not digest:
        found = listing.channel(code, by=by)
        click.echo(json.dumps(found.declaration, ensure_ascii=False, indent=2))
        click.confirm("按以上声明运行？ Run it as declared?", abort=True)
        digest = digest_of(found)
    confirm_channel(code=code, digest=digest, by=by, on=today())
    click.echo(f"已确认。 Confirmed: {code}")
    return 0


@channels.command()
@click.argument("code")
@AS
@JSON
def run(code: str, login: str, *, as_json: bool) -> int:
    """立即运行 Run once, now. Exit 1 if it failed or a delivery waits for an answer."""
    setup_django()
    from chengxin.intake.services.channels import listing
    from chengxin.intake.services.channels.running import run_channel
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    channel = run_channel(code=code, by=actor(login), on=today(), book=current_rulebook())
    found = listing.status(channel)
    _tell(found, as_json=as_json)
    return 1 if _needs_someone(found) else 0


@channels.command()
@click.argument("code")
@REASON
@AS
def pause(code: str, reason: str, login: str) -> int:
    """暂停 Stop a channel for the time being."""
    return _act("pause_channel", code, login, reason=reason)


@channels.command()
@click.argument("code")
@AS
def resume(code: str, login: str) -> int:
    """恢复 Let a paused channel go on."""
    return _act("resume_channel", code, login)


@channels.command()
@click.argument("code")
@REASON
@AS
def reread(code: str, reason: str, login: str) -> int:
    """重新读取 Read a table again from its start; nothing is doubled."""
    return _act("reread_channel", code, login, reason=reason)


@channels.command()
@click.argument("code")
@REASON
@AS
def close(code: str, reason: str, login: str) -> int:
    """关闭 End a channel for good."""
    return _act("close_channel", code, login, reason=reason)


def _act(verb: str, code: str, login: str, **more: str) -> int:
    setup_django()
    from chengxin.intake.services.channels import declaring, listing
    from chengxin.kernel.clock import today

    channel = getattr(declaring, verb)(code=code, by=actor(login), on=today(), **more)
    click.echo(_line(listing.status(channel)))
    return 0


def _needs_someone(found: Mapping[str, Any]) -> bool:
    waits = found["problem"] or found["questions"] or found["overdue"]
    return bool(waits) or found["state"] == "proposed"


def _line(found: Mapping[str, Any]) -> str:
    last = found["last_delivery"]
    told = f"{last['state_label']} {last['filename']} {last['batch']}" if last else "—"
    return (
        f"{found['channel']}  {found['label']}  {found['unit']}  {found['kind']}  "
        f"{found['state_label']} {found['state']}；下次 next {found['next_run_at'] or '—'}；"
        f"最近 last {told}"
    )


def _tell(found: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(_line(found))
    click.echo(f"  版本 version {found['version']}  声明摘要 digest {found['digest']}")
    click.echo(
        f"  读至 read up to {found['read_up_to'] or '—'}；待答 questions {found['questions']}"
    )
    if problem := found["problem"]:
        click.echo(f"  [{problem['code']}] {problem['message_zh']}\n  {problem['message_en']}")
    if found["overdue"]:
        click.echo("  到期未运行，任务进程可能没有启动。 It is overdue: is the worker running?")
