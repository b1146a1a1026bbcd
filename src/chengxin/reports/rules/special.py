"""Special reports 专项信用报告（信用代证）: what is said of chosen domains over a chosen period.

A statement is about what is public on its day, and says so: whatever was repaired or whose term
is over is neither shown nor used any more, and a class never collected is not "none".
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chengxin.catalogue.values import Disclosure, Item
from chengxin.kernel.dates import add_months
from chengxin.law.values import Answer
from chengxin.policy.values import Function
from chengxin.publication.values import PublicFact
from chengxin.reports.errors import PeriodTooLong, UnknownDomain

LONGEST = "special_report.longest_period"
REPAIRED = "special_report.repaired"
VALIDITY = "special_report.validity"
# The classes of violation a special report may speak of, as far as they are public.
ITEMS = ("penalty", "enforcement", "serious_breach_list")
SEVERITIES = {
    "serious": ("严重失信行为的", "serious "),
    "ordinary": ("一般失信行为的", "ordinary "),
}


@dataclass(frozen=True)
class Asked:
    """What is wanted: domains (functions of the rulebook) and months up to and with `on`."""

    domains: tuple[Function, ...]
    months: int
    on: date

    @property
    def since(self) -> date:
        """The first day of the period."""
        return add_months(self.on, -self.months)


def ask(
    names: Sequence[str],
    months: int,
    *,
    on: date,
    functions: Mapping[str, Function],
    longest: Answer[int],
) -> Asked:
    """Raises: `UnknownDomain`, `PeriodTooLong`."""
    if not 1 <= months <= longest.value:
        raise PeriodTooLong(months=months, longest=longest.value, basis=str(longest.basis))
    for name in names or ("",):
        if name not in functions:
            raise UnknownDomain(asked=name, known="、".join(functions))
    return Asked(tuple(functions[name] for name in dict.fromkeys(names)), months, on)


def claims(
    asked: Asked,
    facts: Sequence[PublicFact],
    *,
    items: Mapping[str, Item],
    collected: Collection[str],
    laws: Sequence[str],
) -> dict[str, dict[str, Any]]:
    """The claims of a special report by name: for each domain and class, of penalties by severity.

    `laws` is the basis printed with each.
    """
    found: dict[str, dict[str, Any]] = {}
    for domain in asked.domains:
        for code in ITEMS:
            item = items.get(code)
            if item is None or item.disclosure is not Disclosure.PUBLIC:
                continue
            for severity in ("", *SEVERITIES) if code == "penalty" else ("",):
                name = ".".join(part for part in (domain.code, code, severity) if part)
                mine = list(_mine(facts, asked, domain, code, severity))
                held = len(mine) if code in collected else None
                found[name] = _claim(asked, domain, item, severity, held) | {"basis": list(laws)}
    return found


def _mine(
    facts: Sequence[PublicFact], asked: Asked, domain: Function, code: str, severity: str
) -> Iterator[PublicFact]:
    for fact in facts:
        passport = fact.passport
        if (
            fact.item == code
            and passport.source_unit in domain.units
            and asked.since <= passport.decided_on <= asked.on
            and (not severity or passport.severity == severity)
        ):
            yield fact


def _claim(
    asked: Asked, domain: Function, item: Item, severity: str, count: int | None
) -> dict[str, Any]:
    grave, grave_en = SEVERITIES.get(severity, ("", ""))
    period = f"{asked.since.isoformat()} 至 {asked.on.isoformat()}"
    period_en = f"decided from {asked.since.isoformat()} to {asked.on.isoformat()}"
    what, what_en = f"{grave}{item.label}", f"{grave_en}{item.label_en.lower()}"
    if count is None:
        state, zh = "not_collected", f"本系统未归集{item.label}信息，不能说明有无"
        en = f"{item.label_en} is not collected here: nothing is said"
    elif count:
        state, zh = "held", f"{domain.label}领域有{what}公示信息 {count} 条"
        en = f"{count} {what_en} on public record, {domain.label_en.lower()}"
    else:
        state, zh = "none", f"{domain.label}领域没有{what}公示信息"
        en = f"no {what_en} on public record, {domain.label_en.lower()}"
    return {
        "domain": domain.code,
        "item": item.code,
        "severity": severity,
        "since": asked.since.isoformat(),
        "until": asked.on.isoformat(),
        "units": list(domain.units),
        "state": state,
        "count": count,
        "zh": f"截至 {asked.on.isoformat()}，{period} 作出决定的：{zh}。"
        "已修复、公示期已满的信息依法不再公示和使用，不在其内。",
        "en": f"As of {asked.on.isoformat()}, {period_en}: {en}. What was repaired or whose term "
        "is over is by law no longer shown or used, and not counted.",
    }
