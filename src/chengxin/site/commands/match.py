"""`chengxin match`: a department's list against a registry file, with no database at all."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from chengxin.intake.services import stage_table
from chengxin.intake.services.tables import StagedTable
from chengxin.subjects.queries.registries import (
    directory_of_table,
    parties_of_table,
    told_lines,
)
from chengxin.subjects.rules import evidence_text
from chengxin.subjects.rules.columns import HEADERS, Columns, propose_columns
from chengxin.subjects.services import link_table

LABELS: Final = {
    "name": ("名称", "name"),
    "uscc": ("代码", "code"),
}
SHOWN: Final = 20


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--registry",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="登记名录 The list of organisations to match against.",
)
@click.option(
    "--accept-mapping", is_flag=True, help="采用建议的列对应 Accept the proposed columns."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per row.")
def match(file: Path, registry: Path, *, accept_mapping: bool, as_json: bool) -> int:
    """主体比对 Say for each row of a list which organisation of the registry it is.

    Linked by code, organisation code or old number when the name fits; a name alone, or a code
    whose name does not fit, is a candidate for a person. Persons are linked to nobody. Where
    header and content disagree nothing is matched: exit 1 with the proposed columns, which
    --accept-mapping accepts. `row` is the line of the file, the header being line 1.
    """
    with tempfile.TemporaryDirectory(prefix="chengxin-match-") as place:
        tables = [
            _staged(path, Path(place) / name)
            for path, name in ((file, "list"), (registry, "registry"))
        ]
        columns = [propose_columns(table.headers, table.samples) for table in tables]
        doubted = [
            _question(path, table, found)
            for path, table, found in zip((file, registry), tables, columns, strict=True)
            if not found.certain and not (accept_mapping and _usable(found))
        ]
        if doubted:
            _ask(doubted, as_json=as_json)
            return 1
        lines = _matched(tables, columns, Path(place))
        return _print(lines, tables[0], as_json=as_json)


def _staged(path: Path, folder: Path) -> StagedTable:
    folder.mkdir()
    return stage_table(path, folder=folder, known=[h for known in HEADERS.values() for h in known])


def _usable(found: Columns) -> bool:
    return "name" in found.places or "uscc" in found.places


def _matched(
    tables: Iterable[StagedTable], columns: Iterable[Columns], place: Path
) -> Iterable[str]:
    wanted, registry = tables
    of_list, of_registry = (
        {field: table.columns[at] for field, at in found.places.items()}
        for table, found in zip((wanted, registry), columns, strict=True)
    )
    parties = parties_of_table(wanted.staged.rows, of_list, place / "parties.parquet")
    directory = directory_of_table(registry.staged.rows, of_registry, place)
    links = link_table(parties, directory=directory, into=place / "links.parquet")
    return told_lines(links, parties, place / "listed.parquet")


def _question(path: Path, table: StagedTable, found: Columns) -> dict[str, Any]:
    """The doubt about the columns of a file, and what is proposed."""
    proposal = {field: table.headers[at] for field, at in found.places.items()}
    examples = {
        field: next((text for text in table.samples[at] if text), "")
        for field, at in found.places.items()
    }
    missing = [field for field in LABELS if field not in proposal]
    told = "，".join(
        f"{LABELS.get(f, (f, f))[0]}→第{found.places[f] + 1}列“{_visible(h)}”（如“{examples[f]}”）"
        for f, h in proposal.items()
    )
    told_en = ", ".join(
        f"{LABELS.get(f, (f, f))[1]} → column {found.places[f] + 1} “{_visible(h)}” "
        f"(such as “{examples[f]}”)"
        for f, h in proposal.items()
    )
    why = "表头有列名粘在一格里，与内容错位" if found.glued else "列名与内容不符，或找不到列名"
    why_en = (
        "names of the header are glued together and do not stand over their columns"
        if found.glued
        else "the header does not name the columns, or their content denies it"
    )
    lost = f"；没有找到{'、'.join(LABELS[f][0] for f in missing)}列" if missing else ""
    lost_en = f"; no column for {' and '.join(LABELS[f][1] for f in missing)}" if missing else ""
    return {
        "file": path.name,
        "format": table.format,
        "encoding": table.encoding,
        "headers": list(table.headers),
        "rows": table.staged.total,
        "kind": "broken_header" if found.glued else "doubtful_columns",
        "message_zh": f"{path.name}：{why}。按内容判断：{told}{lost}。"
        "核对无误后加 --accept-mapping 采用；未采用前不作比对。",
        "message_en": f"{path.name}: {why_en}. By their content: {told_en}{lost_en}. If that is "
        "right, accept it with --accept-mapping; nothing is matched before.",
        "proposal": {
            field: {"column": at + 1, "header": table.headers[at], "example": examples[field]}
            for field, at in found.places.items()
        },
    }


def _visible(header: str) -> str:
    return header.replace("\t", "⇥")


def _ask(questions: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    for question in questions:
        if as_json:
            click.echo(json.dumps({"question": question}, ensure_ascii=False))
        else:
            click.echo(question["message_zh"])
            click.echo(question["message_en"])


def _print(lines: Iterable[str], table: StagedTable, *, as_json: bool) -> int:
    """Every row, or the counts and the first doubts; damaged rows are told apart, never lost."""
    for number, reason in _damaged(table):
        told = {"row": number, "decision": "none", "code": None, "name": None}
        told |= {"rule": "damaged-row", "evidence": [], "conflict": reason, "candidates": []}
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False))
    if as_json:
        for line in lines:
            click.echo(line)
        return 0
    counts: Counter[tuple[str, str]] = Counter()
    shown = 0
    for line in lines:
        row = json.loads(line)
        counts[row["decision"], row["rule"]] += 1
        if row["decision"] == "candidate" and shown < SHOWN:
            shown += 1
            said = [evidence_text(piece) for piece in row["evidence"]]
            zh, en = (" / ".join(texts) for texts in zip(*said, strict=True))
            click.echo(f"  第 {row['row']} 行 row → {row['name']}（{row['code']}）：{zh} · {en}")
    for (decision, rule), count in counts.most_common():
        click.echo(f"{decision:10} {rule:20} {count}")
    if table.staged.damage:
        click.echo(f"{'none':10} {'damaged-row':20} {sum(table.staged.damage.values())}")
    return 0


def _damaged(table: StagedTable) -> Iterable[tuple[int, str]]:
    import pyarrow.parquet as pq

    if table.staged.damaged is None:
        return []
    found = pq.read_table(table.staged.damaged, columns=["line", "damage"])
    return list(zip(found["line"].to_pylist(), found["damage"].to_pylist(), strict=True))
