"""Sign a report 电子签名: PAdES B-LT over the whole file, with no change allowed afterwards."""

import hashlib
import io
import secrets
from datetime import datetime

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation.dss import DocumentSecurityStore

from chengxin.reports.certificates import KeyPair, Keys
from chengxin.reports.rules import cms, stamps

FIELD = "ReportSignature"
DIGEST = "sha256"
# Hexadecimal room for two certificates and two RSA-3072 values.
RESERVED_HEX = 12288
SERIAL_BITS = 63


def sign(pdf: bytes, *, keys: Keys, at: datetime, reason: str, name: str) -> bytes:
    """Sign a finished page file; `at` is the moment written into signature and timestamp.

    The signature certifies the document with "no changes allowed" (DocMDP 1) and covers every
    byte but itself, also what a validator needs in twenty years: the certificates and the
    authority's list of revoked ones lie in the file before it is signed. Nothing outside the
    process is asked.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    _keep_for_later(writer, keys)
    output = io.BytesIO()
    embedder = PdfCMSEmbedder(new_field_spec=fields.SigFieldSpec(FIELD))
    steps = embedder.write_cms(field_name=FIELD, writer=writer)
    next(steps)
    placeholder = SignatureObject(
        subfilter=fields.SigSeedSubFilter.PADES,
        timestamp=at,
        name=name,
        reason=reason,
        bytes_reserved=RESERVED_HEX,
    )
    permissions = SigMDPSetup(
        md_algorithm=DIGEST, certify=True, docmdp_perms=fields.MDPPerm.NO_CHANGES
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=permissions))
    prepared, _ = steps.send(SigIOSetup(md_algorithm=DIGEST, output=output))
    steps.send(envelope_of(prepared.document_digest, keys=keys, at=at))
    return output.getvalue()


def envelope_of(digest: bytes, *, keys: Keys, at: datetime) -> bytes:
    """The envelope for a document of that SHA-256 digest: signature, then timestamp over it."""
    signed = _signed(cms.DATA, None, digest, keys.signer)
    stamp = stamps.Stamp(hashlib.sha256(signed.signature).digest(), at)
    info = stamps.write(stamp, secrets.randbits(SERIAL_BITS))
    token = _signed(cms.TST_INFO, info, hashlib.sha256(info).digest(), keys.stamper)
    return cms.write(
        cms.Signed(
            signed.kind,
            None,
            signed.certificate,
            signed.attributes,
            signed.signature,
            cms.write(token),
        )
    )


def _signed(kind: bytes, content: bytes | None, digest: bytes, pair: KeyPair) -> cms.Signed:
    attributes = cms.attributes(kind, digest, pair.certificate)
    value = pair.rsa.sign(cms.to_be_signed(attributes), padding.PKCS1v15(), hashes.SHA256())
    return cms.Signed(kind, content, _der(pair.certificate), attributes, value)


def _keep_for_later(writer: IncrementalPdfFileWriter, keys: Keys) -> None:
    """Long-term validation data 长期验证信息 (ISO 32000-2, 12.8.4.3), under the signature too.

    The authority's certificate is among it for convenience; whoever checks trusts their own copy.
    """
    certificates = (keys.signer.certificate, keys.stamper.certificate, keys.authority)
    listed = keys.revoked.public_bytes(serialization.Encoding.DER)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[asn1_x509.Certificate.load(_der(one)) for one in certificates],
        crls=[asn1_crl.CertificateList.load(listed)],
    )


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
