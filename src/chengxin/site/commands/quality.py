"""`chengxin quality`: the quality of what the units send 数据质量, and the monthly count."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django

if TYPE_CHECKING:
    from chengxin.kernel.actor import Actor
    from chengxin.oversight.values import Figure, Report
    from chengxin.policy.values import Rulebook

MONTH = click.option("--month", required=True, help="Month 统计月份, such as 2026-10.")
UNIT = click.option("--unit", default="", help="Code of one unit 单位; all when left out.")
AS = click.option(
    "--as", "login", default="", help="Login of the officer who asks; else the system."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
SHOWN = ("timeliness", "validity", "completeness", "valid_entry", "unreported", "accuracy")


@click.group()
def quality() -> None:
    """数据质量 How complete, valid, accurate and timely the units' data is."""


def _who(login: str) -> "Actor":
    from chengxin.kernel.actor import Actor

    return actor(login) if login else Actor.system("oversight.read")


@quality.command()
@MONTH
@UNIT
@AS
@AS_JSON
def report(month: str, unit: str, login: str, *, as_json: bool) -> int:
    """月度质量报告 The report on a month: every figure with numerator, denominator and basis."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.oversight.queries import report as report_on
    from chengxin.oversight.rules.telling import report_json
    from chengxin.oversight.values import Month
    from chengxin.policy.queries import current_rulebook

    book, on = current_rulebook(), today()
    found = report_on(month=Month.parse(month, by=on), by=_who(login), on=on, book=book, unit=unit)
    if as_json:
        click.echo(json.dumps(report_json(found, book), ensure_ascii=False))
    else:
        _tell(found, book)
    return 0


def _tell(found: "Report", book: "Rulebook") -> None:
    click.echo(
        f"{found.month} 数据质量 Quality：{found.covered}/{found.units} 个单位有报送或填报 "
        f"units heard from"
    )
    labels = {one.name: one.label for one in found.measures}
    click.echo("\t".join(["名次 place", "单位 unit", *(labels[name] for name in SHOWN)]))
    for one in found.standings:
        unit = book.units[one.unit].short_name if one.unit in book.units else one.unit
        cells = [_cell(one.figures[name]) for name in SHOWN]
        click.echo("\t".join([str(one.place or "—"), unit, *cells]))
    click.echo("\t".join(["", "合计 all", *(_cell(found.city[name]) for name in SHOWN)]))
    click.echo("“—”：数量太少或没有数据，不计算比率。 A dash: too few, or none, to compute a rate.")


def _cell(one: "Figure") -> str:
    share = "—" if one.percent is None else f"{one.percent:.2f}%"
    return f"{share} ({one.numerator}/{one.denominator})"


@quality.command()
@UNIT
@AS
@AS_JSON
def due(unit: str, login: str, *, as_json: bool) -> int:
    """到期提醒 What falls due, the most pressing first. Exit 1 if anything is overdue."""
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.oversight.queries import reminders
    from chengxin.oversight.rules.telling import due_json
    from chengxin.policy.queries import current_rulebook

    book = current_rulebook()
    found = reminders(by=_who(login), on=today(), book=book, unit=unit)
    if as_json:
        click.echo(json.dumps({"due": [due_json(one, book) for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            click.echo(
                f"{one.due_on}\t{one.days_left:+d}\t{book.units[one.unit].short_name}\t{one.item}"
                f"\t{one.kind}\t{one.about}\t{one.rows or ''}"
            )
    return 1 if any(one.overdue for one in found) else 0


@quality.command()
@click.option("--unit", required=True, help="Code of the unit 填报单位.")
@click.option("--item", required=True, help="Catalogue item 目录事项.")
@MONTH
@click.option("--produced", required=True, type=click.IntRange(0), help="产生数 decisions made.")
@click.option("--published", default=0, type=click.IntRange(0), help="本单位公示数 published.")
@click.option("--url", default="", help="公示网址 where they were published.")
@click.option("--reported", required=True, type=click.IntRange(0), help="报送数 reported.")
@click.option("--reason", "reasons", multiple=True, help="未报送依据 code=number, repeatable.")
@click.option("--explanation", default="", help="差异说明 why the register holds another number.")
@click.option("--correction", default="", help="更正原因 why an earlier version is corrected.")
@click.option("--as", "login", required=True, help="Login of the officer who files 经办人.")
@AS_JSON
def count(login: str, month: str, *, as_json: bool, **given: Any) -> int:
    """填报月度产生数 File the monthly count of a unit; a second officer confirms it."""
    setup_django()
    from chengxin.intake.rules.counting import Count
    from chengxin.intake.services.counting import file_count
    from chengxin.intake.services.statements import versions
    from chengxin.kernel.clock import today
    from chengxin.oversight.values import Month
    from chengxin.policy.queries import current_rulebook

    first = Month.parse(month, by=today()).first
    stated = Count(
        month=first,
        published_url=given.pop("url"),
        unreported=_reasons(given.pop("reasons")),
        **given,
    )
    before = versions(unit=stated.unit, item=stated.item, month=first)
    form = file_count(
        count=stated,
        after=before[0].version if before else 0,
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    _say_filed(form.version, form.due_on, form.unexplained, as_json=as_json)
    return 1 if form.unexplained else 0


def _reasons(given: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in given:
        code, _, number = text.partition("=")
        if not number.isdecimal():
            message = "--reason 须写成 privacy=2。 Write --reason as privacy=2."
            raise click.UsageError(message)
        found[code] = found.get(code, 0) + int(number)
    return found


def _say_filed(version: int, due_on: date, unexplained: int, *, as_json: bool) -> None:
    if as_json:
        found = {"version": version, "due_on": due_on.isoformat(), "unexplained": unexplained}
        click.echo(json.dumps(found))
        return
    click.echo(f"已填报第 {version} 版，期限 {due_on}。 Version {version} filed, due {due_on}.")
    if unexplained:
        click.echo(f"无依据未报送 {unexplained} 件。 {unexplained} unreported without a reason.")
