"""`chengxin intake submit | release | return | status`: a batch from file to register."""

import json
from pathlib import Path
from typing import Any

import click

from chengxin.site.commands.acting import actor
from chengxin.site.startup import setup_django


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--item", required=True, help="Catalogue item 目录事项, such as penalty.")
@click.option("--unit", required=True, help="Code of the unit 报送单位, such as lyg-scjg.")
@click.option("--as", "login", required=True, help="Login of the officer who submits 经办人.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file: header → field, null to leave a column out. Settles what preview asks.",
)
@click.option(
    "--sheet", metavar="NAME", help="工作表 Which table, where a file holds several; else asked."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def submit(
    file: Path,
    item: str,
    unit: str,
    login: str,
    mapping: Path | None,
    sheet: str | None,
    *,
    as_json: bool,
) -> int:
    """提交文件 Submit a file; a second officer releases it. Exit 1 if rows have faults.

    The original is kept whole. Sent twice, it is one batch; the second time is refused with the
    number of the first.
    """
    setup_django()
    from chengxin.intake.queries import receipt
    from chengxin.intake.services import submit as submit_file
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    batch = submit_file(
        source=file,
        filename=file.name,
        item=item,
        unit=unit,
        mapping=_mapping(mapping),
        sheet=sheet,
        channel="command",
        by=actor(login),
        on=today(),
        book=current_rulebook(),
    )
    found = receipt(batch)
    _tell(found, as_json=as_json)
    return 1 if found["by_state"].get("faulty") else 0


def _mapping(file: Path | None) -> dict[str, str | None] | None:
    if file is None:
        return None
    try:
        loaded: Any = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        loaded = None
    if not isinstance(loaded, dict):
        message = (
            '--mapping 须为 JSON 对象，例如 {"处罚机关": "authority"}。 '
            "--mapping must be a JSON object, header → field."
        )
        raise click.UsageError(message)
    return loaded


@click.command()
@click.argument("number", metavar="BATCH")
@click.option("--as", "login", required=True, help="Login of the reviewer 审核人.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def release(number: str, login: str, *, as_json: bool) -> int:
    """审核入库 Release a batch somebody else submitted. Exit 1 if rows wait for a person."""
    setup_django()
    from chengxin.intake.queries import receipt
    from chengxin.intake.services import release as release_batch
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook

    batch = release_batch(number=number, by=actor(login), on=today(), book=current_rulebook())
    found = receipt(batch)
    _tell(found, as_json=as_json)
    waiting = ("awaiting_match", "differs", "faulty")
    return 1 if any(found["by_state"].get(state) for state in waiting) else 0


@click.command(name="return")
@click.argument("number", metavar="BATCH")
@click.option("--reason", required=True, help="Why 退回理由; the unit sees it.")
@click.option("--as", "login", required=True, help="Login of the reviewer 审核人.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def return_(number: str, reason: str, login: str, *, as_json: bool) -> int:
    """退回 Send a batch back with the reason; nothing of it enters the register."""
    setup_django()
    from chengxin.intake.queries import receipt
    from chengxin.intake.services import return_batch
    from chengxin.kernel.clock import today

    batch = return_batch(number=number, reason=reason, by=actor(login), on=today())
    _tell(receipt(batch), as_json=as_json)
    return 0


@click.command()
@click.argument("number", metavar="BATCH")
@click.option("--as", "login", required=True, help="Login of an officer who may read it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(number: str, login: str, *, as_json: bool) -> int:
    """回执 The receipt of a batch: what became of each row."""
    setup_django()
    from chengxin.intake.queries import batch, receipt

    _tell(receipt(batch(number, by=actor(login))), as_json=as_json)
    return 0


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"批次 Batch {found['batch']}（{found['state_label']} {found['state']}）")
    click.echo(f"  文件 file：{found['filename']}  SHA-256 {found['file_sha256']}")
    click.echo(f"  渠道 channel：{found['channel']}")
    click.echo(f"  数据行 rows：{found['rows']}")
    for label, count in sorted(found["by_state_labels"].items()):
        click.echo(f"    {label}：{count}")
