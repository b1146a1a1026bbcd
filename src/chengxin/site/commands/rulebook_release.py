"""`chengxin rulebook simulate`, `overrule`, `release`, `releases`: a change tried and released."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chengxin.site.commands.acting import actor
from chengxin.site.commands.parsing import DAY
from chengxin.site.startup import setup_django

if TYPE_CHECKING:
    from chengxin.policy.values import Rulebook

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print one JSON object.")
LOGIN = click.option("--as", "login", required=True, help="办理人账号 Login of who acts.")
REPORT = click.option(
    "--report",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="报告目录 The folder `simulate` wrote.",
)


@click.command()
@click.option(
    "--from",
    "source",
    default="",
    metavar="EDITION|DIR",
    help="起点，默认现行版本 Where to start from; default: the edition in force.",
)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="改动后的规则库目录 The changed rulebook.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="报告目录，须为空 The report's folder, new or empty.",
)
@click.option("--on", type=DAY, help="法律日，默认今天 The legal day asked about; default today.")
@LOGIN
@AS_JSON
def simulate(
    source: str, target: Path, out: Path, on: date | None, login: str, *, as_json: bool
) -> int:
    """试算规则改动 Try a changed rulebook on the whole register and sign the report.

    Exit codes: 0 the harm budget is kept, 1 it is exceeded, 2 not done.
    """
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.tunnel.services import simulate as simulated

    made = simulated(
        before=_edition(source),
        target=target,
        out=out,
        by=actor(login),
        on=on or today(),
        book=current_rulebook(),
    )
    if as_json:
        answer = {
            "id": str(made.id), "before": made.before, "after": made.after, "kept": made.kept,
            "exceeded": list(made.exceeded), "report": str(out),
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0 if made.kept else 1
    for line in made.twin["budget"]:
        mark = "✓" if line["kept"] else "✗"
        click.echo(f"{mark} {line['zh']}\n    {line['en']}")
    for model in made.twin["models"]:
        moved = model["moved"]
        click.echo(
            f"{model['label']}：变差 {moved['worse']}、变好 {moved['better']}。"
            f" {model['label_en']}: {moved['worse']} worse, {moved['better']} better."
        )
    click.echo(f"报告 Report: {out}/report.html")
    return 0 if made.kept else 1


@click.command()
@REPORT
@click.option("--reason", required=True, help="理由 Why the change is needed all the same.")
@LOGIN
def overrule(report: Path, reason: str, login: str) -> int:
    """准予超出伤害预算 Let a change beyond the harm budget pass, by name and with reasons."""
    setup_django()
    from chengxin.policy.queries import current_rulebook
    from chengxin.tunnel.services import overrule as overruled

    overruled(report=report, reason=reason, by=actor(login), book=current_rulebook())
    click.echo("已记录准予。发布仍须由第三人办理。 Noted; a third officer has to release it.")
    return 0


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path, exists=True))
@REPORT
@LOGIN
@AS_JSON
def release(target: Path, report: Path, login: str, *, as_json: bool) -> int:
    """发布规则库新版本 Release the rulebook in DIR with its signed report."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.tunnel.services import release as released

    made = released(
        target=target, report=report, by=actor(login), on=today(), book=current_rulebook()
    )
    if as_json:
        answer = {"number": made.number, "edition": made.edition_id, "before": made.before}
        click.echo(json.dumps(answer))
        return 0
    click.echo(
        f"已发布：第 {made.number} 次，版本 {made.edition_id[:12]}，即时生效。"
        f" Released: number {made.number}, edition {made.edition_id[:12]}, in force now."
    )
    return 0


@click.command()
@AS_JSON
def releases(*, as_json: bool) -> int:
    """发布记录 Every edition that came into force here, and by whom."""
    setup_django()
    from chengxin.tunnel.queries.released import history

    found = history()
    if as_json:
        click.echo(json.dumps([vars(one) for one in found], default=str, ensure_ascii=False))
        return 0
    for one in found:
        how = "首次登记 adopted" if one.simulation is None else (
            f"试算 {one.simulated_by}，发布 {one.released_by}"
            + ("，准予超预算 overruled" if one.overruled else "")
        )  # fmt: skip
        click.echo(f"{one.number:>3}  {one.at:%Y-%m-%d %H:%M}  {one.edition[:12]}  {how}")
    return 0


def _edition(source: str) -> "Rulebook":
    """The rulebook to start from: in a folder, kept under an edition's number, or in force."""
    from chengxin.policy.queries import current_rulebook
    from chengxin.policy.queries.kept import kept_edition, kept_rulebook
    from chengxin.policy.services import load_rulebook

    if not source:
        return current_rulebook()
    return (
        load_rulebook(Path(source))
        if Path(source).is_dir()
        else kept_rulebook(kept_edition(source))
    )
