"""`chengxin intake`: a department's file, from a look at it to its rows in the register."""

import json
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from chengxin.engine.values import Severity
from chengxin.intake.values import Preview

SHOWN_FAULTS = 50
MARKS = {Severity.ERROR: "错误 error", Severity.WARNING: "提醒 warning", Severity.NOTE: "改写 note"}

# Commands that need the database; loaded when they are called.
WITH_DATABASE = {
    "submit": "提交文件 Submit a file; a second officer releases it.",
    "accept": "采纳建议 Accept what is proposed for bad rows.",
    "export-faults": "待改文件 The bad rows as a workbook to mend and submit.",
    "release": "审核入库 Release a batch somebody else submitted.",
    "return": "退回 Send a batch back with the reason.",
    "channels": "归集渠道 Watched folders and pulls: list, declare, confirm, run.",
    "status": "回执 The receipt of a batch.",
}
HOMES = {
    "accept": "intake_mending",
    "channels": "channels",
    "export-faults": "intake_mending",
}
ATTRIBUTES = {"export-faults": "export_faults", "return": "return_"}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *WITH_DATABASE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in WITH_DATABASE:
            return super().get_command(ctx, cmd_name)
        home = HOMES.get(cmd_name, "intake_batches")
        module = import_module(f"chengxin.site.commands.{home}")
        command: click.Command = getattr(module, ATTRIBUTES.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = [(name, command.get_short_help_str()) for name, command in self.commands.items()]
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([*own, *WITH_DATABASE.items()])


@click.group(cls=_Lazy)
def intake() -> None:
    """归集 Preview, submit and release a department's file."""


@intake.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--item", metavar="CODE", help="目录事项 Catalogue item; told from the headers if left out."
)
@click.option(
    "--sheet", metavar="NAME", help="工作表 Sheet of a workbook; else the first with a table."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def preview(file: Path, item: str | None, sheet: str | None, *, as_json: bool) -> int:
    r"""预览 Look at a file: nothing is written, no database is needed.

    FILE is xlsx, xls, csv, tsv, json, ndjson or parquet, a zip of these, or one of them
    gzipped, told by its content. Personal values are masked.

    \b
    --json  {"format","encoding","sheet","header_row","item","columns":[{"header","field",
            "confidence","personal","source"}],"rows","faults":[{"row","column","code",
            "message_zh","message_en","proposal"}],"questions":[{"kind","columns","message_zh",
            "message_en","proposal"}],"sheets":[NAME],"quarantined","remembered",
            "groups":[{"field","code","severity","count"}]}
    row     as the spreadsheet shows it; the line of a text file at which the row begins;
            the number of the record in JSON and Parquet, whose header_row is 0
    faults  the first 10,000; groups counts them all

    Exit codes: 0 nothing to do, 1 faults or questions, 2 the file cannot be read.
    """
    from chengxin.intake.services.looking import look
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    with TemporaryDirectory(prefix="chengxin-preview-") as folder:
        seen = look(
            file,
            file.name,
            folder=Path(folder),
            book=current_rulebook(),
            on=today(),
            item_code=item,
            sheet=sheet,
        ).preview
    if as_json:
        click.echo(json.dumps(seen.as_json(), ensure_ascii=False))
    else:
        _tell(seen)
    return 1 if seen.has_findings else 0


def _tell(seen: Preview) -> None:
    """The preview for people: what it is, its columns, the questions, the faults."""
    _tell_file(seen)
    click.echo("列 Columns：")
    for column in seen.columns:
        personal = "  [个人信息 personal]" if column.personal else ""
        target = f"{column.field}（{column.confidence:.0%}）" if column.field else "—"
        click.echo(f"  {column.header or '（无列名）'} → {target}{personal}")
    if seen.questions:
        click.echo("待确认 Questions：")
    for question in seen.questions:
        click.echo(f"  ? {question.message_zh}\n    {question.message_en}")
    _tell_faults(seen)


def _tell_file(seen: Preview) -> None:
    where = "，".join(part for part in (seen.format, seen.encoding, seen.sheet) if part)
    header = f"表头在第{seen.header_row}行 header in line {seen.header_row}"
    if not seen.header_row:
        header = "列名随记录而来 the names come with the records"
    click.echo(f"文件 File：{where}；{header}")
    if seen.quarantined:
        click.echo(f"隔离 Set aside：{seen.quarantined} 行 rows")
    if seen.remembered:
        click.echo("列对应：沿用本单位上次的确认 columns as this unit confirmed them before")
    click.echo(f"事项 Item：{seen.item or '未识别 not recognised'}；数据 {seen.rows} 行 rows")


def _tell_faults(seen: Preview) -> None:
    graver = [cell for cell in seen.faults if cell.fault.severity is not Severity.NOTE]
    if graver:
        click.echo(f"校验问题 Faults：{len(graver)}")
    for cell in graver[:SHOWN_FAULTS]:
        place = f"第{cell.row}行 {cell.column} [{cell.fault.code}] {MARKS[cell.fault.severity]}"
        click.echo(f"  {place}\n    {cell.fault.message_zh}\n    {cell.fault.message_en}")
        if cell.proposal_shown is not None:
            click.echo(f"    建议 proposal：{cell.proposal_shown}")
    left = len(graver) - SHOWN_FAULTS
    if left > 0:
        click.echo(f"  ……另有{left}项，见 --json。 {left} more; see --json.")
    if notes := len(seen.faults) - len(graver):
        # What was only tidied needs no one's eye; a column of dates would fill the screen.
        click.echo(
            f"已规整 {notes} 格，无需处理，见 --json。 {notes} cells were tidied; see --json."
        )
    if not seen.faults and not seen.questions:
        click.echo("没有发现问题。 No faults were found.")
