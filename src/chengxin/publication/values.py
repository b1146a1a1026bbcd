"""Whether and how a fact shows, and the passport it carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.law.values import Basis


@dataclass(frozen=True)
class Case:
    """What the question of publication depends on; days are calendar days here."""

    subject_kind: str
    disclosure: str
    adverse: bool
    decided_on: date
    recorded_on: date
    facts: Mapping[str, str]
    delivered_on: date | None = None
    revoked_on: date | None = None
    ended_on: date | None = None
    linked: bool = True
    under_check: bool = False
    hidden_by: str = ""


@dataclass(frozen=True)
class Showing:
    """When a fact shows: from `since` up to but not including `until`, with the reason.

    `since` None: it does not show at all. `until` None: no end known yet (not adverse).
    `reason` is a code of `REASONS`; `severity` is the act's, empty where no term depends on it.
    `end_reason` says, from `until` on, why it no longer shows.
    """

    since: date | None
    until: date | None
    reason: str
    basis: tuple[Basis, ...]
    severity: str = ""
    severity_stated: bool = False
    earliest_end: date | None = None
    confirmed: bool = True
    end_reason: str = "ended"

    def reason_on(self, day: date) -> str:
        """Why it shows or does not on `day`: a code of `REASONS`."""
        if self.since is None or self.on(day):
            return self.reason
        return "not_yet" if day < self.since else self.end_reason

    def on(self, day: date) -> bool:
        """Whether it shows on `day`."""
        if self.since is None or day < self.since:
            return False
        return self.until is None or day < self.until


REASONS: Mapping[str, tuple[str, str]] = {
    "shown": ("依法公示", "published by law"),
    "person": ("自然人信息不向社会公示", "records about natural persons are not published"),
    "unlinked": (
        "主体待认定，认定前不公示、不使用",
        "whose it is has still to be settled; until then it is neither shown nor used",
    ),
    "under_check": (
        "当事人提出与本主体无关，核查期间不公示、不使用",
        "the subject says it is not about it; while that is checked it is neither shown nor used",
    ),
    "shielded": (
        "重整计划执行期间暂时屏蔽，不公示、不使用",
        "shielded while a reorganisation plan is carried out: neither shown nor used",
    ),
    "sealed": (
        "已封存，不公示、不使用",
        "sealed: neither shown nor used",
    ),
    "class": ("该类信息不向社会公开", "this class of information is not open to the public"),
    "not_notified": (
        "尚未告知当事人，告知前不公示、不使用",
        "the subject has not been told yet; until then it is neither shown nor used",
    ),
    "minor": ("轻微失信行为原则上不公示", "minor breaches are in principle not published"),
    "no_rule": (
        "认定日期早于现有公示期限规定，无依据不公示",
        "the decision predates every publication rule held; without a basis it is not shown",
    ),
    "revoked": ("认定文书已撤销", "the decision was revoked"),
    "ended": ("公示期已满或已停止公示", "its term is over or publication was ended"),
    "repealed": (
        "所依据的法律已废止，该事项停止，信息不再公示",
        "the law it rests on was repealed: the item stopped, and this is no longer shown",
    ),
    "not_yet": (
        "该日尚未入库或尚未告知",
        "not yet recorded, or the subject not yet told, that day",
    ),
}


@dataclass(frozen=True)
class Mark:
    """What stands beside a fact while a case about it runs 标注, in words.

    `field` is the doubted field, "" for the whole fact; `field_label` its name.
    """

    kind: str
    case: str
    field: str
    field_label: str
    field_label_en: str
    since: date

    @property
    def label(self) -> str:
        """What the mark says, in Chinese."""
        return MARKS[self.kind][0].format(self.field_label)

    @property
    def label_en(self) -> str:
        """What the mark says, in English."""
        return MARKS[self.kind][1].format(self.field_label_en)

    def as_json(self) -> dict[str, str]:
        """Plain values."""
        return {
            "kind": self.kind,
            "case": self.case,
            "field": self.field,
            "label": self.label,
            "label_en": self.label_en,
            "since": self.since.isoformat(),
        }


MARKS: Mapping[str, tuple[str, str]] = {
    "objection": ("异议处理中：{}", "Objection under way: {}"),
    "reconsideration": ("行政复议中：{}", "Under administrative reconsideration: {}"),
    "lawsuit": ("诉讼中：{}", "In litigation: {}"),
}


@dataclass(frozen=True)
class Proof:
    """The entry of the log of acts under which a record came in."""

    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class Passport:
    """Where a fact comes from and what bounds it 信息来源凭证. The same on page, API and PDF."""

    record: UUID
    item: str
    item_label: str
    item_label_en: str
    source_unit: str
    source_unit_name: str
    source_unit_name_en: str
    authority: str
    basis: tuple[str, ...]
    basis_unconfirmed: bool
    document_number: str
    file_sha256: str
    batch: UUID
    row: int
    edition: str
    decided_on: date
    recorded_at: datetime
    corrected_at: datetime | None
    public_since: date | None
    public_until: date | None
    earliest_end: date | None
    severity: str
    remedy_zh: str
    remedy_en: str
    remedy_url: str
    proof: Proof | None
    marks: tuple[Mark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, dates ISO; `public_until` is the first day it no longer shows."""
        plain = {
            "record": str(self.record),
            "item": self.item,
            "item_label": self.item_label,
            "item_label_en": self.item_label_en,
            "source_unit": self.source_unit,
            "source_unit_name": self.source_unit_name,
            "source_unit_name_en": self.source_unit_name_en,
            "authority": self.authority,
            "basis": list(self.basis),
            "basis_unconfirmed": self.basis_unconfirmed,
            "document_number": self.document_number,
            "document_sha256": self.file_sha256,
            "batch": str(self.batch),
            "row": self.row,
            "edition": self.edition,
            "decided_on": self.decided_on.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "corrected_at": self.corrected_at.isoformat() if self.corrected_at else None,
            "public_since": _iso(self.public_since),
            "public_until": _iso(self.public_until),
            "earliest_end": _iso(self.earliest_end),
            "severity": self.severity,
            "remedy_zh": self.remedy_zh,
            "remedy_en": self.remedy_en,
            "remedy_url": self.remedy_url,
            "marks": [one.as_json() for one in self.marks],
            "proof": None,
        }
        if self.proof is not None:
            plain["proof"] = {
                "log_sequence": self.proof.sequence,
                "log_hash": self.proof.hash,
                "at": self.proof.at.isoformat(),
            }
        return plain


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True)
class FieldValue:
    """One shown field: its names and its text in both languages."""

    name: str
    label: str
    label_en: str
    value: str
    value_en: str
    wide: bool = False


@dataclass(frozen=True)
class PublicFact:
    """A fact as the public sees it: its fields, its passport, why and until when it shows.

    `subject` is None while it is linked to nobody; then it does not show.
    """

    record: UUID
    subject: UUID | None
    item: str
    fields: tuple[FieldValue, ...]
    passport: Passport
    showing: Showing

    def value(self, name: str) -> str:
        """The shown Chinese text of a field, empty if it is not shown."""
        return next((one.value for one in self.fields if one.name == name), "")


@dataclass(frozen=True)
class Withdrawal:
    """A published decision that was revoked 撤销, and why; no other fact of it is told.

    `revoked_on` is the day it was set aside, `withdrawn_on` the day it left publication here.
    """

    record: UUID
    item_label: str
    item_label_en: str
    document_number: str
    authority: str
    source_unit_name: str
    source_unit_name_en: str
    adverse: bool
    revoked_on: date
    withdrawn_on: date
    reason: str
