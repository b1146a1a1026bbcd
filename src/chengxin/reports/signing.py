"""Sign a report 电子签名: PAdES over the whole file, with no change allowed afterwards."""

import io
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from chengxin.reports.certificates import KeyPair, Keys
from chengxin.reports.rules.envelope import DIGEST, MECHANISM
from chengxin.reports.rules.waiting import finish

FIELD = "ReportSignature"
RESERVED_HEX = 8192  # hexadecimal room for one certificate and one RSA-3072 value


def sign(pdf: bytes, *, keys: Keys, at: datetime, reason: str, name: str) -> bytes:
    """Sign a finished page file; `at` is the moment written into the signature.

    The signature certifies the document with "no changes allowed" (DocMDP 1) and covers
    every byte but itself. Nothing outside the process is asked: no timestamp authority, no
    revocation list.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        name=name,
    )
    signer = signers.PdfSigner(
        metadata, signer=_KeptKey(keys.signer), new_field_spec=fields.SigFieldSpec(FIELD)
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    session = signer.init_signing_session(writer)
    session.system_time = at
    document = session.prepare_tbs_document(None, bytes_reserved=RESERVED_HEX)
    output = io.BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    finish(
        document.perform_signature(
            document_digest=prepared.document_digest,
            pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
        )
    )
    return output.getvalue()


class _KeptKey(signers.Signer):
    """Signs with a key already in memory: loading an RSA key checks its primes, 0.1 s each."""

    def __init__(self, pair: KeyPair) -> None:
        certificate = pair.certificate.public_bytes(serialization.Encoding.DER)
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            # The authority's certificate stays out: whoever checks must have it from elsewhere.
            embed_roots=False,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": MECHANISM}),
        )
        self._key = pair.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 – the library's signature
    ) -> bytes:
        del digest_algorithm, dry_run  # always SHA-256, and always in earnest
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
