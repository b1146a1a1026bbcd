"""What the surroundings say: the CHENGXIN_* variables, read once and typed.

No Django here: the command line reads it before Django is set up. The table of all variables
with their meaning stands in docs/reference/settings.md; `site/tests/test_environment.py` holds
the two together.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from chengxin.site.errors import SettingNotUnderstood

DEMONSTRATION_SECRET_KEY = "demonstration-only-never-in-production"  # noqa: S105  refused by production
_HIGHEST_PORT = 65535


class Mode(StrEnum):
    """How this installation is used 运行方式."""

    DEMONSTRATION = "demonstration"  # 演示: synthetic city, known sign-ins
    PRODUCTION = "production"  # 正式: refuses everything known to the public


@dataclass(frozen=True)
class Environment:
    """The settings of one process, as the surroundings give them."""

    home: Path  # data folder: embedded database, stored files, keys
    host: str
    port: int
    mode: Mode
    base_url: str  # address people type, without a slash at the end
    secret_key: str
    rulebook: Path | None  # None: the one that came with the package
    keys: Path  # folder of sealing keys
    drops: Path  # folder of the departments' drop folders
    sources: Path  # folder of the passwords of departments' databases
    identity: Path  # file of the identity providers subjects sign in with
    database_url: str  # "": the embedded PostgreSQL
    debug: bool
    proxies: int  # own proxies in front, whose X-Forwarded-For is believed

    @property
    def allowed_hosts(self) -> list[str]:
        """The host names a request may carry: the public address, and this machine itself."""
        public = urlsplit(self.base_url).hostname or self.host
        return sorted({public, "localhost", "127.0.0.1", "[::1]"})

    @classmethod
    def read(cls, variables: Mapping[str, str] | None = None) -> Self:
        """Read the variables, by default those of this process.

        Raises: `SettingNotUnderstood` naming the variable that cannot be used.
        """
        given = os.environ if variables is None else variables
        home = Path(given.get("CHENGXIN_HOME") or _default_home()).expanduser().absolute()
        host = given.get("CHENGXIN_HOST") or "127.0.0.1"
        port = _port(given.get("CHENGXIN_PORT") or "8000")
        rulebook = given.get("CHENGXIN_RULEBOOK")
        return cls(
            home=home,
            host=host,
            port=port,
            mode=_mode(given.get("CHENGXIN_MODE") or Mode.DEMONSTRATION),
            base_url=(given.get("CHENGXIN_BASE_URL") or f"http://{host}:{port}").rstrip("/"),
            secret_key=_secret_key(given),
            rulebook=Path(rulebook).expanduser().absolute() if rulebook else None,
            keys=Path(given.get("CHENGXIN_KEYS") or home / "keys").expanduser().absolute(),
            drops=Path(given.get("CHENGXIN_DROPS") or home / "drops").expanduser().absolute(),
            sources=Path(given.get("CHENGXIN_SOURCES") or home / "sources").expanduser().absolute(),
            identity=Path(given.get("CHENGXIN_IDENTITY") or home / "identity.toml")
            .expanduser()
            .absolute(),
            database_url=given.get("DATABASE_URL") or "",
            debug=_yes(given.get("CHENGXIN_DEBUG") or "no"),
            proxies=_count("CHENGXIN_PROXIES", given.get("CHENGXIN_PROXIES") or "0"),
        )


def _default_home() -> Path:
    """Beside the checkout this runs from; for an installed package, in the user's home."""
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.home()) / ".chengxin"


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= _HIGHEST_PORT:
        return int(text)
    raise SettingNotUnderstood(name="CHENGXIN_PORT", value=text, allowed="1–65535")


def _count(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) == 1:
        return int(text)
    raise SettingNotUnderstood(name=name, value=text, allowed="0–9")


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError as error:
        allowed = " | ".join(Mode)
        raise SettingNotUnderstood(name="CHENGXIN_MODE", value=text, allowed=allowed) from error


def _yes(text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"0", "no", "false", "off"}:
        return False
    raise SettingNotUnderstood(name="CHENGXIN_DEBUG", value=text, allowed="yes | no")


def _secret_key(given: Mapping[str, str]) -> str:
    """Return the key itself, or the content of the file that holds it."""
    if given.get("CHENGXIN_SECRET_KEY"):
        return given["CHENGXIN_SECRET_KEY"]
    file = given.get("CHENGXIN_SECRET_KEY_FILE")
    if not file:
        return DEMONSTRATION_SECRET_KEY
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingNotUnderstood(
            name="CHENGXIN_SECRET_KEY_FILE", value=file, allowed="可读文件 / a readable file"
        ) from error
