"""`chengxin evaluate`: evaluations of organisations 信用评价, and the offline recompute kit."""

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.commands.evaluate_deciding import confirm, drop, object_to, serve
from chengxin.site.commands.parsing import DAY, MOMENT
from chengxin.site.startup import setup_django

if TYPE_CHECKING:
    from chengxin.subjects.values import SubjectView

MOST = 64 * 1024 * 1024
"""Bytes a kit may unfold to: one organisation's facts are far smaller."""
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")
MODEL = click.option("--model", required=True, metavar="CODE", help="评价模型 The model's code.")


@click.group()
def evaluate() -> None:
    """信用评价 Evaluate organisations, show evaluations, pack and recompute kits."""


for _command in (serve, object_to, confirm, drop):
    evaluate.add_command(_command)


@evaluate.command()
@MODEL
@click.option("--on", type=DAY, help="法律日 The legal day; default today.")
@click.option("--known", type=MOMENT, help="知悉时刻 As known at this moment; default now.")
@click.option("--uscc", help="只评一家 Only this organisation, by its code.")
@click.option("--as", "login", required=True, help="Login of an officer of the deciding unit.")
@AS_JSON
def run(
    model: str,
    on: date | None,
    known: datetime | None,
    uscc: str | None,
    login: str,
    *,
    as_json: bool,
) -> int:
    """按模型评价 Take a snapshot: grades no worse count at once, worse ones are proposed."""
    setup_django()
    from chengxin.evaluation.services import evaluate as whole
    from chengxin.evaluation.services import evaluate_one
    from chengxin.kernel.clock import now, today
    from chengxin.policy.queries import current_rulebook

    asked: dict[str, Any] = {
        "model": model,
        "on": on or today(),
        "known": known or now(),
        "by": actor(login),
        "book": current_rulebook(),
    }
    found = evaluate_one(subject=_subject(uscc).id, **asked) if uscc else whole(**asked)
    answer = vars(found) | {
        "id": str(found.id),
        "on": found.on.isoformat(),
        "known": found.known.isoformat(),
        "grades": dict(found.grades),
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0
    click.echo(
        f"评价 {found.evaluated} 家，变化 {found.written} 家，待告知 {found.proposed} 家。"
        f" {found.evaluated} evaluated, {found.written} changed, {found.proposed} wait for notice."
    )
    for grade, count in found.grades.items():
        click.echo(f"  {grade}：{count}")
    click.echo(f"  摘要 digest：{found.digest}")
    return 0


@evaluate.command()
@click.option("--as", "login", required=True, help="Login of an officer who may evaluate for all.")
@AS_JSON
def follow(login: str, *, as_json: bool) -> int:
    """随变随评 Evaluate anew whom an act or the calendar brings up, as the worker does."""
    setup_django()
    from chengxin.evaluation.services import follow as followed
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    found = followed(by=actor(login), on=today(), book=current_rulebook())
    if as_json:
        click.echo(json.dumps(vars(found)))
        return 0
    click.echo(
        f"读取 {found.acts} 项操作，重新评价 {found.evaluated} 次，变化 {found.written}，"
        f"待告知 {found.proposed}。 {found.acts} acts read, {found.evaluated} evaluated anew,"
        f" {found.written} changed, {found.proposed} wait for notice."
    )
    return 0


@evaluate.command()
@click.argument("uscc", metavar="USCC")
@click.option("--model", metavar="CODE", default="", help="只看一个模型 Only this model.")
@AS_JSON
def show(uscc: str, model: str, *, as_json: bool) -> int:
    """查看评价及其由来 Every evaluation of an organisation with its factor tree, newest first.

    Exit 1 if there is none.
    """
    setup_django()
    from chengxin.evaluation.queries import history
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    subject = _subject(uscc)
    found = [_plain(one) for one in history(subject.id, model, book=book)]
    if as_json:
        click.echo(
            json.dumps({"subject": subject.public_id, "evaluations": found}, ensure_ascii=False)
        )
        return 0 if found else 1
    for one in found:
        click.echo(
            f"{one['model']} {one['grade']} {one['points'] if one['points'] is not None else ''}"
            f" {one['on']} {one['state']} {one['id']}"
        )
        _print_tree(one["factors"])
    if not found:
        click.echo(
            "没有评价。没有评价不代表任何不利。 No evaluation; that says nothing against it."
        )
    return 0 if found else 1


@evaluate.command()
@click.argument("uscc", metavar="USCC")
@MODEL
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def kit(uscc: str, model: str, out: Path) -> int:
    """打包复算包 Pack the kit of the evaluation in effect: facts, model, code lists, result."""
    setup_django()
    from chengxin.evaluation.errors import NoEvaluation
    from chengxin.evaluation.queries import kit as packed
    from chengxin.evaluation.queries import latest
    from chengxin.policy.queries import current_rulebook

    subject = _subject(uscc)
    label = current_rulebook().model(model).label
    row = latest(subject.id, model)
    if row is None:
        raise NoEvaluation(name=subject.name, model=label)
    out.write_bytes(packed(row))
    click.echo(f"已写入 {out}，摘要 {row.digest}。 Written; digest {row.digest}.")
    return 0


@evaluate.command()
@click.argument("path", metavar="KIT.zip", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--digest", default="", help="公示页面上的摘要 The digest the public page shows.")
@AS_JSON
def recompute(path: Path, digest: str, *, as_json: bool) -> int:
    """离线复算 Judge a kit again with no database, and say where it differs.

    Exit codes: 0 the same, 1 it differs, 2 the kit is refused.
    """
    from chengxin.evaluation.rules import recompute as again

    found = again(_unpacked(path), digest)
    outcome = found.outcome.as_json() if found.outcome else None
    same = not found.differences
    if as_json:
        told = [vars(one) for one in found.differences]
        answer = {"same": same, "manifest": found.manifest, "outcome": outcome, "differences": told}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0 if same else 1
    grade = f"{outcome['grade']} {outcome['points'] or ''}".strip() if outcome else "—"
    click.echo(f"{found.manifest['model']} {found.manifest['on']}：{grade}")
    _print_tree(outcome["factors"] if outcome else [])
    for one in found.differences:
        click.echo(f"不一致 {one.text('zh')} {one.text('en')}")
    if same:
        click.echo("复算结果与公布的完全一致。 The same, to the last record.")
    click.echo(f"摘要 digest：{found.manifest['digest']}")
    return 0 if same else 1


def _unpacked(path: Path) -> dict[str, bytes]:
    from chengxin.evaluation.errors import KitRefused

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST:
                raise KitRefused(problem_zh="内容过大", problem_en="it is far too large")
            return {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise KitRefused(problem_zh="打不开", problem_en="it cannot be opened") from error


def _subject(uscc: str) -> "SubjectView":
    from chengxin.evaluation.errors import NotEvaluated
    from chengxin.subjects.queries import by_code

    found = by_code(uscc)
    if found is None:
        raise NotEvaluated
    return found


def _plain(one: Any) -> dict[str, Any]:
    row = one.evaluation
    days = ("told_on", "objection_until", "effective_on")
    return {
        "id": str(row.id),
        "model": row.model,
        "on": row.on.isoformat(),
        "known": row.known_at.isoformat(),
        "edition": row.edition,
        "grade": row.grade,
        "points": row.points,
        "state": one.state.value,
        **{day: (value.isoformat() if (value := getattr(one, day)) else None) for day in days},
        "objections": one.objections,
        "decided_by": one.decided_by,
        "reason": one.reason,
        "digest": row.digest,
        "factors": row.factors["factors"],
    }


def _print_tree(factors: list[dict[str, Any]]) -> None:
    for factor in factors:
        mark = "" if factor["confirmed"] else "（待核实 unconfirmed）"
        points = f" {factor['points']:+d}" if factor["points"] else ""
        click.echo(f"  {factor['label']} {factor['label_en']}{points} {factor['basis']}{mark}")
        for record in factor["records"]:
            until = record["expires_on"] or "—"
            click.echo(
                f"    {record['decided_on']} {record['document_number']} "
                f"{record['reason_zh']} {record['reason_en']} 计至 until {until} {record['record']}"
            )
