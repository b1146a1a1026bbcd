"""OpenID Connect, the relying side: authorization code with PKCE, state and nonce.

The dangerous part, the signature of the ID token, is joserfc's; an algorithm that is not on the
list below (`none`, or a shared-secret one over a public key) is no signature. A key unknown here
makes the provider's keys be fetched anew, once a sign-in: providers change their keys.
Standards: OpenID Connect Core 1.0 第3.1节, RFC 7636, RFC 9700.
"""

import base64
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from chengxin.visitors.errors import ProviderDown, ProviderRefused, SignInExpired, TokenNotTrusted
from chengxin.visitors.values import Provider

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
TIMEOUT_SECONDS: Final = 5
LARGEST_ANSWER: Final = 1024 * 1024
SLACK_SECONDS: Final = 60
STATE_SECONDS: Final = 600
_METADATA_SECONDS: Final = 600

_metadata: dict[str, tuple[datetime, dict[str, Any]]] = {}
_keys: dict[str, KeySet] = {}


@dataclass(frozen=True)
class Departure:
    """Where the browser is sent, and what its session keeps until it returns."""

    url: str
    kept: dict[str, Any]


def depart(provider: Provider, *, redirect_uri: str, at: datetime) -> Departure:
    """Begin a sign-in. Raises: `ProviderDown`."""
    endpoint = _about(provider, at)["authorization_endpoint"]
    kept: dict[str, Any] = {
        "provider": provider.code,
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "verifier": secrets.token_urlsafe(48),
        "at": at.timestamp(),
    }
    challenge = hashlib.sha256(kept["verifier"].encode()).digest()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(provider.scopes),
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return Departure(f"{endpoint}?{urlencode(query)}", kept)


def arrive(
    provider: Provider,
    *,
    redirect_uri: str,
    kept: Mapping[str, Any] | None,
    given: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """The verified claims of who returns from the provider with `given` in the address.

    `kept` is what `depart` left in the session, taken out of it for good.
    Raises: `SignInExpired`, `ProviderRefused`, `ProviderDown`, `TokenNotTrusted`.
    """
    if kept is None or kept["provider"] != provider.code:
        raise SignInExpired
    if not hmac.compare_digest(given.get("state", "").encode(), kept["state"].encode()):
        raise SignInExpired
    if not 0 <= at.timestamp() - kept["at"] <= STATE_SECONDS:
        raise SignInExpired
    # RFC 9207: an answer that names another issuer was meant for somebody else.
    if given.get("iss", provider.issuer) != provider.issuer:
        raise SignInExpired
    if "error" in given or not given.get("code"):
        raise ProviderRefused(provider=provider.label)
    body = {
        "grant_type": "authorization_code",
        "code": given["code"],
        "redirect_uri": redirect_uri,
        "code_verifier": kept["verifier"],
    }
    about = _about(provider, at)
    answer = _ask(provider, about["token_endpoint"], body)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise TokenNotTrusted(provider=provider.label, reason="no id_token")
    claims = _signed(provider, token, about["jwks_uri"])
    if fault := fault_of(claims, provider=provider, nonce=kept["nonce"], at=at):
        raise TokenNotTrusted(provider=provider.label, reason=fault)
    return claims


def fault_of(claims: Mapping[str, Any], *, provider: Provider, nonce: str, at: datetime) -> str:
    """What is wrong with claims that were signed well; empty when nothing is."""
    moment = at.timestamp()
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    expires, issued, said = claims.get("exp"), claims.get("iat"), claims.get("nonce")
    checks = {
        "iss": claims.get("iss") == provider.issuer,
        "aud": provider.client_id in audiences,
        "azp": claims.get("azp", provider.client_id) == provider.client_id
        and (len(audiences) == 1 or "azp" in claims),
        "exp": isinstance(expires, int | float) and moment < expires + SLACK_SECONDS,
        "iat": isinstance(issued, int | float) and issued <= moment + SLACK_SECONDS,
        "nonce": isinstance(said, str) and hmac.compare_digest(said.encode(), nonce.encode()),
    }
    return next((name for name, holds in checks.items() if not holds), "")


def _signed(provider: Provider, token: str, jwks_uri: str) -> dict[str, Any]:
    fresh = provider.issuer not in _keys
    for again in (fresh, True):
        try:
            return dict(
                jwt.decode(
                    token, _keyset(provider, jwks_uri, again=again), algorithms=list(ALGORITHMS)
                ).claims
            )
        except (JoseError, ValueError) as error:
            reason = type(error).__name__
            if again:
                break
    raise TokenNotTrusted(provider=provider.label, reason=f"signature: {reason}")


def _keyset(provider: Provider, jwks_uri: str, *, again: bool) -> KeySet:
    if again or provider.issuer not in _keys:
        found = _ask(provider, jwks_uri)
        try:
            _keys[provider.issuer] = KeySet.import_key_set(found)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderDown(provider=provider.label) from error
    return _keys[provider.issuer]


def _about(provider: Provider, at: datetime) -> dict[str, Any]:
    held = _metadata.get(provider.issuer)
    if held and 0 <= (at - held[0]).total_seconds() < _METADATA_SECONDS:
        return held[1]
    found = _ask(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != provider.issuer or not all(
        is_safe_address(str(found.get(name, ""))) for name in needed
    ):
        raise ProviderDown(provider=provider.label)
    _metadata[provider.issuer] = (at, found)
    return found


def is_safe_address(url: str) -> bool:
    """Whether a provider may be asked there: encrypted, or on this very machine."""
    parts = urlsplit(url)
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return parts.scheme == "https" or (parts.scheme == "http" and here)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow none: a provider answers where it said it would."""


_opener = urllib.request.build_opener(_NoRedirect)


def _ask(provider: Provider, url: str, body: Mapping[str, str] | None = None) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    if body is not None:
        pair = f"{provider.client_id}:{provider.client_secret}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    data = urlencode(body).encode() if body is not None else None
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 – is_safe_address
    try:
        with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            found = json.loads(answer.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            refused = body is not None and error.code in {400, 401}
        kind = ProviderRefused if refused else ProviderDown
        raise kind(provider=provider.label) from None
    except (OSError, ValueError) as error:
        raise ProviderDown(provider=provider.label) from error
    if not isinstance(found, dict):
        raise ProviderDown(provider=provider.label)
    return found
