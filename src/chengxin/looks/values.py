"""A reading under way, and what the tracker answers with."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.actor import Actor


class Via(StrEnum):
    """By which door a look came 途径."""

    DESK = "desk"
    API = "api"
    OWN = "own"
    WEB = "web"
    COMMAND = "command"
    SQL = "sql"


class Decision(StrEnum):
    """What the asker got 结果."""

    ALLOWED = "allowed"
    REFUSED = "refused"


@dataclass
class Reading:
    """What one request or command has been given so far; `by` empty: nobody was named.

    `seen` maps subject and record (None: the subject as a whole) to the names of the fields.
    """

    via: Via
    purpose: str
    basis: str = ""
    by: Actor | None = None
    seen: dict[tuple[UUID, UUID | None], set[str]] = field(default_factory=dict)
    sensitive: set[UUID] = field(default_factory=set)

    def add(self, subject: UUID, record: UUID | None, fields: Collection[str]) -> None:
        """One more thing was given out; twice the same is one look."""
        self.seen.setdefault((subject, record), set()).update(fields)


@dataclass(frozen=True)
class LookView:
    """One look as the subject is told of it. Nothing in it is about a third person."""

    id: UUID
    subject: UUID
    at: datetime
    login: str
    name: str
    unit: str
    via: Via
    purpose: str
    basis: str
    fields: tuple[str, ...]
    decision: Decision
    sensitive: bool
    record: UUID | None
