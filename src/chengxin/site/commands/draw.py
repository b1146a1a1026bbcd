"""`chengxin draw`: random inspections anyone can verify 双随机抽查."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django

AS = click.option("--as", "login", required=True, help="Login of the officer who acts 经办人.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def draw() -> None:
    """双随机抽查 Commit to a draw, carry it out, and let anyone verify it."""


@draw.command()
@click.option("--unit", required=True, help="Code of the unit 单位 that inspects.")
@click.option("--matter", required=True, help="What is inspected 抽查事项, in words.")
@click.option("--item", required=True, help="Draw from organisations with a record of this item.")
@click.option("--division", default="", help="Only those of a division 行政区划, such as 320706.")
@click.option(
    "--inspectors", required=True, help="Service numbers 工号, with commas; two at least."
)
@click.option("--source", required=True, help="Public source of chance 公开随机数来源.")
@click.option("--source-on", required=True, type=DAY, help="The day it speaks; not today.")
@click.option("--plan", default="", metavar="NUMBER", help="Approved plan it follows 抽查计划.")
@click.option("--public-from", type=DAY, help="From when the drawn are public; else that day.")
@AS
@AS_JSON
def commit(login: str, *, as_json: bool, **asked: Any) -> int:
    """公开承诺 Fix list and secret, and print the digest to publish."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.supervision.queries import candidates
    from chengxin.supervision.services import commit_draw
    from chengxin.supervision.values import Chance, Wanted

    wanted = Wanted(
        unit=asked["unit"],
        matter=asked["matter"],
        population=_population(asked["item"], asked["unit"], asked["division"]),
        candidates=candidates(
            item=asked["item"],
            book=current_rulebook(),
            on=today(),
            unit=asked["unit"],
            division=asked["division"],
        ),
        inspectors=[one.strip() for one in asked["inspectors"].split(",") if one.strip()],
    )
    speaks = asked["source_on"].date()
    public_from = asked["public_from"].date() if asked["public_from"] else speaks
    made = commit_draw(
        wanted=wanted,
        chance=Chance(asked["source"], speaks, public_from),
        by=actor(login),
        on=today(),
        book=current_rulebook(),
        plan_number=asked["plan"],
    )
    _tell(made, as_json=as_json)
    return 0


def _population(item: str, unit: str, division: str) -> str:
    from chengxin.catalogue.queries import item as known_item
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    label = known_item(book, item).label
    where = f"、行政区划 {division}" if division else ""
    named = book.units[unit].short_name if unit in book.units else unit
    return f"有“{label}”信息（{named}）{where}的在业单位"


@draw.command("carry-out")
@click.argument("number")
@click.option("--chance", required=True, help="What the public source said, as published.")
@AS
@AS_JSON
def carry_out(number: str, chance: str, login: str, *, as_json: bool) -> int:
    """抽取 Enter the public chance; another officer than who committed."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.supervision.services import carry_out_draw

    done = carry_out_draw(number=number, chance=chance, by=actor(login), on=today())
    _tell(done, as_json=as_json)
    return 0


@draw.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why; the public reads it 理由，将公开.")
@AS
@AS_JSON
def abandon(number: str, reason: str, login: str, *, as_json: bool) -> int:
    """放弃 End a draw that was not carried out, with a public reason."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.supervision.services import abandon_draw

    done = abandon_draw(number=number, reason=reason, by=actor(login), on=today())
    _tell(done, as_json=as_json)
    return 0


@draw.command("list")
@AS_JSON
def list_draws(*, as_json: bool) -> int:
    """全部抽查 All draws, the latest first, whatever became of them."""
    setup_django()
    from chengxin.supervision.queries import draws

    for one in draws():
        _tell(one, as_json=as_json, brief=True)
    return 0


@draw.command()
@click.argument("number")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
@AS
def proof(number: str, out: Path, login: str) -> int:
    """证明文件 Write the proof of a draw that was carried out."""
    setup_django()
    from chengxin.supervision.errors import NotYetDrawn
    from chengxin.supervision.queries import draw as known
    from chengxin.supervision.queries import outcome, proof_of

    found = known(number)
    actor(login).require("supervision.draw", unit=found.unit)
    if outcome(found) != "drawn":
        raise NotYetDrawn(source=found.source, source_on=found.source_on)
    out.write_text(json.dumps(proof_of(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    click.echo(str(out))
    return 0


@draw.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--commitment", default="", help="The digest you saw published before 承诺值.")
@AS_JSON
def verify(file: Path, commitment: str, *, as_json: bool) -> int:
    """核验 Repeat a draw from its proof; needs neither database nor network. Exit 1 if it fails."""
    from chengxin.supervision.errors import NoProof
    from chengxin.supervision.rules.proving import examine

    try:
        document = json.loads(file.read_text("utf-8"))
        checks = examine(document, commitment=commitment)
    except (KeyError, TypeError, ValueError, AttributeError) as strange:
        raise NoProof(file=file.name, why=type(strange).__name__) from strange
    passed = all(one.passed for one in checks)
    if as_json:
        told = [{"check": one.name, "passed": one.passed} for one in checks]
        click.echo(json.dumps({"passed": passed, "checks": told}))
    else:
        for one in checks:
            mark = "通过 ok  " if one.passed else "不符 FAIL"
            click.echo(f"{mark}  {one.zh} – {one.en}")
        _say_visits(document)
    return 0 if passed else 1


def _say_visits(document: Mapping[str, Any]) -> None:
    plan = document["plan"]
    click.echo(
        f"{plan['matter']}：{len(plan['candidates'])} 家中抽取 {len(document['visits'])} 家 drawn"
    )


def _tell(found: Any, *, as_json: bool, brief: bool = False) -> None:
    from chengxin.supervision.queries import outcome

    state = outcome(found)
    told: dict[str, Any] = {
        "number": found.number,
        "unit": found.unit,
        "matter": found.matter,
        "candidates": found.candidates,
        "commitment": found.commitment,
        "source": found.source,
        "source_on": _iso(found.source_on),
        "public_from": _iso(found.public_from),
        "state": state,
    }
    if state == "drawn":
        told |= {"chance": found.end.chance, "visits": found.end.visits}
    if state == "abandoned":
        told["reason"] = found.end.reason
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"抽查 Draw {found.number}（{state}）{found.matter}，名录 {found.candidates} 家")
    if brief:
        return
    click.echo(f"  承诺值 commitment：{found.commitment}")
    click.echo(f"  公开随机数 chance：{found.source}（{found.source_on}）")
    for visit in told.get("visits", []):
        click.echo(f"  {visit['order']:>4}  {visit['public_id']}  {'、'.join(visit['inspectors'])}")


def _iso(day: date) -> str:
    return day.isoformat()
