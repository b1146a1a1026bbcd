"""Certificates an installation makes for its own reports 签名证书, and its list of revoked ones.

The authority signs nothing but these. The signer signs reports, the stamper says when, the
attester signs what machines read (the twin, the status list, credentials). Each may do its own
work and no other's: its certificate says which.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from chengxin.reports.rules.authorities import Role, purposes_of

AUTHORITY_DAYS = 20 * 365
SIGNER_DAYS = 3 * 365
STAMPER_DAYS = 15 * 365  # strict validators believe a timestamp as long as its certificate lasts
RENEW_BEFORE = timedelta(days=90)
CLOCK_SLACK = timedelta(minutes=5)
KEY_BITS = 3072

DAYS = {
    Role.SIGNER: SIGNER_DAYS,
    Role.STAMPER: STAMPER_DAYS,
    Role.ATTESTER: SIGNER_DAYS,
}
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
TITLES = {
    Role.SIGNER: "信用报告",
    Role.STAMPER: "信用报告时间戳",
    Role.ATTESTER: "信用凭证",
}


@dataclass(frozen=True)
class KeyPair:
    """A certificate with the private key that belongs to it."""

    certificate: x509.Certificate
    key: Key

    @property
    def rsa(self) -> rsa.RSAPrivateKey:
        """The key of an authority, signer or stamper. Raises: `TypeError`."""
        if not isinstance(self.key, rsa.RSAPrivateKey):
            raise TypeError("an RSA key is wanted here")
        return self.key

    @property
    def curve(self) -> ec.EllipticCurvePrivateKey:
        """The key of an attester (P-256). Raises: `TypeError`."""
        if not isinstance(self.key, ec.EllipticCurvePrivateKey):
            raise TypeError("an elliptic-curve key is wanted here")
        return self.key


@dataclass(frozen=True)
class Keys:
    """What an installation signs with. `revoked` is the authority's current list."""

    authority: x509.Certificate
    signer: KeyPair
    stamper: KeyPair
    attester: KeyPair
    revoked: x509.CertificateRevocationList


def good_for_signing(pair: KeyPair, authority: x509.Certificate, at: datetime) -> bool:
    """Whether the authority issued the certificate, and it is not about to expire."""
    try:
        pair.certificate.verify_directly_issued_by(authority)
    except (ValueError, InvalidSignature):
        return False
    return at + RENEW_BEFORE < pair.certificate.not_valid_after_utc


def make_authority(name: str, operator: str, at: datetime) -> KeyPair:
    """A new authority, its certificate signed by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    subject = _subject(f"{name} 报告签名根证书", operator)
    builder = (
        _builder(subject, subject, key, at, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
    )
    return KeyPair(builder.sign(key, hashes.SHA256()), key)


def make_certified(
    role: Role, authority: KeyPair, *, name: str, operator: str, at: datetime
) -> KeyPair:
    """A new key for one kind of work, certified by the authority."""
    key: Key = (
        ec.generate_private_key(ec.SECP256R1())
        if role is Role.ATTESTER
        else rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    )
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.rsa.public_key())
    title = _subject(f"{name} {TITLES[role]}", operator)
    builder = (
        _builder(title, authority.certificate.subject, key, at, DAYS[role])
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(issuer, critical=False)
    )
    if purposes := purposes_of(role):
        # A stamper's must be critical and alone (RFC 3161, 2.3).
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return KeyPair(builder.sign(authority.rsa, hashes.SHA256()), key)


def make_revoked(
    authority: KeyPair,
    *,
    at: datetime,
    earlier: x509.CertificateRevocationList | None = None,
    adding: x509.Certificate | None = None,
) -> x509.CertificateRevocationList:
    """The authority's list 吊销列表 as of `at`: all of the earlier one, and one more if given."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at - CLOCK_SLACK)
        .next_update(at + timedelta(days=SIGNER_DAYS))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.rsa.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for entry in earlier or ():
        builder = builder.add_revoked_certificate(entry)
    if adding is not None:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(adding.serial_number)
            .revocation_date(at)
            .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            .build()
        )
    return builder.sign(authority.rsa, hashes.SHA256())


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
    subject: x509.Name, issuer: x509.Name, key: Key, at: datetime, days: int
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
