"""What a catalogue item 目录事项 is, once compiled: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from chengxin.law.values import Basis

RECEIVED_ON: Final = "received_on"
"""In `Field.not_after`: not a field but the day the batch was received (no date in the future)."""


PARTY_FIELDS: Final = frozenset(
    {
        "subject_name",
        "subject_kind",
        "uscc",
        "registration_number",
        "org_code",
        "tax_number",
        "institution_number",
        "social_org_number",
        "representative_id_type",
        "id_type",
    }
)
"""Fields of the party block 行政相对人 that say who a record is about (personal ones apart)."""


class FieldType(StrEnum):
    """How the text of a field is read and checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    AMOUNT = "amount"
    INTEGER = "integer"
    CODE = "code"  # exactly one entry of `codelist`
    CODES = "codes"  # one or more entries, split at `separator`
    USCC = "uscc"
    ID_NUMBER = "id_number"  # which kind of paper: see `Field.kind_from`
    ORG_CODE = "org_code"
    REGISTRATION = "registration"
    TAX = "tax"


class Disclosure(StrEnum):
    """How open an item is 公开属性, from open to closed."""

    PUBLIC = "public"  # 社会公开
    SHARED = "shared"  # 政务共享
    BY_CONSENT = "by_consent"  # 授权查询
    CLOSED = "closed"  # 不予公开


DISCLOSURE_ORDER: Final = tuple(Disclosure)
"""Strictness rises along this tuple; an upper layer may only move to the right."""


class SubjectKind(StrEnum):
    """Which kind of subject 行政相对人类别 a row is about."""

    ORGANISATION = "organisation"  # 法人及非法人组织
    NATURAL_PERSON = "natural_person"  # 自然人
    SOLE_TRADER = "sole_trader"  # 个体工商户


@dataclass(frozen=True)
class Condition:
    """True when another field has one of some codes; with no codes, when it is filled.

    For a field of several codes, one of them suffices.
    """

    field: str
    is_in: tuple[str, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether any text at all satisfies the condition."""
        return not self.is_in


@dataclass(frozen=True)
class Field:
    """One data item 数据项 of a catalogue item.

    Args:
        name: our name, English; the key in rows and facts.
        code: the national code (``CF_WSH``), or empty for a local field.
        max_length: characters as sent; None for types whose length follows from the type.
        codelist: name of the code list of a ``code``/``codes`` field.
        separator: between several codes as sent.
        kind_from: for an identifier, the field whose code says which paper it is.
        personal: about a natural person by its nature; sealed, never shown in full.
        public: may appear on the public page when the item itself is public.
        not_before, not_after: name of the date field this one may not come before/after;
            `not_after` may be `RECEIVED_ON`.
        source_unit: unit of the amounts as sent (``万元``); amounts are kept in yuan.
        default: text *proposed* when a required field is blank; never filled in silently.
        ignored: read from the file but never used: the system computes it.
        synonyms: other headers seen in real files, besides label and code.
        profiles: import profile → headers this field has in that layout.
        profile_codelists: import profile → code list to read the codes with.

    """

    name: str
    label: str
    label_en: str
    type: FieldType
    code: str = ""
    max_length: int | None = None
    required: bool = False
    required_when: Condition | None = None
    blank_when: Condition | None = None
    codelist: str | None = None
    separator: str | None = None
    kind_from: str | None = None
    personal: bool = False
    public: bool = True
    not_before: str | None = None
    not_after: str | None = None
    source_unit: str | None = None
    default: str | None = None
    ignored: bool = False
    synonyms: tuple[str, ...] = ()
    profiles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    profile_codelists: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    help_en: str = ""

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Every header that means this field in any file: label, national code, synonyms.

        Headers that mean it in one layout only are in `profiles`.
        """
        known = (self.label, self.code, *self.synonyms)
        return tuple(dict.fromkeys(header for header in known if header))


@dataclass(frozen=True)
class Item:
    """A catalogue item 目录事项: what may be collected, why, and how open it is.

    `disclosure` is for organisations and sole traders; rows about natural persons follow
    `person_disclosure`, which is never public. `parameters` names the policy parameters
    that govern the item (``reporting_deadline`` → ``publication.reporting_deadline``). `ends`
    are date fields that end a record's publication on their day (移出日期). `repealed_on` is the
    first day too little of the basis is in force 依据废止, `repealed` the law that ended: then
    nothing more is collected and what was collected leaves publication.
    """

    code: str
    label: str
    label_en: str
    class_code: str
    subject_kinds: tuple[SubjectKind, ...]
    disclosure: Disclosure
    adverse: bool
    basis: tuple[Basis, ...]
    purpose: str
    purpose_en: str
    since: date
    until: date | None
    fields: tuple[Field, ...]
    natural_key: tuple[str, ...]
    status: str = "confirmed"
    person_disclosure: Disclosure = Disclosure.BY_CONSENT
    parameters: Mapping[str, str] = field(default_factory=dict)
    ends: tuple[str, ...] = ()
    repealed_on: date | None = None
    repealed: Basis | None = None

    def field(self, name: str) -> Field:
        """The field of that name. Raises: `KeyError` if the item has none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def disclosure_of(self, kind: SubjectKind) -> Disclosure:
        """How open a row about that kind of subject is."""
        return self.person_disclosure if kind is SubjectKind.NATURAL_PERSON else self.disclosure

    @property
    def profiles(self) -> tuple[str, ...]:
        """Names of the import profiles any field takes part in, sorted."""
        return tuple(sorted({name for one in self.fields for name in one.profiles}))

    def profile(self, name: str) -> Mapping[str, str]:
        """Header → field name, in one import profile."""
        return {header: one.name for one in self.fields for header in one.profiles.get(name, ())}

    def in_force(self, day: date) -> bool:
        """Whether the item may be collected on that day; `until` is the first day it may not."""
        return self.since <= day and (self.until is None or day < self.until)
