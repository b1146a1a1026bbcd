"""An OpenID provider on real HTTP: discovery, authorization code with PKCE, tokens, keys.

Not the code under test turned round: it keeps its own books, checks what a provider must (the
client's secret, the redirect address, the verifier, a code good once) and signs with a library.
`mischief` makes it misbehave as attackers and outages do.
"""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey

from chengxin.kernel.clock import now

SECRET = "portal-secret"
REDIRECT = "http://127.0.0.1:8000/my/sign-in/portal/back/"


class Portal(ThreadingHTTPServer):
    """The province's portal: whoever is in `person` is signed in there and agrees."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Page)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.person, self.codes, self.mischief, self.asked = {}, {}, {}, []
        self.turn_keys()

    def turn_keys(self):
        self.key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4)})

    def id_token(self, nonce):
        moment = int(now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": "chengxin",
            "iat": moment,
            "exp": moment + 300,
            "nonce": nonce,
            **self.person,
            **self.mischief.get("claims", {}),
        }
        key, header = self.key, {"alg": "ES256", "kid": self.key.kid}
        if self.mischief.get("alg") == "none":
            parts = [json.dumps(one).encode() for one in ({"alg": "none"}, claims)]
            return ".".join(_b64(one) for one in parts) + "."
        if self.mischief.get("alg") == "HS256":  # signed with the public key as if a secret
            public = json.dumps(self.key.as_dict(private=False)).encode()
            signed = OctKey.import_key(public)
            return jwt.encode({"alg": "HS256", "kid": key.kid}, claims, signed, ["HS256"])
        if self.mischief.get("key") == "stranger":
            key = ECKey.generate_key("P-256", {"kid": key.kid})
        return jwt.encode(header, claims, key, ["ES256"])


class _Page(BaseHTTPRequestHandler):
    server: Portal

    def log_message(self, *args):
        pass

    def do_GET(self):
        asked = urlsplit(self.path)
        self.server.asked.append(asked.path)
        if self.server.mischief.get("down") == asked.path:
            return self._say({"error": "down"}, 503)
        if asked.path == "/.well-known/openid-configuration":
            at = self.server.issuer
            return self._say(
                {
                    "issuer": self.server.mischief.get("issuer", at),
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "jwks_uri": f"{at}/jwks",
                }
            )
        if asked.path == "/jwks":
            return self._say(KeySet([self.server.key]).as_dict(private=False))
        return self._authorise({name: one[0] for name, one in parse_qs(asked.query).items()})

    def _authorise(self, asked):
        good = asked["client_id"] == "chengxin" and asked["redirect_uri"] == REDIRECT
        if not (good and asked["response_type"] == "code" and "openid" in asked["scope"]):
            return self._say({"error": "invalid_request"}, 400)
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.server.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.server.issuer}
        self.send_response(302)
        self.send_header("Location", f"{REDIRECT}?{urlencode(back)}")
        self.end_headers()
        return None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = {name: one[0] for name, one in parse_qs(body).items()}
        pair = base64.b64encode(f"chengxin:{SECRET}".encode()).decode()
        if self.headers["Authorization"] != f"Basic {pair}":
            return self._say({"error": "invalid_client"}, 401)
        asked = self.server.codes.pop(said["code"], None)  # good once
        challenge = _b64(hashlib.sha256(said["code_verifier"].encode()).digest())
        if asked is None or asked["code_challenge"] != challenge:
            return self._say({"error": "invalid_grant"}, 400)
        token = self.server.id_token(asked["nonce"])
        return self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _say(self, what, status=200):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def opened():
    portal = Portal()
    threading.Thread(target=portal.serve_forever, kwargs={"poll_interval": 0.02}).start()
    return portal


CONFIG = """
[[provider]]
code = "portal"
label = "省政务服务网"
label_en = "the provincial portal"
issuer = "{issuer}"
client_id = "chengxin"
client_secret_file = "portal.secret"
representative = "legal"
[provider.claims]
name = "real_name"
id_number = "cert_no"
uscc = "org_code"
role = "org_role"
"""


def configured(folder, portal):
    (folder / "portal.secret").write_text(f"{SECRET}\n")
    file = folder / "identity.toml"
    file.write_text(CONFIG.format(issuer=portal.issuer), encoding="utf-8")
    return file
