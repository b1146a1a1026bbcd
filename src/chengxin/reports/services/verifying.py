"""Verify a file against an authority 核验报告, by default our own."""

from datetime import datetime

from cryptography import x509
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils.crypto import get_random_string

from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.reports.errors import PresentationRefused
from chengxin.reports.models import Report, SpentNonce
from chengxin.reports.queries import authority, revoked_certificates, stands
from chengxin.reports.rules import credentials
from chengxin.reports.rules.status import StatusList
from chengxin.reports.rules.verification import Aids, examine
from chengxin.reports.values import VerifyResult

NONCE_SYMBOLS = 12
_nonces = TimestampSigner(salt="chengxin.reports.presentation")


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


def new_nonce() -> str:
    """A number for one check of a presentation: signed, so that nothing need be kept yet."""
    return _nonces.sign(get_random_string(NONCE_SYMBOLS))


@transaction.atomic
def verify_presentation(
    text: str, *, nonce: str, at: datetime, book: Rulebook
) -> credentials.Shown:
    """Check a presentation made for this site and this `nonce`, which counts once.

    Raises: `PresentationRefused`, `NoAuthority`.
    """
    try:
        _nonces.unsign(nonce, max_age=credentials.SHOWN_WITHIN)
    except BadSignature as fault:
        raise PresentationRefused(reason="expired") from fault
    shown = credentials.check(
        text,
        authority=authority(),
        audience=settings.CHENGXIN_BASE_URL,
        nonce=nonce,
        at=at,
    )
    _, fresh = SpentNonce.objects.get_or_create(nonce=nonce, defaults={"used_at": at})
    if not fresh:
        raise PresentationRefused(reason="replayed")
    issued = Report.objects.filter(number=shown.number).first()
    if issued is None or not stands(issued, book):
        raise PresentationRefused(reason="withdrawn")
    return shown
