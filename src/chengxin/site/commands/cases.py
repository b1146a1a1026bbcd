"""`chengxin cases`: checks of whose a record is 核查案件."""

import json
from typing import Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django


@click.group()
def cases() -> None:
    """核查案件 Cases of subjects who say a record is not about them."""


@cases.command(name="list")
@click.option("--state", default="open", type=click.Choice(["open", "upheld", "not_upheld", "all"]))
@click.option("--as", "login", required=True, help="Login of an officer who may decide cases.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per case.")
def list_cases(state: str, login: str, *, as_json: bool) -> int:
    """列出案件 The cases of a state, the longest waiting first. Exit 1 if one is overdue."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.register import queries

    found = queries.cases(by=actor(login))
    overdue = False
    for case in found if state == "all" else found.filter(state=state):
        late = case.state == "open" and case.due_on is not None and case.due_on < today()
        overdue = overdue or late
        _tell(_plain(case) | {"overdue": late}, as_json=as_json)
    return 1 if overdue else 0


@cases.command()
@click.argument("number", metavar="CASE")
@click.option("--upheld/--not-upheld", required=True, help="属实，撤销关联 / 不属实，维持关联.")
@click.option("--reason", required=True, help="Why 理由; told to the subject.")
@click.option("--as", "login", required=True, help="Login of who decides: not who took it in.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def decide(number: str, upheld: bool, reason: str, login: str, *, as_json: bool) -> int:  # noqa: FBT001 – click gives it
    """决定 Decide a case: upheld, the link is undone; else the record shows again."""
    setup_django()
    from chengxin.intake.services import decide_case
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.register import queries

    by = actor(login)
    row = decide_case(
        number=number, upheld=upheld, reason=reason, by=by, on=today(), book=current_rulebook()
    )
    waits = {"batch": row.batch.number, "row": row.number} if row else None
    _tell(_plain(queries.case(number, by=by)) | {"row_waiting": waits}, as_json=as_json)
    return 0


def _plain(case: Any) -> dict[str, Any]:
    return {
        "case": case.number,
        "record": str(case.record_id),
        "unit": case.unit,
        "state": case.state,
        "hidden": case.suspends and case.state == "open",
        "opened_at": case.opened_at.isoformat(),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "reason": case.reason,
    }


def _tell(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    due = answer["due_on"] or "—"
    click.echo(
        f"{answer['case']}  {answer['state']:10}  {due}  {answer['unit']}  {answer['record']}"
    )
