"""Lists 名单 and measures 措施: what may follow from a record, by which law, decided by whom.

The kinds of subject here have no natural person: nothing that follows from a list can reach one.
Law: 国办发〔2020〕49号 (lists and measures only by law, published, proportionate, with an end).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.law.values import Basis


class BusinessKind(StrEnum):
    """Whom a list or a measure can be about: never a natural person 自然人."""

    ORGANISATION = "organisation"
    SOLE_TRADER = "sole_trader"

    @classmethod
    def of(cls, subject_kind: str) -> "BusinessKind | None":
        """The kind of a subject of the register; None for a natural person."""
        if subject_kind == "natural_person":
            return None
        return cls.SOLE_TRADER if subject_kind == cls.SOLE_TRADER.value else cls.ORGANISATION


class Nature(StrEnum):
    """Whether an entry speaks against its subject 失信 or for it 守信."""

    ADVERSE = "adverse"
    HONOUR = "honour"


class MadeBy(StrEnum):
    """How an entry comes about: decided here 列入决定, or mirrored from another authority 转载."""

    DECISION = "decision"
    MIRROR = "mirror"


class Effect(StrEnum):
    """What a measure does: 惩戒 takes away, 激励 gives."""

    CONSTRAINT = "constraint"
    INCENTIVE = "incentive"


@dataclass(frozen=True)
class Function:
    """A function 职能 the law gives to a kind of authority, and the city's units that have it."""

    code: str
    label: str
    label_en: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class CreditList:
    """A list 名单: the laws that create it, who decides, what comes before and how it ends.

    An entry is a record of the catalogue item `item` (with `item_code` in its field `list_code`
    where one item holds several lists). `until` is the first day it no longer exists: written, or
    the end of the law `repealed`. Names of parameters: `statement_period`, `term`,
    `early_removal`. `exemption`: the law under which our own notice is not needed.
    """

    code: str
    label: str
    label_en: str
    nature: Nature
    made_by: MadeBy
    subject_kinds: tuple[BusinessKind, ...]
    basis: tuple[Basis, ...]
    since: date
    item: str
    item_code: str = ""
    evidence: tuple[str, ...] = ()
    evidence_severity: tuple[str, ...] = ()
    deciding_units: tuple[str, ...] = ()
    statement_period: str = ""
    hearing: bool = False
    approval: bool = False
    term: str = ""
    early_removal: str = ""
    removal_terms: str = ""
    removal_terms_en: str = ""
    exemption: Basis | None = None
    until: date | None = None
    repealed: Basis | None = None
    status: str = "confirmed"
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the list exists on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Measure:
    """A measure 措施 of the published list: object, content, law, executing units, triggers.

    It lasts as long as the entry that triggered it and never longer. `until`, `repealed`: as for
    a list. `waiting_period` names a parameter; an incentive has none.
    """

    code: str
    label: str
    label_en: str
    effect: Effect
    kind: str
    subject_kinds: tuple[BusinessKind, ...]
    object: str
    object_en: str
    content: str
    content_en: str
    basis: tuple[Basis, ...]
    since: date
    lists: tuple[str, ...]
    executing_units: tuple[str, ...]
    waiting_period: str = ""
    until: date | None = None
    repealed: Basis | None = None
    status: str = "confirmed"
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the measure exists on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Consequences:
    """All lists, measures and functions of a rulebook, by code."""

    lists: Mapping[str, CreditList]
    measures: Mapping[str, Measure]
    functions: Mapping[str, Function]

    def list_of(self, item: str, item_code: str) -> CreditList | None:
        """The list a record of a catalogue item is an entry of, by what it says in `list_code`."""
        return next(
            (
                one
                for one in self.lists.values()
                if one.item == item and (not one.item_code or one.item_code == item_code)
            ),
            None,
        )

    def triggered_by(self, list_code: str) -> tuple[Measure, ...]:
        """The measures an entry of that list proposes."""
        return tuple(one for one in self.measures.values() if list_code in one.lists)
