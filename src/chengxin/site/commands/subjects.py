"""`chengxin subjects`: organisation lists and search 信用主体."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click

from chengxin.kernel.text import normalise_text
from chengxin.site.commands.subject_merges import confirm, decline, merge, merges, split
from chengxin.site.startup import setup_django
from chengxin.subjects.rules.columns import HEADERS as MATCHED

# Headers under which registration lists carry each column.
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": MATCHED["name"],
    "uscc": MATCHED["uscc"],
    "kind": ("kind",),
    "status": ("status",),
    "division": ("division", "行政区划代码"),
    "industry": ("industry",),
    "address": ("address", "住所", "地址", "注册地址"),
    "registered_on": ("registered_on", "注册日期", "成立日期", "登记日期"),
    "former_names": MATCHED["former_names"],
    "old_registration_number": MATCHED["registration"],
    "old_org_code": MATCHED["org_code"],
    "old_tax_number": MATCHED["tax"],
    "branch_of": ("branch_of",),
    "representative": ("representative", "法定代表人"),
}
ROWS_AT_ONCE: Final = 5_000


@click.group()
def subjects() -> None:
    """信用主体 Credit subjects: import a registration list, search, merge and split."""


for _command in (merge, merges, confirm, decline, split):
    subjects.add_command(_command)


@subjects.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "login", help="Officer's login; default: the operator of this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_list(file: Path, login: str | None, *, as_json: bool) -> int:
    """导入主体名录 Import an organisation list (csv, xlsx, xls; may be gzipped).

    Needs a column for the name and one for the code. Exit 1 if rows were refused or doubled;
    each is listed with its line and reason. No row is lost: read = added + known + invalid +
    duplicates.
    """
    setup_django()
    from chengxin.kernel.actor import Actor
    from chengxin.kernel.clock import today
    from chengxin.site.commands.acting import actor
    from chengxin.subjects.services import import_organisations

    by = actor(login) if login else Actor.system("subjects.import")
    result = import_organisations(rows=read_list(file), by=by, on=today())
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        _tell(result.as_json())
    return 1 if result.refused or result.duplicates else 0


def read_list(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Lines of a list of any length, as (line, column → text). Raises: `ListUnreadable`."""
    import pyarrow.parquet as pq

    from chengxin.intake.services import stage_table
    from chengxin.subjects.errors import ListUnreadable

    names = [header for headers in HEADERS.values() for header in headers]
    with tempfile.TemporaryDirectory(prefix="chengxin-list-") as place:
        table = stage_table(file, folder=Path(place), known=names)
        texts = [normalise_text(header) for header in table.headers]
        columns = {
            field: table.columns[texts.index(header)]
            for field, known in HEADERS.items()
            if (header := next((one for one in known if one in texts), None)) is not None
        }
        if "name" not in columns or "uscc" not in columns:
            raise ListUnreadable(headers=list(table.headers))
        yield from _damaged(table.staged.damaged)
        with pq.ParquetFile(table.staged.rows) as rows:
            wanted = ["line", *dict.fromkeys(columns.values())]
            for batch in rows.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
                lines = batch.column("line").to_pylist()
                cells = [batch.column(column).to_pylist() for column in columns.values()]
                for line, *row in zip(lines, *cells, strict=True):
                    yield line, {f: text or "" for f, text in zip(columns, row, strict=True)}


def _damaged(file: Path | None) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Rows that are not whole: counted as such, and refused by name."""
    import pyarrow.parquet as pq

    if file is not None:
        found = pq.read_table(file, columns=["line", "damage"])
        for line, damage in zip(
            found["line"].to_pylist(), found["damage"].to_pylist(), strict=True
        ):
            yield line, {"damage": damage}


def _tell(answer: Mapping[str, object]) -> None:
    click.echo(
        f"读取 {answer['read']} 行：新增 {answer['added']}，已有 {answer['known']}，"
        f"其中校验位存疑 {answer['held']}；无法识别 {answer['invalid']}。"
    )
    click.echo(
        f"Read {answer['read']} rows: {answer['added']} added, {answer['known']} known, "
        f"{answer['held']} of them held for a wrong check digit; {answer['invalid']} invalid."
    )
    refused = answer["refused"]
    if isinstance(refused, list):
        for one in refused[:20]:
            click.echo(f"  第 {one['row']} 行 row：{one['message_zh']} {one['message_en']}")


@subjects.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per hit.")
def search(text: str, limit: int, *, as_json: bool) -> int:
    """查找组织 Find organisations by name, former name or code; never a natural person."""
    setup_django()
    from chengxin.subjects.queries import search as find

    hits = find(text, limit=limit)
    for hit in hits:
        if as_json:
            click.echo(json.dumps(hit.__dict__, ensure_ascii=False))
        else:
            former = f"（曾用名 {hit.matched}）" if hit.matched else ""
            click.echo(f"{hit.public_id}  {hit.code or '—':18}  {hit.name}{former}")
    return 0 if hits else 1
