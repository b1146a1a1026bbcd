"""The certificate authority 签名根证书 an installation makes for its own reports.

Two key pairs in one folder: the authority signs nothing but the signer, the signer signs
reports. Private keys are readable by their owner only. Whoever holds the authority's
certificate can check a report on any machine, without a network.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from chengxin.reports.errors import NoAuthority
from chengxin.reports.rules.authorities import AUTHORITY_FILE, read_certificate

AUTHORITY_DAYS = 20 * 365
SIGNER_DAYS = 3 * 365
RENEW_BEFORE = timedelta(days=90)
CLOCK_SLACK = timedelta(minutes=5)
KEY_BITS = 3072

AUTHORITY_NAME = AUTHORITY_FILE.removesuffix(".cert.pem")
SIGNER_NAME = "reports-signer"


@dataclass(frozen=True)
class KeyPair:
    """A certificate with the private key that belongs to it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True)
class Keys:
    """What an installation signs with."""

    authority: x509.Certificate
    signer: KeyPair


def read_authority(folder: Path) -> x509.Certificate:
    """The authority's certificate in the keys folder.

    Raises: `NoAuthority` if the installation has not made one, or the file is no certificate.
    """
    return read_certificate(_certificate_path(folder, AUTHORITY_NAME))


def open_keys(folder: Path, *, name: str, operator: str, at: datetime) -> Keys:
    """The installation's keys, made on first use; the signer's are renewed before they expire.

    `name` and `operator` become part of the certificates' names. Two processes that start
    at once make one authority: the folder is locked while keys are made. The authority's
    private key is read only to make a signer, so it may be kept elsewhere in between.
    Raises: `NoAuthority` if a signer is due and the authority's key is not there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        if not _certificate_path(folder, AUTHORITY_NAME).exists():
            _write_pair(folder, AUTHORITY_NAME, _make_authority(name, operator, at))
        authority = read_authority(folder)
        signer = _read_pair(folder, SIGNER_NAME)
        if signer is None or not good_for_signing(signer, authority, at):
            signer = _make_signer(_whole_authority(folder), name, operator, at)
            _write_pair(folder, SIGNER_NAME, signer)
    return Keys(authority=authority, signer=signer)


def good_for_signing(signer: KeyPair, authority: x509.Certificate, at: datetime) -> bool:
    """Whether the authority issued the signer, and it is not about to expire."""
    try:
        signer.certificate.verify_directly_issued_by(authority)
    except (ValueError, InvalidSignature):
        return False
    return at + RENEW_BEFORE < signer.certificate.not_valid_after_utc


def _whole_authority(folder: Path) -> KeyPair:
    authority = _read_pair(folder, AUTHORITY_NAME)
    if authority is None:
        raise NoAuthority(file=_key_path(folder, AUTHORITY_NAME).name)
    return authority


def _make_authority(name: str, operator: str, at: datetime) -> KeyPair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    subject = _subject(f"{name} 报告签名根证书", operator)
    builder = (
        _builder(subject, subject, key, at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    return KeyPair(builder.sign(key, hashes.SHA256()), key)


def _make_signer(authority: KeyPair, name: str, operator: str, at: datetime) -> KeyPair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    builder = (
        _builder(
            _subject(f"{name} 信用报告", operator),
            authority.certificate.subject,
            key,
            at,
            SIGNER_DAYS,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(issuer, critical=False)
    )
    return KeyPair(builder.sign(authority.key, hashes.SHA256()), key)


def _subject(common_name: str, operator: str) -> x509.Name:
    # A common name holds 64 characters at most, an organisation's name likewise.
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, operator[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, at: datetime, days: int
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - CLOCK_SLACK)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(identifier, critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.cert.pem"


def _key_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.key.pem"


def _read_pair(folder: Path, name: str) -> KeyPair | None:
    key_path, certificate_path = _key_path(folder, name), _certificate_path(folder, name)
    if not (key_path.exists() and certificate_path.exists()):
        return None
    key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
    certificate = read_certificate(certificate_path)
    if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise NoAuthority(file=certificate_path.name)
    return KeyPair(certificate, key)


def _write_pair(folder: Path, name: str, pair: KeyPair) -> None:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = pair.certificate.public_bytes(serialization.Encoding.PEM)
    # The key first: a kill between the two leaves a key without certificate, made anew.
    _write(_key_path(folder, name), key, 0o600)
    _write(_certificate_path(folder, name), certificate, 0o644)


def _write(path: Path, data: bytes, mode: int) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "reports.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
