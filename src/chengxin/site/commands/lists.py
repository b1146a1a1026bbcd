"""`chengxin lists`: the lists of the rulebook, and the entries of a unit 名单."""

import json
from datetime import date
from typing import Any

import click

from chengxin.kernel.clock import today
from chengxin.kernel.dates import parse_date
from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
AS = click.option("--as", "login", required=True, help="Login of the officer who acts 办理人.")
GIVEN = click.option("--given-on", default="", help="Day the paper was given or posted; today.")
HOW = click.option("--how", type=click.Choice(["handed", "posted"]), default="handed")
ENTRY = click.argument("entry", type=click.UUID)
REASON = click.option("--reason", required=True, help="理由 Why.")


@click.group()
def lists() -> None:
    """名单 Lists of the rulebook; entries from draft to end."""


@lists.command("rules")
@AS_JSON
def rules_command(*, as_json: bool) -> int:
    """列出规则库中的名单 The lists, their law, who decides, what they lead to."""
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    for one in book.consequences.lists.values():
        answer = {
            "list": one.code,
            "label": one.label,
            "nature": one.nature.value,
            "made_by": one.made_by.value,
            "basis": [str(basis) for basis in one.basis],
            "deciding_units": list(one.deciding_units),
            "measures": [rule.code for rule in book.consequences.triggered_by(one.code)],
            "until": one.until.isoformat() if one.until else None,
            "status": one.status,
        }
        tell(answer, f"{one.code:20}{one.made_by.value:10}{one.label}", as_json=as_json)
    return 0


@lists.command("list")
@AS
@AS_JSON
def list_command(login: str, *, as_json: bool) -> int:
    """列出名单事项 The entries the officer may read, as they stand today."""
    setup_django()
    from chengxin.measures import queries
    from chengxin.policy.queries import current_rulebook

    for row in queries.entries(by=actor(login)):
        standing = queries.standing(row, on=today(), book=current_rulebook())
        _tell_entry(row, standing, as_json=as_json)
    return 0


@lists.command("propose")
@click.argument("code")
@click.argument("record", type=click.UUID)
@click.option("--facts", required=True, help="事实 The facts as found.")
@REASON
@AS
@AS_JSON
def propose_command(
    code: str, record: Any, facts: str, reason: str, login: str, *, as_json: bool
) -> int:
    """拟列入 Draft an entry in list CODE from a RECORD of the unit."""
    setup_django()
    from chengxin.measures import services
    from chengxin.policy.queries import current_rulebook

    row = services.propose_entry(
        list_code=code,
        evidence=record,
        facts=facts,
        reason=reason,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    return _after(row.id, login, as_json=as_json)


@lists.command("notice")
@ENTRY
@HOW
@GIVEN
@AS
@AS_JSON
def notice_command(entry: Any, how: str, given_on: str, login: str, *, as_json: bool) -> int:
    """事先告知 Serve the prior notice of an entry."""
    return _paper("give_notice", entry, how, given_on, login, as_json=as_json)


@lists.command("statement")
@ENTRY
@click.option("--text", required=True, help="陈述申辩内容 What the subject said; kept sealed.")
@click.option("--asks-hearing", is_flag=True, help="当事人要求听证 It asks for a hearing.")
@AS
@AS_JSON
def statement_command(
    entry: Any, text: str, login: str, *, asks_hearing: bool, as_json: bool
) -> int:
    """陈述申辩 Take down what the subject states."""
    return _act(
        "record_statement", entry, login, as_json, statement=text, asks_hearing=asks_hearing
    )


@lists.command("hearing")
@ENTRY
@click.option("--record", required=True, help="听证笔录 Record of the hearing; kept sealed.")
@AS
@AS_JSON
def hearing_command(entry: Any, record: str, login: str, *, as_json: bool) -> int:
    """听证 Take down the record of the hearing."""
    return _act("record_hearing", entry, login, as_json, record=record)


@lists.command("decide")
@ENTRY
@REASON
@click.option("--document", required=True, help="决定书文号 Number of the decision.")
@click.option("--approval", default="", help="上级同意文号 The superior's approval.")
@AS
@AS_JSON
def decide_command(
    entry: Any, reason: str, document: str, approval: str, login: str, *, as_json: bool
) -> int:
    """决定列入 Decide to enter the subject; never by who drafted it."""
    facts = {"reason": reason, "document_number": document, "approval": approval}
    return _act("decide_entry", entry, login, as_json, **facts)


@lists.command("serve")
@ENTRY
@HOW
@GIVEN
@AS
@AS_JSON
def serve_command(entry: Any, how: str, given_on: str, login: str, *, as_json: bool) -> int:
    """送达 Serve the decision; the entry takes effect with its delivery."""
    return _paper("serve_decision", entry, how, given_on, login, as_json=as_json)


def _ending(name: str, verb: str, text: str) -> None:
    @lists.command(name, help=text)
    @ENTRY
    @REASON
    @AS
    @AS_JSON
    def command(entry: Any, reason: str, login: str, *, as_json: bool) -> int:
        return _act(verb, entry, login, as_json, reason=reason)


_ending("drop", "drop_entry", "不予列入 Decide not to enter the subject.")
_ending("remove", "remove_entry", "提前移出 Let the subject leave early.")
_ending("revoke", "revoke_entry", "撤销 Revoke the entry.")


def _paper(verb: str, entry: Any, how: str, given_on: str, login: str, *, as_json: bool) -> int:
    from chengxin.measures.values import Service

    day: date | None = parse_date(given_on) if given_on else today()
    if day is None:
        raise click.BadParameter(given_on, param_hint="--given-on")
    return _act(verb, entry, login, as_json, how=Service(how), given_on=day)


def _act(verb: str, entry: Any, login: str, as_json: bool, **facts: Any) -> int:  # noqa: FBT001 – passed on
    setup_django()
    from chengxin.measures import services
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    getattr(services, verb)(entry_id=entry, by=actor(login), on=today(), book=book, **facts)
    return _after(entry, login, as_json=as_json)


def _after(entry: Any, login: str, *, as_json: bool) -> int:
    from chengxin.measures import queries
    from chengxin.policy.queries import current_rulebook

    row = queries.entry(entry, by=actor(login))
    standing = queries.standing(row, on=today(), book=current_rulebook())
    _tell_entry(row, standing, as_json=as_json)
    return 0


def _tell_entry(row: Any, standing: Any, *, as_json: bool) -> None:
    days = ("told_on", "waits_until", "ends_on", "earliest_removal")
    found = {name: getattr(standing, name) for name in days}
    answer = {
        "entry": str(row.id),
        "list": row.list_code,
        "unit": row.unit,
        "evidence": str(row.evidence_id),
        "record": str(row.record),
        "state": standing.state.value,
        **{name: day.isoformat() if day else None for name, day in found.items()},
    }
    tell(answer, f"{row.id}  {row.list_code:14}{standing.state.value}", as_json=as_json)


def tell(answer: dict[str, Any], line: str, *, as_json: bool) -> None:
    """One answer, for a program or for a person."""
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else line)
