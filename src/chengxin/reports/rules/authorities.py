"""The certificate of a report authority 签名根证书, as a file holds it."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from chengxin.reports.errors import NoAuthority

AUTHORITY_FILE = "reports-authority.cert.pem"


def read_certificate(path: Path) -> x509.Certificate:
    """A certificate from a PEM or DER file. Raises: `NoAuthority`."""
    try:
        data = path.read_bytes()
        if data.lstrip().startswith(b"-----"):
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except (OSError, ValueError) as fault:
        raise NoAuthority(file=path.name) from fault


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, 64 hex characters: what two people compare by telephone."""
    return certificate.fingerprint(hashes.SHA256()).hex()
