"""Signed JSON 签名数据 (JWS, RFC 7515): ES256 only, the certificate in the header.

Read as strictly as the envelope of a page: one algorithm, one spelling. A token of any other
form is not "unsupported" but not ours.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from chengxin.kernel.canonical import canonical_json
from chengxin.reports.rules.authorities import Role, certified

ALGORITHM = "ES256"
HALF = 32  # bytes of each of the two numbers of a signature
PARTS = 3


class NotOurs(ValueError):
    """A token that is no token, or not signed under the authority for this work."""


@dataclass(frozen=True)
class Token:
    """A token that holds: its header, its payload as signed, and who signed it."""

    header: dict[str, Any]
    payload: bytes
    signer: x509.Certificate | None

    def claims(self) -> dict[str, Any]:
        """The payload as a JSON object. Raises: `NotOurs`."""
        return _object(self.payload)


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of a base64url text in its only spelling. Raises: `NotOurs`."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NotOurs("no base64url") from fault
    if encode(data) != text:
        raise NotOurs("more than one spelling")
    return data


def sign(
    payload: bytes, *, kind: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> str:
    """A compact token of `payload`, of type `kind`, with the signer's certificate inside."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    header = {"alg": ALGORITHM, "typ": kind, "x5c": [base64.b64encode(der).decode()]}
    return _signed(header, payload, key)


def sign_by_holder(payload: bytes, *, kind: str, key: ec.EllipticCurvePrivateKey) -> str:
    """A compact token by a key that has no certificate; who checks it knows the key already."""
    return _signed({"alg": ALGORITHM, "typ": kind}, payload, key)


def detached(token: str) -> str:
    """The token without its payload (RFC 7515, appendix F), which lies elsewhere."""
    header, _, signature = token.split(".")
    return f"{header}..{signature}"


def attached(token: str, payload: bytes) -> str:
    """A detached token with its payload again. Raises: `NotOurs`."""
    header, nothing, signature = _parts(token)
    if nothing:
        raise NotOurs("a payload where none is expected")
    return f"{header}.{encode(payload)}.{signature}"


def verify(token: str, *, kind: str, authority: x509.Certificate) -> Token:
    """A token of that kind signed by an attester of `authority`. Raises: `NotOurs`."""
    header = _header(token, kind)
    try:
        (der,) = header["x5c"]
        data = base64.b64decode(der, validate=True)
    except (KeyError, TypeError, ValueError) as fault:
        raise NotOurs("no certificate") from fault
    signer = certified(data, Role.ATTESTER, authority)
    if signer is None:
        raise NotOurs("signed by somebody else")
    key = signer.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NotOurs("no such key")
    return Token(header, _payload(token, key), signer)


def verify_by_holder(token: str, *, kind: str, key: ec.EllipticCurvePublicKey) -> Token:
    """A token of that kind signed by a key we know. Raises: `NotOurs`."""
    return Token(_header(token, kind), _payload(token, key), None)


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A P-256 public key as JSON (RFC 7517)."""
    numbers = key.public_numbers()
    x, y = (encode(one.to_bytes(HALF, "big")) for one in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


def read_jwk(jwk: Any) -> ec.EllipticCurvePublicKey:
    """The key of such JSON. Raises: `NotOurs`."""
    if not isinstance(jwk, dict) or (jwk.get("kty"), jwk.get("crv")) != ("EC", "P-256"):
        raise NotOurs("a P-256 key is wanted")
    try:
        x, y = (int.from_bytes(decode(jwk[name]), "big") for name in ("x", "y"))
        return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    except (KeyError, TypeError, ValueError) as fault:
        raise NotOurs("no key") from fault


def _signed(header: dict[str, Any], payload: bytes, key: ec.EllipticCurvePrivateKey) -> str:
    body = f"{encode(canonical_json(header))}.{encode(payload)}"
    der = key.sign(body.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    halves = (one.to_bytes(HALF, "big") for one in utils.decode_dss_signature(der))
    return f"{body}.{encode(b''.join(halves))}"


def _header(token: str, kind: str) -> dict[str, Any]:
    written = decode(_parts(token)[0])
    header = _object(written)
    if header.get("alg") != ALGORITHM or header.get("typ") != kind:
        raise NotOurs("another kind of token")
    if canonical_json(header) != written:
        raise NotOurs("more than one spelling")
    return header


def _payload(token: str, key: ec.EllipticCurvePublicKey) -> bytes:
    header, payload, signature = _parts(token)
    value = decode(signature)
    if len(value) != 2 * HALF:
        raise NotOurs("no signature")
    numbers = (int.from_bytes(half, "big") for half in (value[:HALF], value[HALF:]))
    try:
        key.verify(
            utils.encode_dss_signature(*numbers),
            f"{header}.{payload}".encode(),
            ec.ECDSA(hashes.SHA256()),
        )
    except InvalidSignature as fault:
        raise NotOurs("the signature does not hold") from fault
    return decode(payload)


def _parts(token: str) -> list[str]:
    parts = token.split(".")
    if len(parts) != PARTS or not token.isascii():
        raise NotOurs("no token")
    return parts


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise NotOurs("no JSON") from fault
    if not isinstance(value, dict):
        raise NotOurs("no JSON object")
    return value
