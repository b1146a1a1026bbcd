"""Signed data 签名数据 (CMS, RFC 5652) in the one form this house writes.

One signer, one certificate, SHA-256 with RSA. Reading takes the parts out; writing puts them
together again. What was read counts only if writing gives the same bytes, and only the
attributes' signature is left to be checked.
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from chengxin.reports.rules.der import (
    CONTEXT,
    INTEGER,
    NULL,
    OCTETS,
    SEQUENCE,
    SET,
    elements,
    first,
    integer,
    oid,
    wrap,
)

SIGNED_DATA = oid("1.2.840.113549.1.7.2")
DATA = oid("1.2.840.113549.1.7.1")
TST_INFO = oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47")
TIMESTAMP = oid("1.2.840.113549.1.9.16.2.14")
NOTHING = wrap(NULL)
SHA256 = wrap(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"), NOTHING)
SHA256_RSA = wrap(SEQUENCE, oid("1.2.840.113549.1.1.11"), NOTHING)
# RFC 5652, 5.1: version 3 when what is signed is not plain data.
VERSIONS = {DATA: 1, TST_INFO: 3}


@dataclass(frozen=True)
class Signed:
    """The parts of one signed-data value.

    `kind` is the content type (an encoded identifier), `content` what is enclosed (None when
    it lies elsewhere), `certificate` the signer's in DER, `attributes` the signed attributes
    without their tag, `token` a timestamp token over `signature`, or None.
    """

    kind: bytes
    content: bytes | None
    certificate: bytes
    attributes: bytes
    signature: bytes
    token: bytes | None = None


def read(data: bytes) -> Signed:
    """Take signed data apart. Raises: `ValueError` for anything but our form."""
    _, holder = elements(first(data).of(SEQUENCE))
    _, _, enclosed, certificates, signers = elements(first(holder.of(CONTEXT)).of(SEQUENCE))
    kind, *content = elements(enclosed.of(SEQUENCE))
    (signer,) = elements(signers.of(SET))
    _, _, _, attributes, _, signature, *unsigned = elements(signer.of(SEQUENCE))
    return Signed(
        kind=kind.whole,
        content=first(content[0].of(CONTEXT)).of(OCTETS) if content else None,
        certificate=first(certificates.of(CONTEXT)).whole,
        attributes=attributes.of(CONTEXT),
        signature=signature.of(OCTETS),
        token=_token(unsigned[0].of(CONTEXT | 1)) if unsigned else None,
    )


def write(signed: Signed) -> bytes:
    """Put signed data together, in the only way we write it. Raises: `ValueError`."""
    issuer, serial = _name(signed.certificate)
    content = [wrap(CONTEXT, wrap(OCTETS, signed.content))] if signed.content is not None else []
    unsigned = []
    if signed.token is not None:
        stamp = wrap(SEQUENCE, TIMESTAMP, wrap(SET, signed.token))
        unsigned = [wrap(CONTEXT | 1, stamp)]
    signer = wrap(
        SEQUENCE,
        integer(1),
        wrap(SEQUENCE, issuer, serial),
        SHA256,
        wrap(CONTEXT, signed.attributes),
        SHA256_RSA,
        wrap(OCTETS, signed.signature),
        *unsigned,
    )
    body = wrap(
        SEQUENCE,
        integer(VERSIONS[signed.kind]),
        wrap(SET, SHA256),
        wrap(SEQUENCE, signed.kind, *content),
        wrap(CONTEXT, signed.certificate),
        wrap(SET, signer),
    )
    return wrap(SEQUENCE, SIGNED_DATA, wrap(CONTEXT, body))


def attributes(kind: bytes, digest: bytes, certificate: x509.Certificate) -> bytes:
    """What a signer signs: the kind of content, its digest, and its own certificate's."""
    named = wrap(OCTETS, certificate.fingerprint(hashes.SHA256()))
    values = (
        (CONTENT_TYPE, kind),
        (MESSAGE_DIGEST, wrap(OCTETS, digest)),
        (SIGNING_CERTIFICATE, wrap(SEQUENCE, wrap(SEQUENCE, wrap(SEQUENCE, named)))),
    )
    # A set in DER is sorted by its encoding.
    return b"".join(sorted(wrap(SEQUENCE, name, wrap(SET, value)) for name, value in values))


def to_be_signed(attributes_of: bytes) -> bytes:
    """The bytes a key signs: the attributes under the tag of a set (RFC 5652, 5.4)."""
    return wrap(SET, attributes_of)


def holds(signed: Signed, digest: bytes, certificate: x509.Certificate) -> bool:
    """Whether `certificate` signed exactly this: content of that kind with that SHA-256 digest."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        stated = {
            name.whole: first(values.of(SET))
            for name, values in (elements(one.of(SEQUENCE)) for one in elements(signed.attributes))
        }
        named = first(first(first(stated[SIGNING_CERTIFICATE].content).content).content)
        key.verify(
            signed.signature,
            to_be_signed(signed.attributes),
            padding.PKCS1v15(),
            hashes.SHA256(),
        )
    except (KeyError, ValueError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return (
        stated[CONTENT_TYPE].whole == signed.kind
        and stated[MESSAGE_DIGEST].whole == wrap(OCTETS, digest)
        and named.whole == wrap(OCTETS, certificate.fingerprint(hashes.SHA256()))
    )


def _token(attributes: bytes) -> bytes:
    (one,) = elements(attributes)
    name, values = elements(one.of(SEQUENCE))
    (token,) = elements(values.of(SET))
    if name.whole != TIMESTAMP:
        raise ValueError("an attribute we never write")
    return token.whole


def _name(certificate: bytes) -> tuple[bytes, bytes]:
    """Issuer and serial number of a certificate, encoded."""
    fields = elements(first(first(certificate).of(SEQUENCE)).of(SEQUENCE))
    version, serial, _, issuer, *_ = fields
    version.of(CONTEXT)
    serial.of(INTEGER)
    return issuer.whole, serial.whole
