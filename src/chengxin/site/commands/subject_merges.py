"""`chengxin subjects merge | merges | confirm | decline | split` 主体合并与拆分."""

import json
from typing import Any
from uuid import UUID

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django


@click.command()
@click.argument("kept")
@click.argument("absorbed")
@click.option("--document", required=True, help="Document it rests on, with its number 依据文书.")
@click.option("--reason", required=True, help="Why they are one body 理由.")
@click.option("--as", "login", required=True, help="Login of the officer who proposes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def merge(
    kept: str, absorbed: str, document: str, reason: str, login: str, *, as_json: bool
) -> int:
    """提出合并 Propose that ABSORBED is one body with KEPT (codes or public identifiers)."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.subjects.services import propose_merge

    made = propose_merge(
        kept=_public_id(kept),
        absorbed=_public_id(absorbed),
        document=document,
        reason=reason,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    _tell(made, as_json=as_json)
    return 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per merge.")
def merges(*, as_json: bool) -> int:
    """列出合并 Every merge, newest first."""
    setup_django()
    from chengxin.subjects import queries

    for made in queries.merges():
        _tell(made, as_json=as_json)
    return 0


def _deciding(name: str, text: str) -> click.Command:
    @click.command(name=name, help=text)
    @click.argument("merge_id", metavar="MERGE", type=click.UUID)
    @click.option("--reason", required=True, help="Why 理由.")
    @click.option("--as", "login", required=True, help="Login of another officer.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    def decide(merge_id: UUID, reason: str, login: str, *, as_json: bool) -> int:
        setup_django()
        from chengxin.kernel.clock import today
        from chengxin.subjects import services

        by, on = actor(login), today()
        if name == "split":
            made = services.split(merge_id=merge_id, reason=reason, by=by, on=on)
        else:
            yes = name == "confirm"
            made = services.decide_merge(
                merge_id=merge_id, confirm=yes, reason=reason, by=by, on=on
            )
        _tell(made, as_json=as_json)
        return 0

    return decide


confirm = _deciding("confirm", "确认合并 A second officer confirms a merge.")
decline = _deciding("decline", "不予合并 A second officer declines a merge.")
split = _deciding("split", "拆分 Take a merge back: both entries are themselves again.")


def _public_id(text: str) -> str:
    from chengxin.subjects import queries

    found = queries.by_code(text)
    return found.public_id if found else text


def _tell(made: Any, *, as_json: bool) -> None:
    answer = {
        "merge": str(made.id),
        "state": made.state,
        "kept": made.kept.public_id,
        "absorbed": made.absorbed.public_id,
        "evidence": made.evidence,
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"{made.id}  {made.state:9}  {made.absorbed.public_id} → {made.kept.public_id}")
