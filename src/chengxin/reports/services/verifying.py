"""Verify a file against an authority 核验报告, by default our own."""

from datetime import datetime

from cryptography import x509

from chengxin.kernel.clock import now
from chengxin.reports.queries import authority, revoked_certificates
from chengxin.reports.rules.status import StatusList
from chengxin.reports.rules.verification import Aids, examine
from chengxin.reports.values import VerifyResult


def verify_pdf(
    data: bytes, *, trusted: x509.Certificate | None = None, listed: StatusList | None = None
) -> VerifyResult:
    """Check a report file against a certificate authority, by default our own.

    Needs no database and no network. Raises: `NoAuthority` if there is none to trust.
    """
    at: datetime = now()
    own = trusted is None
    aids = Aids(revoked=revoked_certificates() if own else None, status=listed, at=at)
    return examine(data, authority=trusted or authority(), aids=aids)
