"""`chengxin ids check`: check a column of identifiers in a file. No database, no Django."""

import re
from collections import Counter
from json.encoder import encode_basestring
from pathlib import Path
from typing import Literal, NamedTuple

import click

from chengxin.kernel.ids import ANY, Checked, IdKind, Verdict, check
from chengxin.kernel.ids.cleaning import clean
from chengxin.kernel.ids.explain import explain
from chengxin.kernel.ids.person import is_person, resembles_person
from chengxin.kernel.text import mask_id
from chengxin.site.commands.ids_table import read_column

Wanted = IdKind | Literal["any"]

_BATCH = 5_000
_SHOWN = 100
_TRUE_FALSE = {True: "true", False: "false"}
_ID_INSIDE = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")


@click.group()
def ids() -> None:
    """校验代码与证件号 Check the numbers that name subjects."""


@ids.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", required=True, metavar="NAME", help="列名 The column's header.")
@click.option(
    "--kind",
    type=click.Choice([ANY, *(kind.value for kind in IdKind)]),
    default=ANY,
    show_default=True,
    help="号码种类 What the column holds; any decides row by row.",
)
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON 对象 One JSON object per row.")
@click.pass_context
def check_command(ctx: click.Context, file: Path, column: str, kind: str, *, as_json: bool) -> None:
    r"""逐行校验 FILE 中一列号码 Check one column of FILE, row by row.

    FILE is CSV (UTF-8 or GB18030), XLSX (first sheet) or XLS, recognised by content. The header
    is looked for in the first 20 lines.

    \b
    --json  {"row","value","kind","verdict","normalised","code","publishable"}
      row         line of the file or sheet, the first is 1
      value       as received, but masked where it is, contains or resembles a person's
                  ID number; then normalised is masked too
      verdict     valid 有效, held 存疑 (a person decides), invalid 无效
      code        why not valid, or a note on a valid one; "" if there is nothing to say
      publishable false for whatever is, or could be read as, a person's number

    Exit codes: 0 all valid, 1 findings, 2 file or column cannot be read.
    """
    wanted: Wanted = ANY if kind == ANY else IdKind(kind)
    show = _print_json if as_json else _print_table
    findings = show(file, column, wanted)
    ctx.exit(1 if findings else 0)


class _Line(NamedTuple):
    row: int
    value: str
    checked: Checked
    normalised: str


def _line(row: int, value: str, kind: Wanted) -> _Line:
    checked = check(value, kind)
    normalised = checked.normalised
    if not checked.publishable and _personal(value, checked):
        return _Line(row, _mask(value), checked, _mask(normalised))
    return _Line(row, value, checked, normalised)


def _personal(value: str, checked: Checked) -> bool:
    """Whether showing the cell would show, or nearly show, a person's document number."""
    text = checked.normalised
    if checked.verdict is Verdict.VALID or is_person(text) or resembles_person(text):
        return True
    return any(is_person(clean(found)) for found in _ID_INSIDE.findall(value))


def _mask(text: str) -> str:
    """Mask the ID numbers inside a longer text, or else the text as a whole."""
    masked = _ID_INSIDE.sub(lambda found: mask_id(found.group()), text)
    return masked if masked != text else mask_id(text)


def _print_json(file: Path, column: str, kind: Wanted) -> int:
    findings, lines = 0, []
    for row, received in read_column(file, column):
        _, value, checked, normalised = _line(row, received, kind)
        if checked.verdict is not Verdict.VALID:
            findings += 1
        # By hand: json.dumps takes longer than the check, and a city has millions.
        lines.append(
            f'{{"row": {row}, "value": {encode_basestring(value)}, '
            f'"kind": "{checked.kind}", "verdict": "{checked.verdict}", '
            f'"normalised": {encode_basestring(normalised)}, "code": "{checked.code}", '
            f'"publishable": {_TRUE_FALSE[checked.publishable]}}}'
        )
        if len(lines) == _BATCH:
            click.echo("\n".join(lines))
            lines.clear()
    if lines:
        click.echo("\n".join(lines))
    return findings


def _print_table(file: Path, column: str, kind: Wanted) -> int:
    """Print the first findings with their reason, then the counts."""
    counts: Counter[tuple[str, str, str]] = Counter()
    findings = notes = 0
    for row, value in read_column(file, column):
        line = _line(row, value, kind)
        checked = line.checked
        counts[checked.kind.value, checked.verdict.value, checked.code] += 1
        findings += checked.verdict is not Verdict.VALID
        if checked.verdict is not Verdict.VALID and findings <= _SHOWN:
            zh, en = explain(checked)
            click.echo(f"{row}\t{line.value}\t{checked.kind.value}\t{checked.verdict.value}")
            click.echo(f"\t{zh}\n\t{en}")
        notes += checked.verdict is Verdict.VALID and not checked.publishable
    if findings > _SHOWN:
        click.echo(f"… 另有 {findings - _SHOWN} 行，见 --json。 And more; see them with --json.")
    total = sum(counts.values())
    click.echo(
        f"共 {total} 行，有效 {total - findings}，需处理 {findings}，有效但不可公示 {notes}。"
    )
    click.echo(
        f"{total} rows: {total - findings} valid, {findings} to look at, "
        f"{notes} valid but never published."
    )
    for (kind_name, verdict, code), number in sorted(counts.items()):
        click.echo(f"  {number:>9}  {kind_name:<17} {verdict:<8} {code}")
    return findings
