"""The identity providers 身份认证平台 of this installation, from the file CHENGXIN_IDENTITY.

TOML, one `[[provider]]` each; the secret stands in a file of its own beside it. The file is read
again when it changes, so a provider can be added or taken away without a restart.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from chengxin.visitors.errors import ProviderNotConfigured, ProviderUnknown
from chengxin.visitors.oidc import is_safe_address
from chengxin.visitors.values import Provider

_TEXTS = ("code", "label", "issuer", "client_id")


def providers() -> tuple[Provider, ...]:
    """All configured, in the file's order; none without the file.

    Raises: `ProviderNotConfigured`.
    """
    file = Path(settings.CHENGXIN_IDENTITY)
    try:
        seen = file.stat().st_mtime_ns
    except FileNotFoundError:
        return ()
    return _read(file, seen)


def provider(code: str) -> Provider:
    """The one with that code. Raises: `ProviderUnknown`, `ProviderNotConfigured`."""
    for one in providers():
        if one.code == code:
            return one
    raise ProviderUnknown(provider=code)


@lru_cache(maxsize=4)
def _read(file: Path, seen: int) -> tuple[Provider, ...]:
    del seen
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        return tuple(_provider(one, file.parent) for one in said["provider"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise ProviderNotConfigured(reason_zh=told, reason_en=told) from error


def _provider(said: dict[str, Any], folder: Path) -> Provider:
    for name in _TEXTS:
        if not isinstance(said[name], str):
            raise TypeError(name)
    if not is_safe_address(said["issuer"]):
        raise ProviderNotConfigured(
            reason_zh=f"{said['code']} 的 issuer 须为 https 地址",
            reason_en=f"the issuer of {said['code']} must be an https address",
        )
    claims = {"name": "name", "id_number": "id_number", "uscc": "uscc", "role": "role"}
    return Provider(
        code=said["code"],
        label=said["label"],
        label_en=said.get("label_en", said["label"]),
        issuer=said["issuer"],
        client_id=said["client_id"],
        client_secret=(folder / said["client_secret_file"]).read_text(encoding="utf-8").strip(),
        scopes=tuple(said.get("scopes", ("openid", "profile"))),
        claims=claims | said.get("claims", {}),
        representative=said.get("representative", "legal_representative"),
    )
