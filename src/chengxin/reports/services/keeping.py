"""The keys in memory, and replacing one that may be in wrong hands."""

from datetime import datetime
from pathlib import Path

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.policy.values import Rulebook
from chengxin.reports.certificates import Keys, good_for_signing
from chengxin.reports.keyring import open_keys, replace_key
from chengxin.reports.queries import keys_folder
from chengxin.reports.rules.authorities import Role

_keys: dict[Path, Keys] = {}


def signing_keys(book: Rulebook, moment: datetime) -> Keys:
    """The keys, kept in memory until one is due: reading one checks its primes, 0.1 s.

    Raises: `NoAuthority`.
    """
    folder = keys_folder()
    kept = _keys.get(folder)
    if kept is None or not _good(kept, moment):
        kept = open_keys(folder, name=book.site.name, operator=book.site.operator, at=moment)
        _keys[folder] = kept
    return kept


def revoke_key(*, role: Role, by: Actor, at: datetime, book: Rulebook) -> None:
    """Revoke a key that may be in wrong hands 吊销签名密钥, and sign with another from now on.

    Other processes go on with the old key until they are started again.
    Raises: `NotPermitted`, `NoAuthority`.
    """
    by.require("reports.revoke_key")
    replace_key(keys_folder(), role, name=book.site.name, operator=book.site.operator, at=at)
    _keys.pop(keys_folder(), None)
    audit.note(by=by, verb="reports.revoke_key", target=f"key:{role.value}")


def _good(keys: Keys, moment: datetime) -> bool:
    pairs = (keys.signer, keys.stamper, keys.attester)
    return all(good_for_signing(pair, keys.authority, moment) for pair in pairs)
