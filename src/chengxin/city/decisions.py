"""Makes the decisions 行政处罚决定、行政许可决定: true ones, before any error is planted."""

from datetime import date, timedelta
from typing import Final

from chengxin.city.departments import authority_of
from chengxin.city.dice import Dice
from chengxin.city.parties import choose_party, party_values
from chengxin.city.values import PENALTY, Decision, Organisation, PlannedFile, Size
from chengxin.city.words import Breach, PermitKind, words
from chengxin.kernel.dates import add_months

NO_END: Final = date(2099, 12, 31)
FRIDAY: Final = 4
CONFISCATIONS: Final = frozenset({"没收违法所得", "没收非法财物"})
LICENCE_KINDS: Final = frozenset({"吊销许可证件", "暂扣许可证件"})
NUMERIC_PERCENT: Final = 8


def decision(size: Size, planned: PlannedFile, row: int, on_time: date, need: str = "") -> Decision:
    """Decision number `row` (from 0) of a file; the same for the same arguments."""
    dice = Dice(size.seed, "row", planned.number, row)
    decided_on = _decided_on(size, planned, row, on_time, dice)
    sector = dice.pick(planned.department.sectors)
    party = choose_party(size, dice, planned.item, sector, need)
    values = party_values(party, dice)
    name, code, mark = authority_of(planned.department, sector)
    serial = planned.first_serial + row
    kind = "罚" if planned.item == PENALTY else "许"
    values["document_number"] = f"{mark}{kind}〔{decided_on.year}〕{serial}号"
    if planned.item == PENALTY:
        values |= _penalty(dice, decided_on, sector, party[0], need)
        served_on = decided_on + timedelta(days=dice.below(6))
        values["served_on"] = min(served_on, planned.received_on).isoformat()
    else:
        values |= _permit(dice, decided_on, sector, party[0], serial)
        if dice.happens(NUMERIC_PERCENT):
            values["document_number"] = f"{decided_on.year}{serial:08d}"
    values |= {
        "decided_on": decided_on.isoformat(),
        "authority": name,
        "authority_uscc": code,
        "source": planned.department.name,
        "source_uscc": planned.department.uscc,
    }
    if dice.happens(5):
        values["remark"] = "已录入业务系统"
    return Decision(
        id=f"D{planned.number:05d}-{row + 1:05d}",
        item=planned.item,
        unit=planned.department.code,
        decided_on=decided_on,
        values=values,
        organisation=party[0],
        person=party[1],
    )


def late_rows(planned: PlannedFile, on_time: date, seed: int) -> int:
    """How many rows of the file are late; they come first."""
    if not planned.is_current or on_time > planned.until:
        return planned.rows
    if on_time <= planned.since:
        return 0
    return planned.rows * Dice(seed, "late", planned.department.code).between(3, 30) // 100


def _decided_on(size: Size, planned: PlannedFile, row: int, on_time: date, dice: Dice) -> date:
    """Rows are in the order of their days: late ones first, then the days on time."""
    late = late_rows(planned, on_time, size.seed)
    if row < late:
        since, place, rows = planned.since, row, late
        until = planned.until if late == planned.rows else on_time - timedelta(days=1)
    else:
        since, place, rows = max(planned.since, on_time), row - late, planned.rows - late
        until = planned.until
    days = (until - since).days + 1
    day = since + timedelta(days=(place * 1000 + dice.below(1000)) * days // (rows * 1000))
    weekend = max(0, day.weekday() - FRIDAY)
    return max(since, day - timedelta(days=weekend))


def _penalty(
    dice: Dice, decided_on: date, sector: str, found: Organisation | None, need: str
) -> dict[str, str]:
    breaches = words().breaches[sector]
    if need in {"person", "minor"} or found is None:
        breaches = tuple(b for b in breaches if not set(b.kinds) & LICENCE_KINDS)
    if need == "fine" and any(b.high for b in breaches):
        breaches = tuple(b for b in breaches if b.high)
    breach = dice.pick(breaches)
    fine = dice.between(breach.low // 50, breach.high // 50) * 50
    gains = dice.between(20, max(40, fine // 5)) if set(breach.kinds) & CONFISCATIONS else 0
    values = {
        "breach_kind": breach.label,
        "breach_facts": _facts(dice, breach, decided_on, found),
        "penalty_basis": breach.basis,
        "penalty_kind": ";".join(breach.kinds),
        "penalty_content": _content(breach, fine, gains),
        "fine_yuan": str(fine) if "罚款" in breach.kinds else "",
        "confiscated_yuan": str(gains) if gains else "",
        "licence_affected": f"许可证件 苏H{dice.between(10_000, 99_999)}"
        if set(breach.kinds) & LICENCE_KINDS
        else "",
        "valid_until": (NO_END if dice.happens(60) else add_months(decided_on, 12)).isoformat(),
        "publication_until": add_months(decided_on, dice.pick((12, 36, 60))).isoformat(),
        "severity": dice.pick(("轻微", "一般", "一般", "严重")) if dice.happens(14) else "",
        "historical_severity": dice.pick(("一般", "较重", "严重")) if dice.happens(8) else "",
    }
    return {name: text for name, text in values.items() if text}


def _facts(dice: Dice, breach: Breach, decided_on: date, found: Organisation | None) -> str:
    text = _filled(dice, breach.facts, decided_on - timedelta(days=dice.between(15, 120)), found)
    proof = dice.pick(("现场检查笔录", "询问笔录", "抽样检验报告", "现场照片"))
    gap = "\n" if dice.happens(1) else ""  # a new paragraph inside the cell
    return f"{text}{gap}以上事实有{proof}等证据证实。"


def _content(breach: Breach, fine: int, gains: int) -> str:
    parts = []
    for kind in breach.kinds:
        amount = fine if kind == "罚款" else gains if kind == "没收违法所得" else 0
        parts.append(f"{kind}{amount}元" if amount else kind)
    return "给予当事人以下行政处罚：" + "；".join(parts) + "。"


def _permit(
    dice: Dice, decided_on: date, sector: str, found: Organisation | None, serial: int
) -> dict[str, str]:
    permit: PermitKind = dice.pick(words().permits[sector])
    until = NO_END
    if permit.years:
        until = add_months(decided_on, 12 * permit.years) - timedelta(days=1)
    number = f"3207{decided_on.year}{serial:07d}"
    return {
        "document_title": f"准予{permit.title}决定书",
        "permit_kind": permit.kind,
        "content": _filled(dice, permit.content, decided_on, found),
        "valid_from": decided_on.isoformat(),
        "valid_until": until.isoformat(),
        "status": "无效" if dice.happens(6) else "有效",
    } | (
        {"certificate_name": permit.certificate, "permit_number": number}
        if permit.certificate
        else {}
    )


def _filled(dice: Dice, template: str, day: date, found: Organisation | None) -> str:
    return template.format(
        day=f"{day.year}年{day.month}月{day.day}日",
        address=found.address if found else f"连云港市{dice.pick(words().streets)}",
        goods=dice.pick(words().goods),
        n=dice.between(1, 60),
        few=dice.between(1, 6),
        much=dice.between(2, 480) * 10,
        amount=dice.between(2, 900) * 100 + dice.below(100),
    )
