"""Questions about issued reports."""

from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from django.conf import settings

from chengxin.kernel.clock import today
from chengxin.kernel.store import ContentStore
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import public_facts
from chengxin.register.queries.changes import changed_since
from chengxin.reports.keyring import read_authority
from chengxin.reports.models import Report, Withdrawal
from chengxin.reports.rules.authorities import REVOKED_FILE, read_revoked
from chengxin.reports.rules.codes import VerificationCode
from chengxin.subjects.queries import family


def by_code(code: str) -> Report | None:
    """The report with that verification code, however it was typed; None if there is none."""
    parsed = VerificationCode.parse(code)
    if parsed is None:
        return None
    return Report.objects.select_related("subject").filter(code=parsed.text).first()


def by_sha256(sha256: str) -> Report | None:
    """The report whose file has that digest; None if no such file was issued here."""
    return Report.objects.filter(sha256=sha256).first()


def issued_about(subject: UUID) -> list[Report]:
    """Every report issued about a subject, newest first; for the subject itself."""
    return list(Report.objects.filter(subject__in=family(subject)).order_by("-issued_at"))


def stands(report: Report, book: Rulebook) -> bool:
    """Whether every fact on the report is still public and still says the same (charter 8).

    A report that was taken back does not stand.
    """
    if Withdrawal.objects.filter(report=report).exists():
        return False
    issued = report.known_at
    now_shown = public_facts(report.subject_id, on=today(), book=book)
    corrected = {
        str(f.record)
        for f in now_shown
        if f.passport.corrected_at and f.passport.corrected_at > issued
    }
    shown = {str(fact.record) for fact in now_shown}
    return set(_records(report, book)) <= shown - corrected


def withdrawn_places(month: str, book: Rulebook) -> set[int]:
    """The places of the month's status list whose reports no longer stand.

    Only reports something happened to since are looked at one by one: an event or a new link of
    one of their records, the end of a term, another edition of the rulebook.
    """
    reports = list(
        Report.objects.filter(status_month=month)
        .order_by("issued_at")
        .only("subject_id", "known_at", "records", "first_end", "edition", "status_place", "facts")
    )
    if not reports:
        return set()
    taken_back = set(
        Withdrawal.objects.filter(report__status_month=month).values_list("report_id", flat=True)
    )
    changed = changed_since(min(report.known_at for report in reports))
    day = today()
    gone = set()
    for report in reports:
        ended = report.first_end is not None and report.first_end <= day
        touched = report.edition != book.edition or any(
            changed[record] > report.known_at for record in report.records if record in changed
        )
        if report.id in taken_back or ended or (touched and not stands(report, book)):
            gone.add(report.status_place or 0)
    return gone


def _records(report: Report, book: Rulebook) -> list[str]:
    """The records a report shows; an early one did not keep them and is asked again."""
    if len(report.records) == report.facts:
        return list(report.records)
    then = public_facts(report.subject_id, on=report.as_of, known=report.known_at, book=book)
    missing = [""] * max(0, report.facts - len(then))  # one that left publication: no longer there
    return [*(str(fact.record) for fact in then), *missing]


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


def revoked_certificates() -> x509.CertificateRevocationList | None:
    """The authority's list of revoked certificates; None before the first was made."""
    path = keys_folder() / REVOKED_FILE
    return read_revoked(path) if path.exists() else None


def authority_certificate() -> bytes:
    """The same as a PEM file, for the public to download and keep. Raises: `NoAuthority`."""
    return authority().public_bytes(serialization.Encoding.PEM)
