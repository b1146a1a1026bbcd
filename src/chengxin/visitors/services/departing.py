"""Out to a provider and back: the sign-in 登录 as its two halves."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.visitors import oidc
from chengxin.visitors.oidc import Departure
from chengxin.visitors.queries.providers import provider
from chengxin.visitors.rules import identity_from
from chengxin.visitors.services.arriving import arrive


def depart(*, code: str, redirect_uri: str, at: datetime) -> Departure:
    """Begin a sign-in with the provider of that code.

    Raises: `ProviderUnknown`, `ProviderDown`.
    """
    return oidc.depart(provider(code), redirect_uri=redirect_uri, at=at)


def come_back(
    *,
    code: str,
    redirect_uri: str,
    kept: Mapping[str, Any] | None,
    given: Mapping[str, str],
    at: datetime,
    on: date,
) -> UUID:
    """Finish it: the visitor the provider vouches for. `kept` is what `depart` left, used once.

    Raises: `SignInExpired`, `ProviderRefused`, `ProviderDown`, `TokenNotTrusted`,
    `ClaimMissing`, `OrganisationUnknown`.
    """
    chosen = provider(code)
    claims = oidc.arrive(chosen, redirect_uri=redirect_uri, kept=kept, given=given, at=at)
    return arrive(identity=identity_from(chosen, claims), provider=code, on=on)
