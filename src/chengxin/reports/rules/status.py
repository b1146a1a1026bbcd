"""The signed list of what no longer stands 状态列表, carried offline (Token Status List).

One bit a report or credential, at a place drawn by lot: the list tells who holds the report
whether it still stands, and nobody else anything. It is good until it expires; an old one still
says what was withdrawn by then, and is said to be old.
"""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from chengxin.kernel.canonical import canonical_json
from chengxin.reports.rules import jws

KIND = "statuslist+jwt"
PLACES = 1 << 17  # places of one list: 16 KB before compression
LIFE = timedelta(days=1)
FRESH = timedelta(minutes=15)
BYTE = 8


@dataclass(frozen=True)
class StatusList:
    """What one list says: as of `at`, until a newer one is due at `until`."""

    uri: str
    at: datetime
    until: datetime
    bits: bytes
    signer: x509.Certificate

    def withdrawn(self, place: int) -> bool:
        """Whether what has that place no longer stands. Raises: `NotOurs` beyond the list."""
        if not 0 <= place < len(self.bits) * BYTE:
            raise jws.NotOurs("no such place")
        return bool(self.bits[place // BYTE] >> place % BYTE & 1)


def write(
    *,
    uri: str,
    withdrawn: Collection[int],
    at: datetime,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
) -> str:
    """Sign the list of one address: these places are withdrawn, every other stands."""
    bits = bytearray(PLACES // BYTE)
    for place in withdrawn:
        bits[place // BYTE] |= 1 << place % BYTE
    claims = {
        "sub": uri,
        "iat": int(at.timestamp()),
        "exp": int((at + LIFE).timestamp()),
        "ttl": int(FRESH.total_seconds()),
        "status_list": {"bits": 1, "lst": jws.encode(zlib.compress(bytes(bits), 9))},
    }
    return jws.sign(canonical_json(claims), kind=KIND, key=key, certificate=certificate)


def read(token: str, *, authority: x509.Certificate) -> StatusList:
    """A list signed under `authority`. Raises: `NotOurs`."""
    held = jws.verify(token.strip(), kind=KIND, authority=authority)
    claims = held.claims()
    try:
        packed = jws.decode(claims["status_list"]["lst"])
        bits = zlib.decompressobj().decompress(packed, PLACES)
        at, until = (datetime.fromtimestamp(claims[name], UTC) for name in ("iat", "exp"))
        uri = str(claims["sub"])
    except (KeyError, TypeError, ValueError, OverflowError, zlib.error) as fault:
        raise jws.NotOurs("no status list") from fault
    if held.signer is None or claims["status_list"].get("bits") != 1:
        raise jws.NotOurs("no status list")
    return StatusList(uri, at, until, bits, held.signer)


def place_in(document: Mapping[str, Any]) -> tuple[str, int] | None:
    """Where a report or credential says its status stands: address and place; None if nowhere."""
    try:
        reference = document["status"]["status_list"]
        return str(reference["uri"]), int(reference["idx"])
    except (KeyError, TypeError, ValueError):
        return None
