"""The signature's envelope 签名数据 in a PDF file, checked byte by byte.

A PDF signature covers the file except the place it is written into. What stands in that place
is only partly under the signature (padding, letter case of the hexadecimal text, lists of
algorithms and certificates are not), so it is accepted only when it is exactly what this house
would have written. Then no byte of a valid report can differ from the one that was issued.
"""

import hashlib
import re
from dataclasses import dataclass

from chengxin.reports.rules import cms
from chengxin.reports.rules.der import first

BYTE_RANGE = re.compile(rb"/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) ?\]")


@dataclass(frozen=True)
class Envelope:
    """A signature taken out of a file: its parts, its place as written, and what it covers.

    `digest` is the SHA-256 of all it covers.
    """

    digest: bytes
    whole_file: bool
    signed: cms.Signed
    written: bytes


class NoSignature(Exception):
    """The file carries no signature at all."""


class BrokenSignature(Exception):
    """The file carries the remains of a signature that cannot be read."""


def take_out(data: bytes) -> Envelope:
    """Find the last signature of a PDF file. Raises: `NoSignature`, `BrokenSignature`."""
    ranges = BYTE_RANGE.findall(data)
    if not ranges:
        raise NoSignature
    start, length, resume, rest = (int(number) for number in ranges[-1])
    if not 0 == start < length < resume <= len(data):
        raise BrokenSignature
    written = data[length:resume]
    try:
        signed = cms.read(first(bytes.fromhex(written[1:-1].decode("ascii"))).whole)
    except (ValueError, IndexError) as fault:
        raise BrokenSignature from fault
    digest = hashlib.sha256(data[:length])
    digest.update(data[resume : resume + rest])
    return Envelope(digest.digest(), resume + rest == len(data), signed, written)


def as_we_write_it(envelope: Envelope) -> bool:
    """Whether the envelope is, to the last byte, the one this house makes of its parts."""
    try:
        rebuilt = cms.write(envelope.signed)
    except (ValueError, KeyError):
        return False
    room = len(envelope.written) - 2
    exactly: bytes = b"<" + rebuilt.hex().encode().upper().ljust(room, b"0") + b">"
    return envelope.written == exactly
