"""Shapes of the answers. Field names are the house's; dates ISO 8601."""

from datetime import date
from typing import Any

from ninja import Field, Schema


class Hit(Schema):
    """An organisation in a list of results. `code` is masked for sole traders.

    `reason` is why it is one: name, code, words, traditional, pinyin, initials, near_code, form,
    short, sound, slip or nearest; `matched` the former name that matched, if one did.
    """

    public_id: str
    name: str
    code: str
    kind: str
    status: str
    division: str
    matched: str
    reason: str


class Hits(Schema):
    """A page of results. `count` stops at 500."""

    query: str
    count: int
    results: list[Hit]


class Organisation(Schema):
    """Registration facts of an organisation."""

    public_id: str
    name: str
    code: str
    kind: str
    status: str
    division: str
    industry: str
    address: str
    registered_on: date | None
    former_names: list[str]
    other_codes: list[str]
    merged_ids: list[str]


class Value(Schema):
    """One field of a fact, in words."""

    name: str
    label: str
    label_en: str
    value: str
    value_en: str


class Fact(Schema):
    """A public fact: its item and class, its fields and its passport (source, basis, proof)."""

    id: str
    item: str
    class_code: str
    class_label: str
    class_label_en: str
    fields: list[Value]
    passport: dict[str, Any]


class OrganisationFile(Schema):
    """The public file of an organisation as of a day."""

    organisation: Organisation
    on: date
    rulebook_edition: str
    facts: list[Fact]
    note_zh: str
    note_en: str


class LogHead(Schema):
    """The end of the log of acts, for anyone to note down and compare later."""

    sequence: int
    hash: str


class Refusal(Schema):
    """How every refusal looks."""

    code: str
    message_zh: str
    message_en: str
    facts: dict[str, Any]


class Rows(Schema):
    """Rows sent as JSON: column name → cell. `mapping` as with a file."""

    item: str
    unit: str
    rows: list[dict[str, Any]]
    mapping: dict[str, str | None] | None = None
    filename: str = Field("", max_length=255)


class Accepting(Schema):
    """Which proposals to accept: of a fault code, a field, some lines; empty means any."""

    code: str = ""
    field: str = ""
    lines: list[int] = Field(default_factory=list, max_length=10_000)


class Announced(Schema):
    """A file that is going to be sent in parts."""

    filename: str = Field(min_length=1, max_length=255)
    item: str
    unit: str
    size_bytes: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Completed(Schema):
    """How an uploaded file is to be read; as with a file sent whole."""

    mapping: dict[str, str | None] | None = None
    sheet: str = ""
