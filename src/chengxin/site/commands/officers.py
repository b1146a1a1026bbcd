"""`chengxin officers`: accounts and tokens, for whoever runs this machine 账号管理."""

import getpass
import sys
from datetime import date

import click

from chengxin.site.commands.parsing import DAY
from chengxin.site.startup import setup_django

VERB = "access.manage"


@click.group()
def officers() -> None:
    """账号 Officers' accounts and machines' tokens. Acts are logged as the system's."""


@officers.command()
@click.argument("login")
@click.option("--name", required=True, help="姓名 Name.")
@click.option("--unit", required=True, help="单位代码 Code of the unit, such as lyg-scjg.")
@click.option("--role", "roles", multiple=True, required=True, help="角色 Role; may be repeated.")
def add(login: str, name: str, unit: str, roles: tuple[str, ...]) -> int:
    """开通账号 Open an account; the password is asked for, or read from standard input."""
    setup_django()
    from chengxin.access.services import register_officer
    from chengxin.kernel.actor import Actor
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    register_officer(
        login=login,
        name=name,
        unit=unit,
        roles=roles,
        password=_password(),
        by=Actor.system(VERB),
        known_roles=book.roles,
        known_units=book.units,
    )
    click.echo(f"已开通 Opened: {login}")
    return 0


@officers.command()
@click.argument("login")
def password(login: str) -> int:
    """重设密码 Set a new password; asked for, or read from standard input."""
    setup_django()
    from chengxin.access.services import change_password
    from chengxin.kernel.actor import Actor

    change_password(login=login, password=_password(), by=Actor.system(VERB))
    click.echo(f"已重设 Changed: {login}")
    return 0


@officers.command()
@click.argument("login")
def close(login: str) -> int:
    """停用账号 Close an account and withdraw its tokens; what it did stays in the log."""
    setup_django()
    from chengxin.access.services import close_account
    from chengxin.kernel.actor import Actor

    close_account(login=login, by=Actor.system(VERB))
    click.echo(f"已停用 Closed: {login}")
    return 0


@officers.command()
@click.argument("login")
@click.option("--label", required=True, help="用途 What the token is for.")
@click.option("--until", type=DAY, required=True, help="有效期至 Last day (YYYY-MM-DD).")
def token(login: str, label: str, until: date) -> int:
    """发放访问令牌 Give a partner's machine a token; it is shown once."""
    setup_django()
    from chengxin.access.services import issue_token
    from chengxin.kernel.actor import Actor

    click.echo(issue_token(login=login, label=label, expires_on=until, by=Actor.system(VERB)))
    return 0


@officers.command("sql-role")
@click.argument("name")
def sql_role(name: str) -> int:
    """数据库管理员 Open a database role that reads subjects by announced looks only; shown once."""
    setup_django()
    from chengxin.kernel.actor import Actor
    from chengxin.rights.services import open_administrator

    click.echo(open_administrator(name=name, by=Actor.system(VERB)))
    return 0


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("密码 Password: ")
    return sys.stdin.readline().rstrip("\n")
