"""`chengxin evaluate serve|object|confirm|drop`: what happens to a worse grade."""

import json
from datetime import date
from typing import Any
from uuid import UUID

import click

from chengxin.site.commands.acting import actor
from chengxin.site.commands.parsing import DAY
from chengxin.site.startup import setup_django

NUMBER = click.argument("number", metavar="ID")
AS = click.option("--as", "login", required=True, help="Login of an officer of the deciding unit.")
REASON = click.option("--reason", required=True, help="理由 Why; told to the subject.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")


@click.command()
@NUMBER
@click.option("--served-on", type=DAY, required=True, help="送达日 The day of service.")
@AS
@AS_JSON
def serve(number: str, served_on: date, login: str, *, as_json: bool) -> int:
    """登记送达 Note that a worse grade was told to its subject, with proof of service."""
    return _done("serve", number, login, as_json=as_json, served_on=served_on)


@click.command("object")
@NUMBER
@click.option("--text", required=True, help="异议内容 What the subject says; kept sealed.")
@AS
@AS_JSON
def object_to(number: str, text: str, login: str, *, as_json: bool) -> int:
    """受理异议 Take in the subject's objection within its time."""
    return _done("object_to", number, login, as_json=as_json, text=text)


@click.command()
@NUMBER
@REASON
@AS
@AS_JSON
def confirm(number: str, reason: str, login: str, *, as_json: bool) -> int:
    """认定 A named official confirms a worse grade; from today it counts."""
    return _done("confirm", number, login, as_json=as_json, reason=reason)


@click.command()
@NUMBER
@REASON
@AS
@AS_JSON
def drop(number: str, reason: str, login: str, *, as_json: bool) -> int:
    """不予认定 A named official does not confirm it; what was in effect stays."""
    return _done("drop", number, login, as_json=as_json, reason=reason)


def _done(verb: str, number: str, login: str, *, as_json: bool, **given: Any) -> int:
    setup_django()
    from chengxin.evaluation import queries, services
    from chengxin.evaluation.errors import UnknownEvaluation
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    try:
        identity = UUID(number)
    except ValueError:
        raise UnknownEvaluation(asked=number) from None
    book = current_rulebook()
    by = actor(login)
    getattr(services, verb)(evaluation_id=identity, by=by, on=today(), book=book, **given)
    (now,) = queries.standings([queries.evaluation(identity)], book=book)
    until = now.objection_until.isoformat() if now.objection_until else None
    if as_json:
        answer = {"id": number, "state": now.state.value, "objection_until": until}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0
    click.echo(f"{number}：{now.state.value}；异议期至 objections until {until or '—'}")
    return 0
