"""Timestamp tokens 时间戳 (RFC 3161): what the installation's stamper says of a signature.

The stamper is a key of its own, certified for nothing else. It stamps only what the same
installation signs, so it proves the order of events against a thief of the signer's key, not
against the installation itself; an outsider's clock would.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from chengxin.reports.rules import cms
from chengxin.reports.rules.der import OCTETS, SEQUENCE, TIME, elements, first, integer, oid, wrap

# A policy identifier made from a UUID (ITU-T X.667): ours, registered nowhere.
POLICY = oid("2.25.122856118885580790377140844088560763379")
MOMENT = "%Y%m%d%H%M%SZ"


@dataclass(frozen=True)
class Stamp:
    """What a token says: the digest it covers (SHA-256) and the moment, in UTC."""

    digest: bytes
    at: datetime


def write(stamp: Stamp, serial: int) -> bytes:
    """The text a stamper signs 时间戳内容."""
    return wrap(
        SEQUENCE,
        integer(1),
        POLICY,
        wrap(SEQUENCE, cms.SHA256, wrap(OCTETS, stamp.digest)),
        integer(serial),
        wrap(TIME, stamp.at.astimezone(UTC).strftime(MOMENT).encode()),
    )


def read(info: bytes) -> Stamp:
    """The content of a token. Raises: `ValueError` for anything but our form."""
    _, _, imprint, serial, moment = elements(first(info).of(SEQUENCE))
    _, digest = elements(imprint.of(SEQUENCE))
    at = datetime.strptime(moment.of(TIME).decode("ascii"), MOMENT).replace(tzinfo=UTC)
    stamp = Stamp(digest.of(OCTETS), at)
    if write(stamp, int.from_bytes(serial.content, "big")) != info:
        raise ValueError("not as we write it")
    return stamp
