"""`chengxin explain`: what stood about an organisation on a day, as known at a moment, and why."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from chengxin.kernel.zone import SHANGHAI
from chengxin.site.commands.acting import actor
from chengxin.site.commands.parsing import DAY, MOMENT
from chengxin.site.startup import setup_django

if TYPE_CHECKING:
    from chengxin.replay.values import Explanation, RecordStood

PURPOSES = "query_purpose"


@click.command()
@click.argument("code", metavar="USCC")
@click.option("--on", type=DAY, help="The legal day 法律日 (YYYY-MM-DD); default: KNOWN's day.")
@click.option("--known", type=MOMENT, help="As known then 知悉时刻 (ISO 8601); default now.")
@click.option("--as", "login", help="Officer who looks; then all is told, and it is logged 查看人.")
@click.option("--purpose", default="", help="Registered purpose of an officer's look 查询目的.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain(
    code: str,
    on: date | None,
    known: datetime | None,
    login: str | None,
    purpose: str,
    *,
    as_json: bool,
) -> int:
    r"""回放：那一天说了什么，依据什么 What stood about an organisation, by which fact and rule.

    Without --as only what may be shown today is told. With --as and --purpose everything is: links
    and their evidence, evaluations, lists, measures, checks, and the digest of what was served.

    \b
    --json  {"format","asked","whole","organisation","merges","records","evaluations",
             "consequences","happened","served","digest"}

    Exit codes: 0 done, 2 nobody of that code, not yet known, or not permitted.
    """
    setup_django()
    from chengxin.kernel.clock import now
    from chengxin.policy.queries import current_rulebook
    from chengxin.replay import services
    from chengxin.replay.queries import public_explanation

    moment = known or now()
    day = on or moment.astimezone(SHANGHAI).date()
    if login is None:
        found = public_explanation(code, on=day, known=moment)
    else:
        found = services.explain(
            code=code,
            on=day,
            known=moment,
            purpose=purpose,
            known_purposes=current_rulebook().codelist(PURPOSES).by_code,
            by=actor(login),
        )
    if as_json:
        click.echo(json.dumps(found.as_json() | {"digest": found.digest}, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found)))
    return 0


def _lines(found: "Explanation") -> Iterator[str]:
    asked, who = found.asked, found.organisation
    since = f"，自 since {_moment(asked.edition_since)}" if asked.edition_since else ""
    yield f"{who['name']} {who['code']}"
    yield f"  法律日 on {asked.on}，知悉时刻 known {_moment(asked.known)}"
    yield f"  规则库版本 edition {asked.edition[:12]}{since}"
    if not asked.noted:
        yield "  该时刻尚未留存版本，按最早留存的计算 No edition was kept yet: the oldest is used."
    for record in found.records:
        yield from _record(record)
    for grade in found.evaluations:
        yield f"{grade.label} {grade.label_en}：{grade.grade_label}（{grade.state_label}）"
        yield f"  评价日 on {grade.on}，版本 edition {grade.edition[:12]}，摘要 {grade.digest}"
    for one in found.consequences:
        force = "有效力 binds" if one.binds else "无效力 without effect"
        yield f"{one.label} {one.label_en}：{one.state}，{force}，依据 basis {one.basis}"
    for event in found.happened:
        mark = "" if event.counts else "（该日尚不计入 not yet counted that day）"
        yield f"  {_moment(event.at)} {event.label} {event.label_en} {event.about}{mark}"
    if not found.records:
        yield "没有信用信息 No records." if found.whole else "没有可以公示的信息 Nothing to show."
    if found.served:
        yield f"当时对外提供内容的校验值 digest of what was served：{found.served}"
    if not found.whole:
        yield "只含现在仍可公示的信息 Only what may still be shown today is told."


def _record(record: "RecordStood") -> Iterator[str]:
    passport = record.passport
    shown = "公示 shown" if record.shown else "不公示 not shown"
    yield f"{record.title}"
    yield f"  {shown}：{record.reason_zh} {record.reason_en}"
    until = passport["public_until"] or "—"
    window = f"，公示 {passport['public_since']} – {until}" if record.shown else ""
    source, decided = passport["source_unit_name"], passport["decided_on"]
    yield f"  来源 source {source}，决定 decided {decided}{window}"
    for rule in record.rules:
        sure = "" if rule.confirmed else "（待法律复核 unconfirmed）"
        yield (
            f"  规则 rule {rule.label}（{rule.parameter}）= {rule.value} {rule.unit}，"
            f"按决定日取自 {rule.since} 起的值，{rule.basis}{sure}"
        )
    for basis in passport["basis"]:
        yield f"  依据 basis {basis}"
    if record.link is not None:
        link = record.link
        pieces = "、".join(f"{one['field']} {one['weight']}" for one in link.evidence) or "—"
        yield f"  关联 link {link.rule} {link.version}：{pieces} {link.reason}".rstrip()


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else "—"
