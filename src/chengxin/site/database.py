"""From `DATABASE_URL` or the embedded cluster to Django's `DATABASES` entry."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from chengxin.site.embedded_place import Place
from chengxin.site.environment import Environment
from chengxin.site.errors import SettingNotUnderstood

_SCHEMES = {"postgres", "postgresql"}


def django_database(environment: Environment) -> dict[str, Any]:
    """Return the entry for `DATABASES["default"]`; connects to nothing.

    Raises: `SettingNotUnderstood` when `DATABASE_URL` is no PostgreSQL address.
    """
    where = (
        _from_url(environment.database_url)
        if environment.database_url
        else Place.of(environment.home).as_django()
    )
    # One blocking thread per worker: one kept connection each is all a pool would give.
    return where | {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _SCHEMES or not name:
        raise SettingNotUnderstood(
            name="DATABASE_URL",
            value=f"{parts.scheme}://…",  # never the password
            allowed="postgresql://USER:PASSWORD@HOST:PORT/NAME",
        )
    options = dict(parse_qsl(parts.query))
    # A socket folder does not fit the host part of an address: ?host=/folder, as libpq reads it.
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
