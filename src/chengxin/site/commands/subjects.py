"""`chengxin subjects`: organisation lists and search 信用主体."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import click

from chengxin.kernel.text import normalise_text
from chengxin.site.commands.subject_merges import confirm, decline, merge, merges, split
from chengxin.site.startup import setup_django

# Headers under which registration lists carry each column.
HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "name",
        "企业名称",
        "名称",
        "主体名称",
        "单位名称",
        "机构名称",
        "法人名称",
        "纳税人名称",
    ),
    "uscc": (
        "uscc",
        "统一社会信用代码",
        "社会信用代码",
        "信用代码",
        "证照号码_原样",
        "证照号码",
        "代码",
        "纳税人识别号",
        "注册号",
    ),
    "kind": ("kind",),
    "status": ("status",),
    "division": ("division", "行政区划代码"),
    "industry": ("industry",),
    "address": ("address", "住所", "地址", "注册地址"),
    "registered_on": ("registered_on", "注册日期", "成立日期", "登记日期"),
    "former_names": ("former_names", "曾用名"),
    "old_registration_number": ("old_registration_number", "原注册号"),
    "old_org_code": ("old_org_code", "组织机构代码"),
    "branch_of": ("branch_of",),
    "representative": ("representative", "法定代表人"),
}


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
    """Lines of a list, as (line, column → text). Raises: `ListUnreadable`."""
    from chengxin.intake.services import read_table
    from chengxin.subjects.errors import ListUnreadable

    data = file.read_bytes()
    name = file.name
    if name.endswith(".gz"):
        data, name = gzip.decompress(data), name.removesuffix(".gz")
    names = [header for headers in HEADERS.values() for header in headers]
    table = read_table(data, name, known=names)
    columns: dict[str, int] = {}
    for column, known in HEADERS.items():
        for header in known:
            found = [i for i, text in enumerate(table.headers) if normalise_text(text) == header]
            if found:
                columns[column] = found[0]
                break
    if "name" not in columns or "uscc" not in columns:
        raise ListUnreadable(headers=list(table.headers))
    texts = {column: table.texts(index) for column, index in columns.items()}
    for number, row in enumerate(table.rows):
        yield row.line, {column: cells[number] for column, cells in texts.items()}


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
