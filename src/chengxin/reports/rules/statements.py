"""A signed statement 签名文件: bytes under a signature of this installation, kept beside them.

For what is no page file: a manifest of digests. The same authority as for reports; the first line
keeps a signature over one kind of thing from being taken for another.
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from chengxin.reports.values import Verdict

PREAMBLE = b"chengxin signed statement\n"


@dataclass(frozen=True)
class StatementSignature:
    """A signature and the certificate of who made it (PEM); `authority` is our root's digest."""

    signature: bytes
    certificate: bytes
    authority: str


def covered(data: bytes) -> bytes:
    """The bytes a signature of a statement is over."""
    return PREAMBLE + data


def check_statement(
    data: bytes, signature: bytes, certificate: bytes, *, authority: x509.Certificate
) -> Verdict:
    """VALID, ALTERED if the signature does not hold, FOREIGN if another authority issued it."""
    try:
        signer = x509.load_pem_x509_certificate(certificate)
        signer.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, x509.InvalidVersion, UnsupportedAlgorithm):
        return Verdict.FOREIGN
    key = signer.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return Verdict.FOREIGN
    try:
        key.verify(signature, covered(data), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return Verdict.ALTERED
    return Verdict.VALID
