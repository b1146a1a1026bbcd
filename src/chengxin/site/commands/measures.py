"""`chengxin measures`: the measures of the rulebook, and those of a unit 措施."""

from typing import Any

import click

from chengxin.kernel.clock import today
from chengxin.site.commands.acting import actor
from chengxin.site.commands.lists import AS, AS_JSON, REASON, tell
from chengxin.site.startup import setup_django

MEASURE = click.argument("measure", type=click.UUID)


@click.group()
def measures() -> None:
    """措施 Measures of the rulebook; proposed, imposed, carried out."""


@measures.command("rules")
@AS_JSON
def rules_command(*, as_json: bool) -> int:
    """列出规则库中的措施 Measures: object, law, executing units, lists."""
    from chengxin.policy.queries import current_rulebook

    for one in current_rulebook().consequences.measures.values():
        answer = {
            "measure": one.code,
            "label": one.label,
            "effect": one.effect.value,
            "kind": one.kind,
            "object": one.object,
            "content": one.content,
            "basis": [str(basis) for basis in one.basis],
            "lists": list(one.lists),
            "executing_units": list(one.executing_units),
            "until": one.until.isoformat() if one.until else None,
            "status": one.status,
        }
        tell(answer, f"{one.code:22}{one.effect.value:12}{one.label}", as_json=as_json)
    return 0


@measures.command("list")
@AS
@AS_JSON
def list_command(login: str, *, as_json: bool) -> int:
    """列出措施 The measures the officer may read, as they stand today."""
    setup_django()
    from chengxin.measures import queries
    from chengxin.policy.queries import current_rulebook

    rows = queries.measures(by=actor(login))
    for view in queries.viewed(rows, on=today(), book=current_rulebook()):
        _tell(view, as_json=as_json)
    return 0


@measures.command("propose")
@AS
@AS_JSON
def propose_command(login: str, *, as_json: bool) -> int:
    """由生效的名单事项启动措施建议 Propose what follows from entries in effect."""
    setup_django()
    from chengxin.measures.services import propose_measures
    from chengxin.policy.queries import current_rulebook

    made = propose_measures(by=actor(login), on=today(), book=current_rulebook())
    tell({"proposed": made}, f"新建议 {made} 项。 {made} proposed.", as_json=as_json)
    return 0


@measures.command("impose")
@MEASURE
@REASON
@AS
@AS_JSON
def impose_command(measure: Any, reason: str, login: str, *, as_json: bool) -> int:
    """决定实施 Impose a measure and send it to the executing unit."""
    return _act("impose", measure, login, as_json=as_json, reason=reason)


@measures.command("decline")
@MEASURE
@REASON
@AS
@AS_JSON
def decline_command(measure: Any, reason: str, login: str, *, as_json: bool) -> int:
    """不予实施 Decide against a measure."""
    return _act("decline", measure, login, as_json=as_json, reason=reason)


@measures.command("acknowledge")
@MEASURE
@AS
@AS_JSON
def acknowledge_command(measure: Any, login: str, *, as_json: bool) -> int:
    """签收 The executing unit has received it."""
    return _act("acknowledge", measure, login, as_json=as_json)


@measures.command("feed-back")
@MEASURE
@click.option("--result", required=True, help="执行情况 What was done.")
@AS
@AS_JSON
def feed_back_command(measure: Any, result: str, login: str, *, as_json: bool) -> int:
    """反馈 The executing unit reports."""
    return _act("feed_back", measure, login, as_json=as_json, result=result)


def _act(verb: str, measure: Any, login: str, *, as_json: bool, **facts: Any) -> int:
    setup_django()
    from chengxin.measures import services
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    act = getattr(services, verb)
    view = act(measure_id=measure, by=actor(login), on=today(), book=book, **facts)
    _tell(view, as_json=as_json)
    return 0


def _tell(view: Any, *, as_json: bool) -> None:
    case = view.case
    answer = {
        "measure": str(case.id),
        "rule": case.measure,
        "effect": case.effect,
        "list": case.list_code,
        "record": str(case.record_id),
        "executor": case.executor,
        "state": view.state.value,
        "binds": view.binds,
        "until": view.until.isoformat() if view.until else None,
    }
    tell(answer, f"{case.id}  {case.measure:22}{view.state.value}", as_json=as_json)
