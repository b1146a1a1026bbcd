"""Sign a statement 签名文件: bytes in the name of this installation, the signature beside them."""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.reports.rules.authorities import fingerprint
from chengxin.reports.rules.statements import StatementSignature, covered
from chengxin.reports.services.keeping import signing_keys


def sign_statement(data: bytes, *, book: Rulebook) -> StatementSignature:
    """Sign bytes with the key of reports, for other rooms inside their own verbs.

    Raises: `NoAuthority`.
    """
    keys = signing_keys(book, now())
    signature = keys.signer.rsa.sign(covered(data), padding.PKCS1v15(), hashes.SHA256())
    certificate = keys.signer.certificate.public_bytes(serialization.Encoding.PEM)
    return StatementSignature(signature, certificate, fingerprint(keys.authority))
