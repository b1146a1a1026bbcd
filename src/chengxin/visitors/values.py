"""What the room passes around: providers, verified identities, whom one may act for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.ids.person import IDNumber


class Capacity(StrEnum):
    """In what capacity a visitor acts for a subject 身份."""

    REPRESENTATIVE = "representative"
    AGENT = "agent"
    PERSON = "person"
    GUARDIAN = "guardian"


AGENT_ROLES = ("agent", "agent_reader")
"""How far an agent's mandate may reach: all a subject may do, or reading only."""


@dataclass(frozen=True)
class Provider:
    """An identity provider 身份认证平台 as configured: where it is, and what its claims mean.

    `claims` maps `name`, `id_number`, `uscc` and `role` to the provider's own names;
    `representative` is the value of the role claim that says “legal representative”.
    """

    code: str
    label: str
    label_en: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    claims: Mapping[str, str]
    representative: str


@dataclass(frozen=True)
class Identity:
    """A natural person as a provider or a clerk vouches for it; never logged, never stored open.

    `uscc`: the organisation it came in for, `represents` whether as legal representative.
    """

    issuer: str
    sub: str = field(repr=False)
    name: str = field(repr=False)
    number: IDNumber = field(repr=False)
    uscc: str = ""
    represents: bool = False


@dataclass(frozen=True)
class Option:
    """A mandate a visitor may step into."""

    mandate: UUID
    capacity: Capacity
    subject: UUID
    called: str
    until: date


@dataclass(frozen=True)
class Holding:
    """The mandate somebody acts under, as far as a page shows it; `clerk`: at a counter."""

    id: UUID
    capacity: Capacity
    until: date
    clerk: str


@dataclass(frozen=True)
class Terms:
    """What an agent's mandate is to cover: how far, from when to when, by which document."""

    role: str
    since: date
    until: date
    document: str = ""


@dataclass(frozen=True)
class MandateView:
    """A mandate as its organisation sees it: who, how far, from when to when, how it ended."""

    id: UUID
    holder: str
    number_masked: str
    capacity: Capacity
    role: str
    since: date
    until: date
    document: str
    ended_on: date | None
    reason: str
    live: bool
