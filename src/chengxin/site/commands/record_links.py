"""`chengxin record undo | not-me`: what happens to a link afterwards."""

import json
from uuid import UUID

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django


@click.command()
@click.argument("record_id", metavar="ID")
@click.option("--reason", required=True, help="Why the link is undone 理由.")
@click.option("--as", "login", required=True, help="Login of another officer than who linked it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def undo(record_id: str, reason: str, login: str, *, as_json: bool) -> int:
    """撤销关联 Undo whose a record is held to be; its row waits for a person again."""
    setup_django()
    from chengxin.intake.services import undo_match
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    row = undo_match(
        record_id=_identity(record_id),
        reason=reason,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    answer = {
        "record": record_id,
        "batch": row.batch.number,
        "row": row.number,
        "state": row.state,
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"已撤销关联，批次 {row.batch.number} 第 {row.number} 行等待认定。")
        click.echo(f"Link undone; row {row.number} of batch {row.batch.number} waits for a person.")
    return 0


@click.command(name="not-me")
@click.argument("record_id", metavar="ID")
@click.option("--for", "on_behalf_of", required=True, help="Who speaks for the subject 由谁提出.")
@click.option("--statement", required=True, help="What the subject says; kept sealed 陈述.")
@click.option("--as", "login", required=True, help="Login of the officer who takes it in 受理人.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def not_me(record_id: str, on_behalf_of: str, statement: str, login: str, *, as_json: bool) -> int:
    """“不是我” A subject says a record is not about it: hidden at once, and a case is opened."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.register.services import open_case

    case = open_case(
        record_id=_identity(record_id),
        on_behalf_of=on_behalf_of,
        statement=statement,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    due = case.due_on.isoformat() if case.due_on else None
    answer = {"case": case.number, "record": record_id, "hidden": case.suspends, "due_on": due}
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"已立案 {case.number}，期限 {due or '—'}。")
        click.echo(f"Case {case.number} opened, due {due or '—'}.")
    return 0


def _identity(text: str) -> UUID:
    from chengxin.register.errors import UnknownRecord

    try:
        return UUID(text)
    except ValueError:
        raise UnknownRecord(asked=text) from None
