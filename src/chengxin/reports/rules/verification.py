"""Verification 核验: what a file is, told from its bytes and one trusted certificate.

No network, no database, no clock: a bank checks a report on a machine of its own. The file's
bytes are checked before anything looks into them as a document, so a hostile file meets a few
lines of arithmetic and two signature checks, not a document reader.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chengxin.kernel.canonical import sha256_hex
from chengxin.reports.rules import cms, jws, stamps
from chengxin.reports.rules.attachments import embedded
from chengxin.reports.rules.authorities import Role, certified, fingerprint
from chengxin.reports.rules.envelope import (
    BrokenSignature,
    Envelope,
    NoSignature,
    as_we_write_it,
    take_out,
)
from chengxin.reports.rules.findings import SENTENCES, statements
from chengxin.reports.rules.status import StatusList, place_in
from chengxin.reports.values import EARLIER_FORMATS, FORMAT, Verdict, VerifyResult

LARGEST_BYTES = 50_000_000
TWIN_KIND = "chengxin-report+jws"


@dataclass(frozen=True)
class Aids:
    """What the checker carries besides the certificate; each may be missing.

    `revoked` is the authority's list of revoked certificates, `status` the signed status list,
    `at` the moment of the check (to say how old the status list is).
    """

    revoked: x509.CertificateRevocationList | None = None
    status: StatusList | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class _Sealed:
    """A file whose seal holds: who signed, who stamped, when."""

    signers: tuple[x509.Certificate, ...]
    stamp: stamps.Stamp | None


def examine(data: bytes, *, authority: x509.Certificate, aids: Aids | None = None) -> VerifyResult:
    """Tell whether `data` is a report signed under `authority`, unchanged, and still standing."""
    aids = aids or Aids()
    sealed = _seal(data, authority)
    if isinstance(sealed, Verdict):
        return _found(sealed, data, authority)
    # Only bytes that are proved ours are looked into.
    read = _twin(data, authority)
    if isinstance(read, Verdict):
        return _found(read, data, authority)
    twin, attester = read
    if (twin["format"] in EARLIER_FORMATS) != (sealed.stamp is None):
        return _found(Verdict.ALTERED, data, authority)
    signers = sealed.signers if attester is None else (*sealed.signers, attester)
    if aids.revoked is not None and _revoked(signers, sealed.stamp, aids.revoked, authority):
        return _found(Verdict.REVOKED, data, authority)
    standing = _standing(twin, aids.status)
    verdict = Verdict.WITHDRAWN if standing is False else Verdict.VALID
    return replace(
        _found(verdict, data, authority),
        number=twin["number"],
        code=twin["code"],
        subject=twin["party"]["name"],
        uscc=twin["party"]["uscc"],
        as_of=date.fromisoformat(twin["as_of"]),
        issued_at=datetime.fromisoformat(twin["generated_at"]),
        stamped_at=sealed.stamp.at if sealed.stamp else None,
        status_at=aids.status.at if aids.status and standing is not None else None,
        statements=statements(
            twin,
            stamped_at=sealed.stamp.at if sealed.stamp else None,
            standing=standing,
            listed=aids.status,
            checked_at=aids.at,
        ),
        content=twin,
    )


def read_twin(data: bytes) -> tuple[dict[str, Any], bytes, str] | None:
    """The twin inside a report: parsed, as written, and its detached token; or None.

    For bytes already trusted.
    """
    files = list(embedded(data))
    for file in files:
        if not file.startswith(b"{"):
            continue
        content = json.loads(file)
        if content.get("format") in {FORMAT, *EARLIER_FORMATS}:
            tokens = [one for one in files if not one.startswith(b"{")]
            return content, file, tokens[0].decode("ascii") if tokens else ""
    return None


def _found(verdict: Verdict, data: bytes, authority: x509.Certificate) -> VerifyResult:
    return VerifyResult(verdict, *SENTENCES[verdict], fingerprint(authority), sha256_hex(data))


def _seal(data: bytes, authority: x509.Certificate) -> _Sealed | Verdict:
    if not data.startswith(b"%PDF-") or len(data) > LARGEST_BYTES:
        return Verdict.UNREADABLE
    try:
        envelope = take_out(data)
    except NoSignature:
        return Verdict.NOT_SIGNED
    except BrokenSignature:
        return Verdict.ALTERED
    return _ours(envelope, authority)


def _ours(envelope: Envelope, authority: x509.Certificate) -> _Sealed | Verdict:
    signer = certified(envelope.signed.certificate, Role.SIGNER, authority)
    if signer is None:
        return Verdict.FOREIGN
    ours = (
        envelope.whole_file
        and as_we_write_it(envelope)
        and cms.holds(envelope.signed, envelope.digest, signer)
    )
    if not ours:
        return Verdict.ALTERED
    if envelope.signed.token is None:
        return _Sealed((signer,), None)
    return _stamped(envelope, signer, authority)


def _stamped(
    envelope: Envelope, signer: x509.Certificate, authority: x509.Certificate
) -> _Sealed | Verdict:
    try:
        token = cms.read(envelope.signed.token or b"")
        stamp = stamps.read(token.content or b"")
        rebuilt = cms.write(token)
    except (ValueError, KeyError, IndexError):
        return Verdict.ALTERED
    stamper = certified(token.certificate, Role.STAMPER, authority)
    info = hashlib.sha256(token.content or b"").digest()
    if (
        stamper is None
        or rebuilt != envelope.signed.token
        or not cms.holds(token, info, stamper)
        or stamp.digest != hashlib.sha256(envelope.signed.signature).digest()
    ):
        return Verdict.ALTERED
    good = all(
        one.not_valid_before_utc <= stamp.at <= one.not_valid_after_utc for one in (signer, stamper)
    )
    return _Sealed((signer, stamper), stamp) if good else Verdict.FOREIGN


def _twin(
    data: bytes, authority: x509.Certificate
) -> tuple[dict[str, Any], x509.Certificate | None] | Verdict:
    """The twin, its own signature checked, and who signed it; or why it does not count."""
    found = read_twin(data)
    if found is None:
        return Verdict.FOREIGN
    twin, written, token = found
    if twin["format"] in EARLIER_FORMATS:
        return twin, None
    try:
        held = jws.verify(jws.attached(token, written), kind=TWIN_KIND, authority=authority)
    except jws.NotOurs:
        return Verdict.ALTERED
    return twin, held.signer


def _revoked(
    signers: tuple[x509.Certificate, ...],
    stamp: stamps.Stamp | None,
    listed: x509.CertificateRevocationList,
    authority: x509.Certificate,
) -> bool:
    """Whether a key was revoked before it signed; a stamper's word counts for nothing after."""
    if not listed.is_signature_valid(authority.public_key()):  # type: ignore[arg-type]
        return False
    for one in signers:
        entry = listed.get_revoked_certificate_by_serial_number(one.serial_number)
        if entry is None:
            continue
        stamps_itself = stamp is None or certified_as_stamper(one, authority)
        if stamps_itself or (stamp and entry.revocation_date_utc <= stamp.at):
            return True
    return False


def certified_as_stamper(one: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether a certificate is a stamper's."""
    return certified(one.public_bytes(Encoding.DER), Role.STAMPER, authority) is not None


def _standing(twin: Mapping[str, Any], listed: StatusList | None) -> bool | None:
    """Whether the report stands by the list; None when the list does not speak of it."""
    place = place_in(twin)
    if listed is None or place is None or place[0] != listed.uri:
        return None
    try:
        return not listed.withdrawn(place[1])
    except jws.NotOurs:
        return None
