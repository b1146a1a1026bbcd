"""How an entry is hashed. Anyone with the entries can compute it again."""

from collections.abc import Mapping
from typing import Any

from chengxin.kernel.canonical import canonical_json, sha256_hex

HASHED = ("sequence", "at", "login", "unit", "verb", "target", "purpose", "basis", "facts")


def entry_hash(previous_hash: str, entry: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the entry's own fields, in canonical JSON.

    `entry["at"]` is ISO 8601 in UTC with microseconds, so that the text is the same wherever
    and whenever it is computed.
    """
    body = canonical_json({name: entry[name] for name in HASHED})
    return sha256_hex(previous_hash.encode("ascii") + b"\n" + body)
