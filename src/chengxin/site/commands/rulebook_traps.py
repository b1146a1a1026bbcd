"""`chengxin rulebook traps`: put the trap items before the gate, and the harmless ones too."""

import json
from pathlib import Path
from typing import Any

import click

from chengxin.catalogue.queries import Trial, try_all
from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import load_harmless, load_rulebook, load_traps
from chengxin.policy.values import Rulebook

SHOWN = 2


@click.command("traps")
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="规则库目录 Its folder.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON Print one JSON object.")
@click.pass_context
def traps(ctx: click.Context, folder: Path | None, *, as_json: bool) -> None:
    r"""以陷阱事项检验目录准入 Try the gate on items that must be refused, and on harmless ones.

    \b
    --json  {"traps","refused","by_content","as_expected","held_out","held_out_refused",
             "harmless","harmless_refused","trials":[{"code","label","file","line","refused",
             "reasons":[{"code","reason_zh","reason_en"}]}]}

    Exit codes: 0 all refused for the reason expected and no harmless one refused, 1 otherwise.
    """
    root = folder or rulebook_folder()
    book = load_rulebook(root)
    trials, harmless = try_all(load_traps(root), book), try_all(load_harmless(root), book)
    found = _summary(trials, harmless, book)
    if as_json:
        found["trials"] = [_as_json(trial) for trial in (*trials, *harmless)]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(trials, harmless, found)
    well = found["as_expected"] == found["traps"] and not found["harmless_refused"]
    ctx.exit(0 if well else 1)


def _summary(trials: list[Trial], harmless: list[Trial], book: Rulebook) -> dict[str, Any]:
    held_out = [trial for trial in trials if trial.proposal.held_out]
    return {
        "traps": len(trials),
        "refused": sum(trial.refused for trial in trials),
        "by_content": sum(trial.by_content for trial in trials),
        "as_expected": sum(trial.as_expected(book) for trial in trials),
        "held_out": len(held_out),
        "held_out_refused": sum(trial.refused for trial in held_out),
        "harmless": len(harmless),
        "harmless_refused": sum(trial.refused for trial in harmless),
    }


def _as_json(trial: Trial) -> dict[str, Any]:
    one = trial.proposal
    return {
        "code": one.code,
        "label": one.data["label"],
        "file": one.file,
        "line": one.line,
        "refused": trial.refused,
        "reasons": [
            {"code": fault.code, "reason_zh": fault.reason_zh, "reason_en": fault.reason_en}
            for fault in trial.faults
        ],
    }


def _print(trials: list[Trial], harmless: list[Trial], found: dict[str, Any]) -> None:
    title = ""
    for trial in trials:
        if trial.proposal.title != title:
            title = trial.proposal.title
            click.echo(f"\n{title}")
        told = list(dict.fromkeys(f"[{f.code}] {f.reason_zh}" for f in trial.faults))[:SHOWN]
        mark = "拒绝" if trial.refused else "放行！"
        click.echo(f"  {mark} {trial.proposal.data['label']}（{trial.proposal.code}）")
        for line in told:
            click.echo(f"      {line}")
    for trial in harmless:
        if trial.refused:
            click.echo(f"误拒 {trial.proposal.data['label']}：{trial.faults[0].reason_zh}")
    click.echo(
        f"\n陷阱事项 {found['traps']} 个，拒绝 {found['refused']} 个，其中仅凭内容即拒绝的"
        f" {found['by_content']} 个，理由和依据与预期一致的 {found['as_expected']} 个。"
        f" {found['refused']} of {found['traps']} traps refused."
    )
    click.echo(
        f"无害事项 {found['harmless']} 个，误拒 {found['harmless_refused']} 个。"
        f" {found['harmless_refused']} of {found['harmless']} harmless items refused."
    )
