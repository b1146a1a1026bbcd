"""The keys of an installation 密钥目录, in one folder: made on first use, renewed in time.

Private keys are readable by their owner only. Whoever holds the authority's certificate can
check a report on any machine, without a network.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from chengxin.reports.certificates import (
    RENEW_BEFORE,
    KeyPair,
    Keys,
    good_for_signing,
    make_authority,
    make_certified,
    make_revoked,
)
from chengxin.reports.errors import NoAuthority
from chengxin.reports.rules.authorities import (
    AUTHORITY_FILE,
    REVOKED_FILE,
    Role,
    read_certificate,
    read_revoked,
)

AUTHORITY_NAME = AUTHORITY_FILE.removesuffix(".cert.pem")


def read_authority(folder: Path) -> x509.Certificate:
    """The authority's certificate in the keys folder.

    Raises: `NoAuthority` if the installation has not made one, or the file is no certificate.
    """
    return read_certificate(_certificate_path(folder, AUTHORITY_NAME))


def open_keys(folder: Path, *, name: str, operator: str, at: datetime) -> Keys:
    """The installation's keys, made on first use; each is renewed before it expires.

    `name` and `operator` become part of the certificates' names. Two processes that start
    at once make one authority: the folder is locked while keys are made. The authority's
    private key is read only to certify another, so it may be kept elsewhere in between.
    Raises: `NoAuthority` if a key is due and the authority's is not there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        if not _certificate_path(folder, AUTHORITY_NAME).exists():
            _write_pair(folder, AUTHORITY_NAME, make_authority(name, operator, at))
        authority = read_authority(folder)
        pairs = {}
        for role in Role:
            pair = _read_pair(folder, role.value)
            if pair is None or not good_for_signing(pair, authority, at):
                issuer = _whole_authority(folder)
                pair = make_certified(role, issuer, name=name, operator=operator, at=at)
                _write_pair(folder, role.value, pair)
            pairs[role] = pair
        return Keys(
            authority=authority,
            signer=pairs[Role.SIGNER],
            stamper=pairs[Role.STAMPER],
            attester=pairs[Role.ATTESTER],
            revoked=_current_list(folder, at),
        )


def replace_key(folder: Path, role: Role, *, name: str, operator: str, at: datetime) -> None:
    """Revoke a key that may be in wrong hands 吊销密钥, and make another.

    What the old one signed before `at`, by the stamper's word, stays good.
    Raises: `NoAuthority` if the authority's private key is not there.
    """
    with _locked(folder):
        issuer = _whole_authority(folder)
        old = read_certificate(_certificate_path(folder, role.value))
        earlier = _read_list(folder)
        listed = make_revoked(issuer, at=at, earlier=earlier, adding=old)
        _write_list(folder, listed)
        fresh = make_certified(role, issuer, name=name, operator=operator, at=at)
        _write_pair(folder, role.value, fresh)


def _current_list(folder: Path, at: datetime) -> x509.CertificateRevocationList:
    listed = _read_list(folder)
    until = listed.next_update_utc if listed is not None else None  # an empty list is falsy
    if listed is None or until is None or until < at + RENEW_BEFORE:
        listed = make_revoked(_whole_authority(folder), at=at, earlier=listed)
        _write_list(folder, listed)
    return listed


def _read_list(folder: Path) -> x509.CertificateRevocationList | None:
    path = folder / REVOKED_FILE
    return read_revoked(path) if path.exists() else None


def _write_list(folder: Path, listed: x509.CertificateRevocationList) -> None:
    _write(folder / REVOKED_FILE, listed.public_bytes(serialization.Encoding.PEM), 0o644)


def _whole_authority(folder: Path) -> KeyPair:
    authority = _read_pair(folder, AUTHORITY_NAME)
    if authority is None:
        raise NoAuthority(file=_key_path(folder, AUTHORITY_NAME).name)
    return authority


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
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise NoAuthority(file=certificate_path.name)
    if key.public_key() != certificate.public_key():
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
