"""Judgement without a database: what claims say, and whether a mandate holds on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.kernel.dates import add_months
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.errors import BadIdentifier
from chengxin.kernel.ids.person import IDNumber
from chengxin.kernel.text import normalise_text
from chengxin.visitors.errors import ClaimMissing, IdentityNotUsable, MandatePeriod
from chengxin.visitors.values import Identity, Provider

LONGEST_NAME = 64
ADULT_AGE = 18


def identity_from(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """The person a provider's verified claims are about.

    Raises: `ClaimMissing` naming the claim (never its value).
    """

    def text(what: str) -> str:
        value = claims.get(provider.claims.get(what, ""), "")
        return value.strip() if isinstance(value, str) else ""

    sub = claims.get("sub")
    if not isinstance(sub, str) or not sub:
        raise ClaimMissing(provider=provider.label, claim="sub")
    try:
        number = IDNumber.parse(text("id_number"))
    except BadIdentifier:
        raise ClaimMissing(provider=provider.label, claim=provider.claims["id_number"]) from None
    name = normalise_text(text("name"))
    if not name or len(name) > LONGEST_NAME:
        raise ClaimMissing(provider=provider.label, claim=provider.claims["name"])
    uscc = text("uscc").upper()
    if uscc and check(uscc, IdKind.USCC).verdict is not Verdict.VALID:
        raise ClaimMissing(provider=provider.label, claim=provider.claims["uscc"])
    represents = bool(uscc) and text("role") == provider.representative
    return Identity(provider.issuer, sub, name, number, uscc, represents)


def identity_at_hand(issuer: str, name: str, number: str) -> Identity:
    """The person a clerk has before her, or a representative names as agent.

    Raises: `IdentityNotUsable`, without the number.
    """
    try:
        parsed = IDNumber.parse(number)
    except BadIdentifier:
        raise IdentityNotUsable from None
    tidy = normalise_text(name)
    if not tidy or len(tidy) > LONGEST_NAME:
        raise IdentityNotUsable
    return Identity(issuer, parsed.text, tidy, parsed)


def check_period(since: date, until: date, *, on: date, longest_months: int) -> None:
    """Raises: `MandatePeriod` unless `on` <= since <= until, and not longer than allowed."""
    if not on <= since <= until or until >= add_months(since, longest_months):
        raise MandatePeriod(longest=longest_months)


def is_minor(born_on: date, on: date) -> bool:
    """Whether somebody born then is under 18 未满十八周岁 on that day."""
    before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - before_birthday < ADULT_AGE
