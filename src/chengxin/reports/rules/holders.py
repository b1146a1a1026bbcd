"""The key a holder 持有者 proves with that a credential is theirs; never leaves them."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chengxin.reports.errors import BadHolderKey
from chengxin.reports.rules.jws import public_jwk


def make_key() -> tuple[bytes, dict[str, str]]:
    """A new private key (PEM) and its public part (JWK)."""
    key = ec.generate_private_key(ec.SECP256R1())
    written = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return written, public_jwk(key.public_key())


def read_key(data: bytes) -> ec.EllipticCurvePrivateKey:
    """A holder's private key from PEM. Raises: `BadHolderKey`."""
    try:
        key = serialization.load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise BadHolderKey from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise BadHolderKey
    return key
