"""The signature's envelope 签名数据, checked byte by byte.

A PDF signature covers the file except the place it is written into. What stands in that place
is only partly under the signature (padding, letter case of the hexadecimal text, lists of
algorithms and certificates are not), so it is accepted only when it is exactly what this house
would have written. Then no byte of a valid report can differ from the one that was issued.
"""

import re
from dataclasses import dataclass

import pyhanko.sign.general  # noqa: F401 – teaches asn1crypto the attributes of PDF signatures
from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509

BYTE_RANGE = re.compile(rb"/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) ?\]")
DIGEST = "sha256"
MECHANISM = "sha256_rsa"


@dataclass(frozen=True)
class Envelope:
    """A signature taken out of a file: what it covers, its parts, and its place as written."""

    covered: bytes
    whole_file: bool
    signed_data: cms.SignedData
    signer: asn1_x509.Certificate
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
        content = cms.ContentInfo.load(bytes.fromhex(written[1:-1].decode("ascii")))
        signed_data = content["content"]
        signer = _signer(signed_data)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        raise BrokenSignature from fault
    return Envelope(
        covered=data[:length] + data[resume : resume + rest],
        whole_file=resume + rest == len(data),
        signed_data=signed_data,
        signer=signer,
        written=written,
    )


def as_we_write_it(envelope: Envelope) -> bool:
    """Whether the envelope is, to the last byte, the one this house makes of its parts."""
    try:
        (info,) = envelope.signed_data["signer_infos"]
        rebuilt = _rebuild(envelope.signer, info["signed_attrs"], info["signature"]).dump()
    except (ValueError, TypeError, KeyError):
        return False
    room = len(envelope.written) - 2
    exactly: bytes = b"<" + rebuilt.hex().upper().encode().ljust(room, b"0") + b">"
    return envelope.written == exactly


def _signer(signed_data: cms.SignedData) -> asn1_x509.Certificate:
    (info,) = signed_data["signer_infos"]
    wanted = info["sid"].chosen
    for choice in signed_data["certificates"]:
        certificate = choice.chosen
        if (
            isinstance(certificate, asn1_x509.Certificate)
            and certificate.serial_number == wanted["serial_number"].native
            and certificate.issuer == wanted["issuer"]
        ):
            return certificate
    raise ValueError("the signer's certificate is missing")


def _rebuild(
    signer: asn1_x509.Certificate, attributes: cms.CMSAttributes, signature: cms.OctetString
) -> cms.ContentInfo:
    digest = algos.DigestAlgorithm({"algorithm": DIGEST})
    issuer = {"issuer": signer.issuer, "serial_number": signer.serial_number}
    info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}
        ),
        "digest_algorithm": digest,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": MECHANISM}),
        "signed_attrs": attributes,
        "signature": signature.native,
    }
    signed_data = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms((digest,)),
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices(name="certificate", value=signer)],
        "signer_infos": [info],
    }
    return cms.ContentInfo(
        {"content_type": cms.ContentType("signed_data"), "content": cms.SignedData(signed_data)}
    )
