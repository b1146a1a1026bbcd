"""An explanation: what stood, by which fact, which rule and which edition."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

from chengxin.kernel.canonical import canonical_json, plain, sha256_hex

FORMAT: Final = 1
"""Of the spelling; a change of shape gets the next number, and the bytes another digest."""


@dataclass(frozen=True)
class Asked:
    """The question. `edition_since`: when that edition came into use here.

    `noted` is false where no edition had been kept yet at that moment.
    """

    code: str
    on: date
    known: datetime
    edition: str
    edition_since: datetime | None
    noted: bool


@dataclass(frozen=True)
class Rule:
    """The sentence of a parameter that decided: which value, in force since when, by which law."""

    role: str
    parameter: str
    label: str
    label_en: str
    unit: str
    selected_by: date
    value: str
    since: date
    basis: str
    confirmed: bool


@dataclass(frozen=True)
class Happened:
    """Something that had happened and was known. `counts`: its day was not after the day asked."""

    at: datetime
    on: date
    kind: str
    label: str
    label_en: str
    about: str
    record: str
    by: str
    unit: str
    reason: str
    basis: str
    edition: str
    counts: bool


@dataclass(frozen=True)
class LinkStood:
    """Why a record was held to be this organisation's 关联, and since when that was known.

    `rule` and `version` name the rule of sameness that judged; `evidence` is what it weighed.
    """

    since: datetime
    rule: str
    version: str
    by: str
    reason: str
    entry: str
    evidence: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class RecordStood:
    """A record as it stood: content, passport, whether it showed and by which rule, whose it was.

    `link` is None where the reader is told only what is public.
    """

    record: str
    item: str
    passport: Mapping[str, Any]
    fields: tuple[Mapping[str, Any], ...]
    shown: bool
    reason: str
    reason_zh: str
    reason_en: str
    rules: tuple[Rule, ...]
    link: LinkStood | None
    checks: tuple[Mapping[str, Any], ...]

    @property
    def title(self) -> str:
        """What people call it: the item and its document number."""
        return f"{self.passport['item_label']} {self.passport['document_number']}".strip()

    @property
    def title_en(self) -> str:
        """The same in English."""
        return f"{self.passport['item_label_en']} {self.passport['document_number']}".strip()


@dataclass(frozen=True)
class EvaluationStood:
    """A grade as it stood, with its tree; in effect, or a proposal without effect."""

    evaluation: str
    model: str
    label: str
    label_en: str
    grade: str
    grade_label: str
    grade_label_en: str
    points: int | None
    state: str
    state_label: str
    state_label_en: str
    on: date
    effective_on: date | None
    told_on: date | None
    edition: str
    digest: str
    basis: tuple[str, ...]
    factors: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ConsequenceStood:
    """A list entry or a measure as it stood; `binds` says whether it had an effect."""

    kind: str
    id: str
    code: str
    label: str
    label_en: str
    unit: str
    state: str
    binds: bool
    since: date | None
    until: date | None
    told_on: date | None
    reason: str
    basis: str
    edition: str


@dataclass(frozen=True)
class MergeStood:
    """Two entries held to be one body, why, and since when."""

    kept: str
    absorbed: str
    since: datetime
    by: str
    reason: str
    document: str
    basis: str
    edition: str


@dataclass(frozen=True)
class Explanation:
    """The answer. `whole` is false where only what may be shown today is told.

    `served` is the digest of the canonical bytes of what was served to the public for that day
    at that moment; empty in what the public is told, for it may have been more.
    """

    asked: Asked
    whole: bool
    organisation: Mapping[str, Any]
    merges: tuple[MergeStood, ...]
    records: tuple[RecordStood, ...]
    evaluations: tuple[EvaluationStood, ...]
    consequences: tuple[ConsequenceStood, ...]
    happened: tuple[Happened, ...]
    served: str

    def as_json(self) -> dict[str, Any]:
        """Plain values, dates ISO, moments in UTC."""
        return {"format": FORMAT, **_plain(self)}

    def bytes(self) -> bytes:
        """The canonical bytes: the same question has the same, today and in ten years."""
        return canonical_json(self.as_json())

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical bytes."""
        return sha256_hex(self.bytes())


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return plain(value)


EVENTS: Final[Mapping[str, tuple[str, str]]] = {
    "recorded": ("入库", "Recorded"),
    "corrected": ("更正", "Corrected"),
    "revoked": ("撤销", "Revoked"),
    "publication_ended": ("停止公示", "Publication ended"),
    "check_opened": ("提出“不是我”，开始核查", "“Not me”: a check began"),
    "check_closed": ("核查结束", "Check closed"),
    "marked": ("标注", "Marked"),
    "unmarked": ("取消标注", "Mark removed"),
    "shielded": ("暂时屏蔽", "Shielded"),
    "shield_ended": ("屏蔽结束", "Shield ended"),
    "sealed": ("封存", "Sealed"),
    "resumed": ("恢复公示", "Publication resumed"),
    "linked": ("认定为该主体的信息", "Linked to this organisation"),
    "unlinked": ("撤销关联", "Link undone"),
    "merged": ("主体合并", "Entries merged"),
    "graded": ("作出评价", "Graded"),
    "objected": ("提出异议", "Objected"),
    "effective": ("评价生效", "Grade took effect"),
    "dropped": ("不予认定", "Not confirmed"),
    "proposed": ("拟列入名单", "List entry drafted"),
    "notified": ("事先告知", "Told beforehand"),
    "stated": ("陈述申辩", "Statement taken"),
    "heard": ("听证", "Heard"),
    "decided": ("决定列入", "Entry decided"),
    "served": ("送达，生效", "Served, in effect"),
    "removed": ("提前移出", "Removed early"),
    "measure_proposed": ("拟采取措施", "Measure proposed"),
    "imposed": ("决定实施措施", "Measure imposed"),
    "declined": ("不予实施", "Measure declined"),
    "acknowledged": ("执行单位签收", "Acknowledged by the executing unit"),
    "fed_back": ("执行单位反馈", "Reported back"),
}


def named(kind: str) -> tuple[str, str]:
    """What happened, in both languages; the code itself where a room has a newer word."""
    return EVENTS.get(kind, (kind, kind))
