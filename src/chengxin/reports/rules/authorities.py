"""The certificates of a report authority 签名根证书: as files hold them, and what each may do."""

from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from chengxin.reports.errors import NoAuthority

AUTHORITY_FILE = "reports-authority.cert.pem"
REVOKED_FILE = "reports-authority.crl.pem"
# A purpose of ours, from a UUID (ITU-T X.667): signing what machines read.
ATTESTING = x509.ObjectIdentifier("2.25.184910621491235588546006594937250070906")


class Role(StrEnum):
    """What a certified key is for; the value is also the name of its file."""

    SIGNER = "reports-signer"
    STAMPER = "reports-stamper"
    ATTESTER = "reports-attester"


def purposes_of(role: Role) -> list[x509.ObjectIdentifier]:
    """The extended key usage of a role. The signer has none, as PDF readers expect."""
    return {
        Role.SIGNER: [],
        Role.STAMPER: [ExtendedKeyUsageOID.TIME_STAMPING],
        Role.ATTESTER: [ATTESTING],
    }[role]


def certified(data: bytes, role: Role, authority: x509.Certificate) -> x509.Certificate | None:
    """The certificate in `data` (DER) if the authority issued it for that work, else None."""
    try:
        certificate = x509.load_der_x509_certificate(data)
        certificate.verify_directly_issued_by(authority)
        named = list(_purposes(certificate))
    except (ValueError, TypeError, InvalidSignature, x509.InvalidVersion, UnsupportedAlgorithm):
        return None
    return certificate if named == purposes_of(role) else None


def read_certificate(path: Path) -> x509.Certificate:
    """A certificate from a PEM or DER file. Raises: `NoAuthority`."""
    try:
        data = path.read_bytes()
        if data.lstrip().startswith(b"-----"):
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except (OSError, ValueError) as fault:
        raise NoAuthority(file=path.name) from fault


def read_revoked(path: Path) -> x509.CertificateRevocationList:
    """A list of revoked certificates from a PEM or DER file. Raises: `NoAuthority`."""
    try:
        data = path.read_bytes()
        if data.lstrip().startswith(b"-----"):
            return x509.load_pem_x509_crl(data)
        return x509.load_der_x509_crl(data)
    except (OSError, ValueError) as fault:
        raise NoAuthority(file=path.name) from fault


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, 64 hex characters: what two people compare by telephone."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _purposes(certificate: x509.Certificate) -> x509.ExtendedKeyUsage | list[None]:
    try:
        return certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return []
