"""Opening accounts, handing out tokens, and metering what anybody may ask."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.crypto import salted_hmac

from chengxin.access.errors import (
    LoginTaken,
    UnknownOfficer,
    UnknownRole,
    UnknownUnit,
    WeakPassword,
)
from chengxin.access.models import ApiToken, Officer
from chengxin.access.queries import token_hash
from chengxin.access.rules import bucket_of
from chengxin.access.values import Granted, Rate, RolePowers
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now

_TAKE: Final = """
INSERT INTO access_allowance AS one (key, "left", refused, at)
VALUES (%(key)s, %(capacity)s - %(cost)s, false, %(now)s)
ON CONFLICT (key) DO UPDATE SET
  "left" = filled.amount - CASE WHEN filled.amount < %(cost)s THEN 0 ELSE %(cost)s END,
  refused = filled.amount < %(cost)s, at = %(now)s
RETURNING "left", refused, xmax = 0
"""
_FILLED: Final = (
    'least(%(capacity)s, one."left" + %(rate)s * '
    "greatest(0, extract(epoch FROM %(now)s - one.at)))::float8"
)
_FORGET: Final = "DELETE FROM access_allowance WHERE at < %s"
_KEPT: Final = timedelta(minutes=60)


def take(*, asker: str, what: str, cost: float, rate: Rate) -> Granted:
    """Take `cost` from the allowance 查询额度 an asker has for something; of all processes one.

    `asker` is a network address; what is kept of it is a keyed digest that changes every day, for
    an hour. One statement; its wait is for nobody but the same asker.
    """
    moment = now()
    key = salted_hmac(
        f"allowance {moment:%Y-%m-%d}", f"{what} {bucket_of(asker)}", algorithm="sha256"
    ).hexdigest()
    asked: dict[str, Any] = {"key": key, "capacity": rate.capacity, "rate": rate.per_second}
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE.replace("filled.amount", _FILLED), asked | {"cost": cost, "now": moment}
        )
        left, refused, is_new = cursor.fetchone()
        if is_new and key.startswith("00"):  # one in 256 who come sweeps
            cursor.execute(_FORGET, [moment - _KEPT])
    missing = cost - left if refused else rate.capacity - left
    return Granted(not refused, int(left), ceil(missing / rate.per_second))


@transaction.atomic
def register_officer(  # noqa: PLR0913 – each is a fact about the account
    *,
    login: str,
    name: str,
    unit: str,
    roles: Sequence[str],
    password: str,
    by: Actor,
    known_roles: Mapping[str, RolePowers],
    known_units: Collection[str],
    is_demonstration: bool = False,
) -> Officer:
    """Open an officer's account 开通账号.

    Raises: `NotPermitted`, `UnknownRole`, `UnknownUnit`, `LoginTaken`, `WeakPassword`.
    """
    by.require("access.manage")
    for role in roles:
        if role not in known_roles:
            raise UnknownRole(role=role, known="、".join(known_roles))
    if unit not in known_units:
        raise UnknownUnit(unit=unit)
    officer = Officer(
        login=login,
        name=name,
        unit=unit,
        roles=list(roles),
        is_demonstration=is_demonstration,
        registered_at=now(),
    )
    if not is_demonstration:
        _must_be_strong(password, officer)
    officer.set_password(password)
    try:
        with transaction.atomic():
            officer.save(force_insert=True)
    except IntegrityError:
        raise LoginTaken(login=login) from None
    audit.note(
        by=by,
        verb="access.register_officer",
        target=f"officer:{login}",
        unit=unit,
        facts={"roles": list(roles), "demonstration": is_demonstration},
    )
    return officer


@transaction.atomic
def change_password(*, login: str, password: str, by: Actor) -> None:
    """Set a new password 重设密码; a demonstration account becomes an ordinary one.

    Raises: `NotPermitted`, `UnknownOfficer`, `WeakPassword`.
    """
    by.require("access.manage")
    officer = _locked(login)
    _must_be_strong(password, officer)
    officer.set_password(password)
    officer.is_demonstration = False
    officer.save(update_fields=["password", "is_demonstration"])
    audit.note(by=by, verb="access.change_password", target=f"officer:{login}", unit=officer.unit)


@transaction.atomic
def close_account(*, login: str, by: Actor) -> None:
    """Close an account 停用账号 and withdraw its tokens. What it did stays in the log.

    Raises: `NotPermitted`, `UnknownOfficer`.
    """
    by.require("access.manage")
    officer = _locked(login)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    withdrawn = officer.tokens.filter(revoked_at=None).update(revoked_at=now())
    audit.note(
        by=by,
        verb="access.close_account",
        target=f"officer:{login}",
        unit=officer.unit,
        facts={"tokens": withdrawn},
    )


def _locked(login: str) -> Officer:
    officer = Officer.objects.select_for_update().filter(login=login, is_active=True).first()
    if officer is None:
        raise UnknownOfficer(login=login)
    return officer


@transaction.atomic
def issue_token(*, login: str, label: str, expires_on: date, by: Actor) -> str:
    """Give a partner's machine an opaque token 访问令牌; it is shown once and not kept.

    Raises: `NotPermitted`, `UnknownOfficer`.
    """
    officer = Officer.objects.filter(login=login, is_active=True).first()
    if officer is None:
        raise UnknownOfficer(login=login)
    by.require("access.manage")
    token = f"cx_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        officer=officer,
        label=label,
        token_hash=token_hash(token),
        issued_at=now(),
        expires_on=expires_on,
    )
    audit.note(
        by=by,
        verb="access.issue_token",
        target=f"token:{row.id}",
        unit=officer.unit,
        facts={"login": login, "label": label, "expires_on": expires_on.isoformat()},
    )
    return token


def _must_be_strong(password: str, officer: Officer) -> None:
    try:
        validate_password(password, user=officer)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from None
