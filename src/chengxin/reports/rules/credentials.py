"""Credentials 信用凭证 of which the holder shows only what is asked (SD-JWT VC, RFC 9901).

The issuer signs the digests of salted claims; the holder hands over the claims chosen, and
proves with the key the credential is bound to that it is meant for this reader, now. What is
not shown cannot be guessed from its digest.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from chengxin.kernel.canonical import canonical_json
from chengxin.reports.errors import PresentationRefused, UnknownClaim
from chengxin.reports.rules import jws
from chengxin.reports.rules.status import StatusList, place_in

KIND = "dc+sd-jwt"
BINDING_KIND = "kb+jwt"
TYPE = "urn:chengxin:special-report:1"
SHOWN_WITHIN = timedelta(minutes=10)
SALT_BYTES = 16


@dataclass(frozen=True)
class Shown:
    """A presentation that holds: who it is about, the claims shown, as of when, standing or not.

    `standing` is None when no status list speaks of it; `hidden` counts the claims not shown.
    """

    number: str
    party: Mapping[str, str]
    as_of: str
    issued_at: datetime
    expires_at: datetime
    claims: Mapping[str, Any]
    hidden: int
    standing: bool | None
    status_at: datetime | None
    issuer: str


def issue(
    payload: Mapping[str, Any],
    claims: Mapping[str, Any],
    *,
    holder: ec.EllipticCurvePublicKey,
    at: datetime,
    until: datetime,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
) -> str:
    """A credential of these open values and claims, bound to the holder's key, good to `until`."""
    salted = [
        jws.encode(canonical_json([jws.encode(secrets.token_bytes(SALT_BYTES)), name, value]))
        for name, value in claims.items()
    ]
    body = {
        **payload,
        "_sd": sorted(_digest(one) for one in salted),  # sorted: their order tells nothing
        "_sd_alg": "sha-256",
        "cnf": {"jwk": jws.public_jwk(holder)},
        "exp": int(until.timestamp()),
        "iat": int(at.timestamp()),
        "vct": TYPE,
    }
    token = jws.sign(canonical_json(body), kind=KIND, key=key, certificate=certificate)
    return "~".join((token, *salted, ""))


def claims_of(credential: str) -> dict[str, Any]:
    """The claims a credential can show, by name; for its holder. Raises: `NotOurs`."""
    return {name: value for name, value, _ in _disclosures(credential.strip().split("~")[1:-1])}


def present(
    credential: str,
    show: Collection[str],
    *,
    audience: str,
    nonce: str,
    at: datetime,
    key: ec.EllipticCurvePrivateKey,
) -> str:
    """Show some claims 出示 to one reader, once: `audience` and `nonce` are theirs.

    Raises: `UnknownClaim`, `NotOurs` for what is no credential.
    """
    token, *salted, _ = credential.strip().split("~")
    known = {name: written for name, _, written in _disclosures(salted)}
    for name in show:
        if name not in known:
            raise UnknownClaim(claim=name, known="、".join(sorted(known)))
    shown = "~".join((token, *(known[name] for name in sorted(set(show))), ""))
    body = {
        "aud": audience,
        "iat": int(at.timestamp()),
        "nonce": nonce,
        "sd_hash": _digest(shown),
    }
    return shown + jws.sign_by_holder(canonical_json(body), kind=BINDING_KIND, key=key)


def check(
    presentation: str,
    *,
    authority: x509.Certificate,
    audience: str,
    nonce: str,
    at: datetime,
    status: StatusList | None = None,
) -> Shown:
    """What a presentation proves to this reader. Raises: `PresentationRefused`, with the reason."""
    token, *salted, binding = presentation.strip().split("~")
    try:
        held = jws.verify(token, kind=KIND, authority=authority)
        body = held.claims()
        digests = list(body["_sd"])
        triples = _disclosures(salted)
        holder = jws.read_jwk(body["cnf"]["jwk"])
        issued, until = (datetime.fromtimestamp(body[name], UTC) for name in ("iat", "exp"))
        ours = (body["vct"], body["_sd_alg"]) == (TYPE, "sha-256")
    except (jws.NotOurs, KeyError, TypeError, ValueError, OverflowError) as fault:
        raise PresentationRefused(reason="altered") from fault
    names = [name for name, _, _ in triples]
    known = ours and all(_digest(written) in digests for _, _, written in triples)
    if not known or len(set(names)) != len(names):
        raise PresentationRefused(reason="altered")
    if not issued - SHOWN_WITHIN <= at < until:
        raise PresentationRefused(reason="expired")
    _bound(presentation, binding, holder, audience=audience, nonce=nonce, at=at)
    standing = _standing(body, status)
    if standing is False:
        raise PresentationRefused(reason="withdrawn")
    return Shown(
        number=body["number"],
        party=body["party"],
        as_of=body["as_of"],
        issued_at=issued,
        expires_at=until,
        claims={name: value for name, value, _ in triples},
        hidden=len(digests) - len(triples),
        standing=standing,
        status_at=status.at if status and standing is not None else None,
        issuer=body["issuer"],
    )


def _bound(
    presentation: str,
    binding: str,
    holder: ec.EllipticCurvePublicKey,
    *,
    audience: str,
    nonce: str,
    at: datetime,
) -> None:
    """The holder meant it for this reader, now. Raises: `PresentationRefused`."""
    if not binding:
        raise PresentationRefused(reason="unbound")
    shown = presentation.strip().removesuffix(binding)
    try:
        body = jws.verify_by_holder(binding, kind=BINDING_KIND, key=holder).claims()
        made = datetime.fromtimestamp(body["iat"], UTC)
        whole = body["sd_hash"] == _digest(shown)
        for_us = (body["aud"], body["nonce"]) == (audience, nonce)
    except (jws.NotOurs, KeyError, TypeError, ValueError, OverflowError) as fault:
        raise PresentationRefused(reason="unbound") from fault
    if not whole:
        raise PresentationRefused(reason="altered")
    if not for_us or not nonce:
        raise PresentationRefused(reason="replayed")
    if abs(at - made) > SHOWN_WITHIN:
        raise PresentationRefused(reason="expired")


def _disclosures(salted: Sequence[str]) -> list[tuple[str, Any, str]]:
    """Name, value and writing of each disclosed claim. Raises: `NotOurs`."""
    found = []
    for written in salted:
        try:
            triple = json.loads(jws.decode(written))
            salt, name, value = triple
        except (ValueError, TypeError, RecursionError) as fault:
            raise jws.NotOurs("no disclosure") from fault
        if not (isinstance(salt, str) and isinstance(name, str)) or name in {"_sd", "..."}:
            raise jws.NotOurs("no disclosure")
        found.append((name, value, written))
    return found


def _standing(body: Mapping[str, Any], listed: StatusList | None) -> bool | None:
    place = place_in(body)
    if listed is None or place is None or place[0] != listed.uri:
        return None
    return not listed.withdrawn(place[1])


def _digest(text: str) -> str:
    return jws.encode(hashlib.sha256(text.encode("ascii")).digest())
