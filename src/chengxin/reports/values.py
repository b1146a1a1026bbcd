"""What a credit report 信用报告 is made of: plain values, no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

FORMAT = "chengxin-report/2"
EARLIER_FORMATS = frozenset({"chengxin-report/1"})  # neither timestamp nor signed twin
LANGUAGES = ("zh", "en")


class PartState(StrEnum):
    """What a part of the report can say. The two kinds of silence are never mixed up."""

    HELD = "held"  # 有相关信息
    EMPTY = "empty"  # 查询期内无相关信息: collected, and there is nothing
    NOT_COLLECTED = "not_collected"  # 本系统暂未归集该类信息: silence proves nothing


@dataclass(frozen=True)
class Line:
    """One labelled value, as text ready to print in both languages; `wide` ones fill a row."""

    name: str
    label: str
    label_en: str
    value: str
    value_en: str
    wide: bool = False


@dataclass(frozen=True)
class Fact:
    """One public record 信用信息 with its passport 信息来源凭证.

    `passport` has the keys the pages and the API use (`publication.values.Passport.as_json`).
    """

    item: str
    item_label: str
    item_label_en: str
    adverse: bool
    lines: tuple[Line, ...]
    passport: Mapping[str, Any]


@dataclass(frozen=True)
class Heading:
    """One line of the summary: an item or a part, and how many facts stand under it."""

    label: str
    label_en: str
    state: PartState
    count: int


@dataclass(frozen=True)
class Part:
    """One of the ten national parts of a report, or the local eleventh.

    `headings` is what the summary says of it, `lines` what it holds besides facts.
    """

    code: str
    title: str
    title_en: str
    state: PartState
    headings: tuple[Heading, ...] = ()
    lines: tuple[Line, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Party:
    """The organisation reported on, as the public may see it."""

    public_id: str
    name: str
    uscc: str
    kind: str
    kind_label: str
    kind_label_en: str
    status: str
    status_label: str
    status_label_en: str


@dataclass(frozen=True)
class Issuer:
    """The site that issues the report, and where a reader turns to.

    `authority_sha256` is the fingerprint of the certificate authority that signs.
    """

    name: str
    name_en: str
    operator: str
    operator_en: str
    url: str
    contact: Mapping[str, str]
    remedy: Mapping[str, str]
    authority_sha256: str
    demonstration: bool


@dataclass(frozen=True)
class ReportContent:
    """All that one report says; the page and its machine-readable twin are both made of it.

    `status` says where the signed status list speaks of this report; `typesetting` names the
    edition of the page's form.

    `as_of` is the legal day shown, `known_at` the moment up to which the register was
    read, `edition` the rulebook edition. `language` is "zh" or "en" and chooses labels.
    """

    number: str
    code: str
    verify_url: str
    language: str
    purpose: str
    as_of: date
    known_at: datetime
    generated_at: datetime
    edition: str
    issuer: Issuer
    party: Party
    parts: tuple[Part, ...]
    status: Mapping[str, Any]
    typesetting: str
    format: str = FORMAT


class Verdict(StrEnum):
    """What a check of a file can find. Only `VALID` may be relied on."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"  # genuine, and no longer standing by the status list at hand
    REVOKED = "revoked"  # signed with a key the authority has revoked
    ALTERED = "altered"
    FOREIGN = "foreign"
    NOT_SIGNED = "not_signed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Statement:
    """One thing a check proves, or does not 核验说明; `proven` tells which.

    `about_status`: it speaks of what happened after the report was issued.
    """

    proven: bool
    zh: str
    en: str
    about_status: bool = False

    def text(self, language: str) -> str:
        """The sentence: Chinese for languages that begin with "zh"."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class VerifyResult:
    """The finding on one file, with what the signed twin in it says when it is genuine.

    `authority` is the fingerprint (SHA-256, hex) of the certificate authority trusted;
    `stamped_at` the moment of the timestamp; `status_at` the moment of the status list used;
    `statements` what is proven and what is not.
    """

    verdict: Verdict
    message_zh: str
    message_en: str
    authority: str
    sha256: str
    number: str = ""
    code: str = ""
    subject: str = ""
    uscc: str = ""
    as_of: date | None = None
    issued_at: datetime | None = None
    stamped_at: datetime | None = None
    status_at: datetime | None = None
    statements: tuple[Statement, ...] = ()
    content: dict[str, Any] | None = None

    @property
    def valid(self) -> bool:
        """Whether the file is unaltered and signed under the trusted authority, and stands."""
        return self.verdict is Verdict.VALID

    @property
    def genuine(self) -> bool:
        """Whether the file is as it was issued, standing or not."""
        return self.verdict in {Verdict.VALID, Verdict.WITHDRAWN}

    def text(self, language: str) -> str:
        """The finding as a sentence: Chinese for languages that begin with "zh"."""
        return self.message_zh if language.startswith("zh") else self.message_en
