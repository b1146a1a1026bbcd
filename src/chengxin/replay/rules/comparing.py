"""What differs between two explanations of one organisation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chengxin.replay.values import (
    ConsequenceStood,
    EvaluationStood,
    Explanation,
    RecordStood,
)

APPEARED, GONE, CHANGED = "appeared", "gone", "changed"
RECORD, EVALUATION, CONSEQUENCE, RULEBOOK = "record", "evaluation", "consequence", "rulebook"
Told = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One value that was one thing before and another after; labels and values in both tongues."""

    label: str
    label_en: str
    before: str
    before_en: str
    after: str
    after_en: str


@dataclass(frozen=True)
class Difference:
    """A thing that appeared, went, or changed. `what` says which kind of thing it is."""

    what: str
    how: str
    title: str
    title_en: str
    record: str
    changes: tuple[Change, ...] = ()


def compare(before: Explanation, after: Explanation) -> tuple[Difference, ...]:
    """What was told otherwise the second time: the rulebook first, then record by record."""
    return tuple(_differences(before, after))


def _differences(before: Explanation, after: Explanation) -> Iterator[Difference]:
    first, second = before.asked.edition, after.asked.edition
    if first != second:
        change = _change(("版本", "Edition"), (first[:12], first[:12]), (second[:12], second[:12]))
        yield Difference(RULEBOOK, CHANGED, "规则库", "Rulebook", "", (change,))
    yield from _each(
        RECORD,
        {one.record: one for one in before.records},
        {one.record: one for one in after.records},
        _of_record,
    )
    yield from _each(
        EVALUATION,
        {f"{one.model} {one.state}": one for one in before.evaluations},
        {f"{one.model} {one.state}": one for one in after.evaluations},
        _of_evaluation,
    )
    yield from _each(
        CONSEQUENCE,
        {one.id: one for one in before.consequences},
        {one.id: one for one in after.consequences},
        _of_consequence,
    )


def _each(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any], told: Any
) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        one = after.get(key) or before[key]
        how = GONE if key not in after else APPEARED if key not in before else CHANGED
        zh, en = _title(one)
        record = one.record if isinstance(one, RecordStood) else ""
        if how != CHANGED:
            yield Difference(what, how, zh, en, record)
            continue
        changes = tuple(_changes(told(before[key]), told(after[key])))
        if changes:
            yield Difference(what, how, zh, en, record, changes)


def _title(one: Any) -> Told:
    if isinstance(one, RecordStood):
        return one.title, one.title_en
    return one.label, one.label_en


def _changes(before: Mapping[Told, Told], after: Mapping[Told, Told]) -> Iterator[Change]:
    for label in dict.fromkeys((*before, *after)):
        first, second = before.get(label, ("—", "—")), after.get(label, ("—", "—"))
        if first != second:
            yield _change(label, first, second)


def _change(label: Told, before: Told, after: Told) -> Change:
    return Change(*label, *before, *after)


def _same(text: Any) -> Told:
    shown = "—" if text in (None, "") else str(text)
    return shown, shown


def _of_record(one: RecordStood) -> dict[Told, Told]:
    told: dict[Told, Told] = {("公示", "Shown"): (one.reason_zh, one.reason_en)}
    for field in one.fields:
        told[field["label"], field["label_en"]] = (field["value"], field["value_en"])
    labels = {
        "public_since": ("公示起", "Shown from"),
        "public_until": ("公示止", "Shown until"),
        "earliest_end": ("最早可停止公示", "May end from"),
        "severity": ("失信程度", "Severity"),
    }
    for name, label in labels.items():
        told[label] = _same(one.passport.get(name))
    for rule in one.rules:
        label = (f"{rule.label}（参数）", f"{rule.label_en} (parameter)")
        told[label] = (f"{rule.value}，{rule.basis}", f"{rule.value}, {rule.basis}")
    if one.link is not None:
        told["关联依据的规则", "Link by rule"] = _same(f"{one.link.rule} {one.link.version}")
    told["核查", "Checks"] = _same(", ".join(f"{c['number']} {c['state']}" for c in one.checks))
    return told


def _of_evaluation(one: EvaluationStood) -> dict[Told, Told]:
    return {
        ("等级", "Grade"): (one.grade_label, one.grade_label_en),
        ("分值", "Points"): _same(one.points),
        ("状态", "State"): (one.state_label, one.state_label_en),
        ("规则库版本", "Edition"): _same(one.edition[:12]),
    }


def _of_consequence(one: ConsequenceStood) -> dict[Told, Told]:
    return {
        ("状态", "State"): _same(one.state),
        ("有效力", "Binds"): ("是", "yes") if one.binds else ("否", "no"),
        ("止", "Until"): _same(one.until),
    }
