"""Questions about accounts, and the sealer of personal data."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from chengxin.access.errors import UnknownOfficer, UnknownToken
from chengxin.access.models import ApiToken, Officer
from chengxin.access.rules import powers_of
from chengxin.access.values import RolePowers
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.sealing import Sealer

KEY_BYTES = 32


def actor_of(officer: Officer, roles: Mapping[str, RolePowers]) -> Actor:
    """The actor an account acts as; `roles` are the rulebook's."""
    powers: Mapping[str, Scope] = powers_of(officer.roles, roles)
    return Actor(login=officer.login, name=officer.name, unit=officer.unit, powers=powers)


def actor_named(login: str, roles: Mapping[str, RolePowers]) -> Actor:
    """The actor with that login. Raises: `UnknownOfficer`."""
    officer = Officer.objects.filter(login=login, is_active=True).first()
    if officer is None:
        raise UnknownOfficer(login=login)
    return actor_of(officer, roles)


def actor_of_token(token: str, roles: Mapping[str, RolePowers], on: date) -> Actor:
    """The actor a partner's machine acts as. Raises: `UnknownToken`."""
    found = (
        ApiToken.objects.select_related("officer")
        .filter(
            token_hash=token_hash(token),
            revoked_at=None,
            expires_on__gte=on,
            officer__is_active=True,
        )
        .first()
    )
    if found is None:
        raise UnknownToken
    return actor_of(found.officer, roles)


def token_hash(token: str) -> str:
    """SHA-256 of a token. Tokens are 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def demonstration_officers() -> int:
    """How many active accounts carry a demonstration password; production refuses any."""
    return Officer.objects.filter(is_demonstration=True, is_active=True).count()


def clerk_is_active(login: str) -> bool:
    """Whether an officer's account stands: what it opened for somebody ends with it."""
    return Officer.objects.filter(login=login, is_active=True).exists()


@lru_cache(maxsize=1)
def sealer() -> Sealer:
    """The sealer with this installation's keys (folder `CHENGXIN_KEYS`).

    The keys are made on first use, readable by their owner only. Losing them loses the sealed
    fields for good, so they belong in the backup of secrets, not beside the database.
    """
    folder = Path(settings.CHENGXIN_KEYS)
    return Sealer(_key(folder / "seal.key"), _key(folder / "index.key"))


def _key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key.hex())
    return key
