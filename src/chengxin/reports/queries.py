"""Questions about issued reports."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from chengxin.kernel.clock import today
from chengxin.kernel.store import ContentStore
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import public_facts
from chengxin.reports.certificates import read_authority
from chengxin.reports.models import Report
from chengxin.reports.rules.codes import VerificationCode


def by_code(code: str) -> Report | None:
    """The report with that verification code, however it was typed; None if there is none."""
    parsed = VerificationCode.parse(code)
    if parsed is None:
        return None
    return Report.objects.select_related("subject").filter(code=parsed.text).first()


def by_sha256(sha256: str) -> Report | None:
    """The report whose file has that digest; None if no such file was issued here."""
    return Report.objects.filter(sha256=sha256).first()


def stands(report: Report, book: Rulebook) -> bool:
    """Whether every fact on the report is still public and still says the same (charter 8)."""
    subject, issued = report.subject_id, report.known_at
    then = public_facts(subject, on=report.as_of, known=issued, book=book)
    now = public_facts(subject, on=today(), book=book)
    corrected = {
        f.record for f in now if f.passport.corrected_at and f.passport.corrected_at > issued
    }
    return len(then) >= report.facts and not corrected & {fact.record for fact in then}


def pdf_of(report: Report) -> bytes:
    """The signed file as issued. Raises: `ContentMissing`, `ContentTampered`."""
    return issued_files().get(report.sha256)


def issued_files() -> ContentStore:
    """The store of issued report files."""
    return ContentStore(Path(settings.CHENGXIN_HOME) / "reports")


def keys_folder() -> Path:
    """Where the installation's keys lie."""
    return Path(settings.CHENGXIN_KEYS)


def authority() -> x509.Certificate:
    """The certificate of this installation's report authority.

    Raises: `NoAuthority` before the first report was issued.
    """
    return read_authority(keys_folder())


def authority_certificate() -> bytes:
    """The same as a PEM file, for the public to download and keep. Raises: `NoAuthority`."""
    return authority().public_bytes(serialization.Encoding.PEM)
