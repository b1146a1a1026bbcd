"""`chengxin rulebook`: check the law files, and show what they say. No database, no Django."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from chengxin.catalogue.queries import check_items, items, notices
from chengxin.kernel.canonical import plain
from chengxin.kernel.clock import today
from chengxin.law.values import Basis
from chengxin.policy.errors import RulebookFault, UnknownName
from chengxin.policy.queries import rulebook_folder
from chengxin.policy.services import check_rulebook, load_rulebook
from chengxin.policy.values import Parameter, Rulebook
from chengxin.site.commands.rulebook_editions import editions
from chengxin.site.commands.rulebook_release import overrule, release, releases, simulate
from chengxin.site.commands.rulebook_traps import traps

AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print one JSON object.")
FOLDER = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    help="规则库目录 The rulebook's folder; default: CHENGXIN_RULEBOOK or the packaged one.",
)


@click.group()
def rulebook() -> None:
    """规则库 Check the rulebook or show an entry of it."""


@rulebook.command("check")
@FOLDER
@AS_JSON
@click.pass_context
def check_command(ctx: click.Context, folder: Path | None, *, as_json: bool) -> None:
    r"""检查规则库全部文件并编译目录 Check every file and compile the catalogue.

    \b
    --json  {"ok","edition","items","parameters","laws","lists","measures","unconfirmed",
             "notices","faults":[
             {"file","line","code","reason_zh","reason_en","way_out_zh","way_out_en"}]}

    Exit codes: 0 no fault, 1 faults, 2 there is no rulebook at that place.
    """
    root = folder or rulebook_folder()
    faults = check_rulebook(root)
    book = None if faults else load_rulebook(root)
    if book is not None:
        faults = check_items(book)
    if as_json:
        click.echo(json.dumps(_summary(book, faults), ensure_ascii=False))
    else:
        _print_check(book, faults)
    ctx.exit(1 if faults else 0)


for _command in (traps, simulate, overrule, release, releases):
    rulebook.add_command(_command)
rulebook.add_command(editions)


@rulebook.command("show")
@click.argument("code", required=False)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="日期 The day asked about.")
@FOLDER
@AS_JSON
def show_command(
    code: str | None, day: datetime | None, folder: Path | None, *, as_json: bool
) -> None:
    """显示事项、参数、法规、单位、代码集或角色 Show an item, parameter, law, unit, list or role.

    Without CODE: the names of everything. Exit codes: 0, or 2 if there is no such name.
    """
    book = load_rulebook(folder or rulebook_folder())
    found = _names(book) if code is None else _entry(book, code, day.date() if day else today())
    shown = _plain(found)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(shown)))


def _summary(book: Rulebook | None, faults: Sequence[RulebookFault]) -> dict[str, Any]:
    return {
        "ok": not faults,
        "edition": book.edition if book else None,
        "items": len(book.raw_items) if book else None,
        "parameters": len(book.parameters) if book else None,
        "laws": len(book.laws) if book else None,
        "lists": len(book.consequences.lists) if book else None,
        "measures": len(book.consequences.measures) if book else None,
        "unconfirmed": _unconfirmed(book) if book else None,
        "notices": [one.as_json() for one in notices(book)] if book and not faults else [],
        "faults": [fault.as_json() for fault in faults],
    }


def _unconfirmed(book: Rulebook) -> dict[str, int]:
    values = [value for one in book.parameters.values() for value in one.values]
    return {
        "laws": sum(law.status != "confirmed" for law in book.laws.values()),
        "parameter_values": sum(
            one.status != "confirmed" or bool(one.unconfirmed) for one in values
        ),
        "units": sum(unit.status != "confirmed" for unit in book.units.values()),
        "lists": sum(one.status != "confirmed" for one in book.consequences.lists.values()),
        "measures": sum(one.status != "confirmed" for one in book.consequences.measures.values()),
    }


def _print_check(book: Rulebook | None, faults: Sequence[RulebookFault]) -> None:
    for fault in faults:
        click.echo(fault.text("zh"))
        click.echo(f"  [{fault.code}] {fault.text('en')}")
    if faults:
        click.echo(f"规则库有 {len(faults)} 处错误。 {len(faults)} fault(s).")
    elif book is not None:
        for notice in notices(book):
            click.echo(f"提示 {notice.text('zh')}")
            click.echo(f"  [{notice.code}] {notice.text('en')}")
        open_ = _unconfirmed(book)
        click.echo(
            f"规则库无错误，版本 {book.edition_short}。"
            f" No faults; edition {book.edition_short}: {len(book.raw_items)} items,"
            f" {len(book.parameters)} parameters, {len(book.laws)} laws,"
            f" {len(book.consequences.lists)} lists, {len(book.consequences.measures)} measures."
        )
        click.echo(
            f"待核实：法规 {open_['laws']}、参数值 {open_['parameter_values']}、"
            f"单位 {open_['units']}、名单 {open_['lists']}、措施 {open_['measures']}。"
            " Still to be confirmed, as marked in the files."
        )


def _names(book: Rulebook) -> dict[str, Any]:
    return {
        "edition": book.edition,
        "items": list(book.raw_items),
        "parameters": list(book.parameters),
        "codelists": list(book.codelists),
        "models": list(book.models),
        "lists": list(book.consequences.lists),
        "measures": list(book.consequences.measures),
        "roles": list(book.roles),
        "units": list(book.units),
        "laws": list(book.laws),
        "calendar": [book.calendar.first_year, book.calendar.last_year],
    }


def _entry(book: Rulebook, code: str, day: date) -> dict[str, Any]:
    shelves: dict[str, Mapping[str, Any]] = {
        "item": items(book),
        "parameter": book.parameters,
        "law": book.laws,
        "codelist": book.codelists,
        "model": book.models,
        "list": book.consequences.lists,
        "measure": book.consequences.measures,
        "unit": book.units,
        "role": book.roles,
    }
    for kind, shelf in shelves.items():
        if code not in shelf:
            continue
        found: dict[str, Any] = {"kind": kind, "on": day, "entry": shelf[code]}
        if kind in {"item", "law", "list", "measure"}:
            found["in_force"] = shelf[code].in_force(day)
        if isinstance(shelf[code], Parameter):
            found["answer"] = shelf[code].on(day)
        if kind == "law":
            found["articles"] = book.articles[code]
        return found
    raise UnknownName(kind="条目", kind_en="entry", name=code)


def _plain(value: Any) -> Any:
    if isinstance(value, Basis):
        return {"law": value.law_id, "text": str(value), "status": value.status}
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {
            name: _plain(one) for name, one in pairs if one not in (None, "", (), {}, frozenset())
        }
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)


def _lines(value: Any, indent: str = "") -> list[str]:
    pairs = list(value.items()) if isinstance(value, dict) else [("-", one) for one in value]
    lines: list[str] = []
    for key, one in pairs:
        head = f"{indent}-" if key == "-" else f"{indent}{key}:"
        if isinstance(one, dict | list) and one:
            short = _short(one)
            if short is not None:
                lines.append(f"{head} {short}")
            else:
                lines += [head, *_lines(one, indent + "  ")]
        else:
            lines.append(f"{head} {one}")
    return lines


def _short(value: Any) -> str | None:
    """One line for what fits on one: plain lists, and a basis as it is cited."""
    if isinstance(value, dict) and set(value) == {"law", "text", "status"}:
        mark = "" if value["status"] == "confirmed" else "（待核实 unconfirmed）"
        return f"{value['text']}{mark}"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "、".join(str(one) for one in value)
    return None
