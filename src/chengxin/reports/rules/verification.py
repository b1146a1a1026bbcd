"""Verification 核验: what a file is, told from its bytes and one trusted certificate.

No network, no database, no clock: a bank checks a report on a machine of its own. The file's
bytes are checked before anything parses them as a PDF, so a hostile file meets a few lines of
arithmetic and a signature check, not a document reader.
"""

import io
import json
from datetime import date, datetime
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko_certvalidator import ValidationContext

from chengxin.kernel.canonical import sha256_hex
from chengxin.reports.rules.authorities import fingerprint
from chengxin.reports.rules.envelope import (
    BrokenSignature,
    Envelope,
    NoSignature,
    as_we_write_it,
    take_out,
)
from chengxin.reports.rules.findings import SENTENCES
from chengxin.reports.rules.waiting import finish
from chengxin.reports.values import FORMAT, Verdict, VerifyResult

LARGEST_BYTES = 50_000_000


def examine(data: bytes, *, authority: x509.Certificate) -> VerifyResult:
    """Tell whether `data` is a report signed under `authority` and unchanged since."""
    trusted, digest = fingerprint(authority), sha256_hex(data)
    verdict = _verdict(data, authority)
    # Only bytes that are proved ours are parsed as a document.
    twin = read_twin(data) if verdict is Verdict.VALID else None
    if verdict is not Verdict.VALID:
        return VerifyResult(verdict, *SENTENCES[verdict], trusted, digest)
    if twin is None:
        return VerifyResult(Verdict.FOREIGN, *SENTENCES[Verdict.FOREIGN], trusted, digest)
    return VerifyResult(
        verdict,
        *SENTENCES[verdict],
        trusted,
        digest,
        number=twin["number"],
        code=twin["code"],
        subject=twin["party"]["name"],
        uscc=twin["party"]["uscc"],
        as_of=date.fromisoformat(twin["as_of"]),
        issued_at=datetime.fromisoformat(twin["generated_at"]),
        content=twin,
    )


def _verdict(data: bytes, authority: x509.Certificate) -> Verdict:
    if not data.startswith(b"%PDF-") or len(data) > LARGEST_BYTES:
        return Verdict.UNREADABLE
    try:
        envelope = take_out(data)
    except NoSignature:
        return Verdict.NOT_SIGNED
    except BrokenSignature:
        return Verdict.ALTERED
    if not _issued_by(envelope.signer, authority):
        return Verdict.FOREIGN
    ours = envelope.whole_file and as_we_write_it(envelope) and _signed(envelope, authority)
    return Verdict.VALID if ours else Verdict.ALTERED


def read_twin(data: bytes) -> dict[str, Any] | None:
    """The machine-readable twin inside a report, or None. For bytes already trusted."""
    root = PdfFileReader(io.BytesIO(data)).root
    for attachment in root.get("/AF", ()):
        content = json.loads(attachment.get_object()["/EF"]["/F"].data)
        if isinstance(content, dict) and content.get("format") == FORMAT:
            return content
    return None


def _issued_by(signer: asn1_x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        x509.load_der_x509_certificate(signer.dump()).verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, x509.InvalidVersion, UnsupportedAlgorithm):
        return False
    return True


def _signed(envelope: Envelope, authority: x509.Certificate) -> bool:
    root = asn1_x509.Certificate.load(authority.public_bytes(serialization.Encoding.DER))
    context = ValidationContext(
        trust_roots=[root],
        # The certificate must have been good when it signed, not on the day of the check: a
        # report keeps its force after its signer's certificate has expired.
        moment=envelope.signer.not_valid_before,
        allow_fetching=False,
    )
    check = async_validate_detached_cms(
        envelope.covered, envelope.signed_data, signer_validation_context=context
    )
    try:
        return bool(finish(check).bottom_line)
    except Exception:  # noqa: BLE001 – a mutilated file may break the library anywhere; it is not valid
        return False
