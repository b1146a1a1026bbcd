"""One spelling for every value that is hashed, signed or compared byte by byte.

Two services that know the same facts must produce the same bytes, today and in ten years:
the log of acts and the passports of facts hang on it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any, Final
from uuid import UUID

_SPELLING: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical_json(obj: Any) -> bytes:
    """Spell `obj` as UTF-8 JSON: keys sorted, no spaces, Chinese as it is written.

    Dates are ISO, moments ISO in UTC (a moment read back from the database in another zone
    is the same moment), decimals plain digits in a string.
    Raises: `TypeError` for what has no single spelling (naive moments, sets, bytes, keys that
    are no text), `ValueError` for NaN and infinity.
    """
    return _SPELLING.encode(obj if _is_flat(obj) else plain(obj)).encode("utf-8")


def _is_flat(obj: Any) -> bool:
    """Whether it is a dict of nothing but texts, as most are: that is plain already."""
    return type(obj) is dict and all(type(one) is str for pair in obj.items() for one in pair)


def plain(value: Any) -> Any:
    """Turn a value into the texts, numbers, lists and dicts that JSON knows."""
    # Most are plain texts: first asked what costs least.
    if type(value) is str or value is None or isinstance(value, bool | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain(item) for item in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError(f"a moment without a time zone has no canonical spelling: {value!r}")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no amount")
        return format(value, "f")
    if isinstance(value, UUID | PurePath):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical spelling")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"keys must be text, not {type(key).__name__}")
    return str(key)


def sha256_hex(data: bytes) -> str:
    """The SHA-256 digest of `data`: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
