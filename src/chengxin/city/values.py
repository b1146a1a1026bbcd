"""What the city is made of. Everything here is invented; nobody real is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

Values = Mapping[str, str]

PENALTY: Final = "penalty"
PERMIT: Final = "permit"

ORGANISATION: Final = "法人及非法人组织"
SOLE_TRADER: Final = "个体工商户"
NATURAL_PERSON: Final = "自然人"


@dataclass(frozen=True)
class Size:
    """What was asked for: the arguments that decide every byte."""

    seed: int
    organisations: int
    records: int
    as_of: date

    @property
    def persons(self) -> int:
        """How many people live here: a fifth of the organisations, at least 120."""
        return max(120, self.organisations // 5)


@dataclass(frozen=True)
class Person:
    """A fictional person 自然人. `index` is the line in persons.csv, from 0."""

    index: int
    name: str
    id_number: str
    born_on: date
    is_man: bool

    def is_minor(self, day: date) -> bool:
        """Whether under 18 on `day`."""
        grown = (self.born_on.year + 18, self.born_on.month, self.born_on.day)
        return (day.year, day.month, day.day) < grown


@dataclass(frozen=True)
class Organisation:
    """A fictional organisation. `index` is its number, from 0; `form` its legal form."""

    index: int
    form: str
    name: str
    uscc: str
    held: bool
    division: str
    industry: str
    sectors: frozenset[str]
    address: str
    registered_on: date
    status: str
    former_names: tuple[str, ...]
    old_registration_number: str
    old_org_code: str
    branch_of: str
    representative: Person

    @property
    def kind(self) -> str:
        """The kind of subject: legal_person, unincorporated or sole_trader."""
        return KIND_OF_FORM[self.form]

    @property
    def subject_kind(self) -> str:
        """行政相对人类别 as the tables write it."""
        return SOLE_TRADER if self.form == "sole_trader" else ORGANISATION


KIND_OF_FORM: Final[Mapping[str, str]] = {
    "company": "legal_person",
    "cooperative": "legal_person",
    "institution": "legal_person",
    "social_group": "legal_person",
    "private_non_enterprise": "legal_person",
    "foundation": "legal_person",
    "village_collective": "legal_person",
    "law_firm": "unincorporated",
    "partnership": "unincorporated",
    "sole_proprietorship": "unincorporated",
    "branch": "unincorporated",
    "sole_trader": "sole_trader",
}


@dataclass(frozen=True)
class Department:
    """A unit 单位 that sends files, with what it does and how its numbers look."""

    code: str
    name: str
    uscc: str
    mark: str
    sectors: tuple[str, ...]
    weight: int
    is_county: bool


@dataclass(frozen=True)
class PlannedFile:
    """A file that will arrive: which unit, item and window, how many rows, received when.

    `first_serial` is the number of its first document; `previous` the number of the same
    unit's earlier file of the item (or -1), from which a row may be sent again.
    """

    number: int
    department: Department
    item: str
    since: date
    until: date
    received_on: date
    rows: int
    first_serial: int
    is_current: bool


@dataclass(frozen=True)
class Decision:
    """A true decision: catalogue field name → clean text, blank fields left out."""

    id: str
    item: str
    unit: str
    decided_on: date
    values: Values
    organisation: Organisation | None
    person: Person | None


@dataclass(frozen=True)
class Row:
    """A row as a unit will write it: the decision, what was spoilt, what must happen.

    `written` holds the values to write, before the unit's habits deform them.
    """

    decision: Decision
    written: Values
    plants: tuple[str, ...]
    outcome: str
    link: str
    raw: frozenset[str] = field(default_factory=frozenset)
    is_repeat: bool = False
