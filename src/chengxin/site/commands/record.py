"""`chengxin record`: a record with its passport 信用信息及来源凭证."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from chengxin.site.commands.parsing import DAY, MOMENT
from chengxin.site.commands.record_links import not_me, undo
from chengxin.site.startup import setup_django


@click.group()
def record() -> None:
    """信用信息 Records, their passports, and whose they are."""


record.add_command(undo)
record.add_command(not_me)


@record.command()
@click.argument("record_id", metavar="ID")
@click.option("--on", type=DAY, help="How it stood on this day 法律日 (YYYY-MM-DD); default today.")
@click.option("--known", type=MOMENT, help="As known at this moment 知悉时刻 (ISO 8601).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(record_id: str, on: date | None, known: datetime | None, *, as_json: bool) -> int:
    """查看一条信用信息及其来源凭证 Show a record as the public may see it, with its passport.

    A record about a natural person is not shown here; exit 2 says it is not found.
    """
    setup_django()
    from chengxin.kernel.clock import today
    from chengxin.policy.queries import current_rulebook
    from chengxin.publication.queries import fact
    from chengxin.register.errors import UnknownRecord

    try:
        identity = UUID(record_id)
    except ValueError:
        raise UnknownRecord(asked=record_id) from None
    day = on or today()
    found = fact(identity, on=day, book=current_rulebook(), known=known)
    if found is None:
        raise UnknownRecord(asked=record_id)
    answer: dict[str, Any] = {
        "id": record_id,
        "item": found.item,
        "on": day.isoformat(),
        "public": found.showing.on(day),
        "reason": found.showing.reason_on(day),
        "fields": [value.__dict__ for value in found.fields],
        "passport": found.passport.as_json(),
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return 0
    _print(answer)
    return 0


def _print(answer: dict[str, Any]) -> None:
    from chengxin.publication.values import REASONS

    passport = answer["passport"]
    click.echo(f"{passport['item_label']} {passport['document_number']}")
    for value in answer["fields"]:
        click.echo(f"  {value['label']}：{value['value']}")
    zh, en = REASONS[answer["reason"]]
    shown = "公示中 public" if answer["public"] else f"不公示 not public：{zh} {en}"
    click.echo(f"  {answer['on']}：{shown}")
    for label, name in (
        ("来源 source", "source_unit_name"),
        ("原件 original SHA-256", "document_sha256"),
        ("规则库版本 edition", "edition"),
        ("入库 recorded", "recorded_at"),
        ("公示起 since", "public_since"),
        ("公示止 until", "public_until"),
    ):
        click.echo(f"  {label}：{passport[name] or '—'}")
    for basis in passport["basis"]:
        click.echo(f"  依据 basis：{basis}")
