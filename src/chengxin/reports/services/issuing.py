"""Issue credit reports 出具信用报告."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor, Scope
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import public_facts
from chengxin.register.queries import items_held
from chengxin.reports.certificates import Keys
from chengxin.reports.contents import Head, as_bytes, content_of
from chengxin.reports.errors import (
    FutureDay,
    NoSuchOrganisation,
    NotAnOrganisation,
    PageNotMade,
    UnknownLanguage,
)
from chengxin.reports.models import Report
from chengxin.reports.queries import issued_files
from chengxin.reports.rendering import Sheet, edition, page_file
from chengxin.reports.rules import jws
from chengxin.reports.rules.authorities import fingerprint
from chengxin.reports.rules.codes import (
    ALPHABET,
    NUMBER_TAIL,
    RANDOM_SYMBOLS,
    VerificationCode,
    report_number,
)
from chengxin.reports.rules.status import PLACES
from chengxin.reports.rules.verification import TWIN_KIND, examine
from chengxin.reports.services.keeping import signing_keys
from chengxin.reports.signing import sign
from chengxin.reports.values import LANGUAGES, ReportContent
from chengxin.subjects import queries as subjects
from chengxin.subjects.values import SubjectView

VERB = "reports.issue"
# Anyone may take the report of an organisation: it holds only what the page shows anyway.
PUBLIC = Actor("public", "社会公众 The public", "", {VERB: Scope.ALL})
DEMONSTRATION = "demonstration"
PURPOSES = "query_purpose"
LONGEST_PURPOSE = 200


@dataclass(frozen=True)
class Issued:
    """A report just issued: its row, its signed file and what it says."""

    report: Report
    pdf: bytes
    content: ReportContent


@transaction.atomic
def issue(
    *,
    subject: UUID,
    on: date,
    by: Actor,
    book: Rulebook,
    purpose: str = "",
    language: str = "zh",
    known: datetime | None = None,
) -> Issued:
    """Issue the report 出具信用报告 of an organisation as public on day `on`.

    `known` answers "as known at that moment"; by default now. The file is kept under its
    hash, the act is in the log, and the code on the page is answered by `queries.by_code`.
    Raises: `NotPermitted`, `NoSuchOrganisation`, `NotAnOrganisation`, `UnknownLanguage`,
    `FutureDay`, `PageNotMade`, `NoAuthority`.
    """
    by.require(VERB)
    instant = now()
    moment = instant.replace(microsecond=0)  # as finely as a page and a signature say it
    if language not in LANGUAGES:
        raise UnknownLanguage(language=language)
    if on > moment.date():
        raise FutureDay(day=on)
    view = organisation_of(subject)
    keys = signing_keys(book, moment)
    known_at = min(known or instant, instant)
    facts = public_facts(view.id, on=on, known=known_at, book=book)
    code = VerificationCode.make(random_symbols(RANDOM_SYMBOLS))
    month, place = free_place(moment)
    content = content_of(
        view,
        facts,
        head=Head(
            number=report_number(moment, random_symbols(NUMBER_TAIL)),
            code=str(code),
            language=language,
            purpose=_printable(purpose, language, book),
            as_of=on,
            known_at=known_at,
            generated_at=moment,
            base_url=settings.CHENGXIN_BASE_URL,
            typesetting=edition(),
            status={"status_list": {"idx": place, "uri": status_address(month)}},
        ),
        authority_sha256=fingerprint(keys.authority),
        demonstration=settings.CHENGXIN_MODE == DEMONSTRATION,
        collected=items_held(known=known_at),
        book=book,
    )
    pdf = signed_file(content, keys=keys)
    # A form exchanged on disk under a running process would make a file nobody accepts.
    if not examine(pdf, authority=keys.authority).valid:
        raise PageNotMade(reason="自检未通过 the file does not verify")
    report = Report.objects.create(
        number=content.number,
        code=code.text,
        subject_id=view.id,
        public_name=view.name,
        as_of=on,
        known_at=known_at,
        language=language,
        facts=len(facts),
        sha256=issued_files().put(pdf),
        edition=book.edition,
        issued_at=moment,
        issued_by=by.login,
        purpose=purpose[:LONGEST_PURPOSE],
        records=[str(fact.record) for fact in facts],
        first_end=min((f.showing.until for f in facts if f.showing.until), default=None),
        status_month=month,
        status_place=place,
    )
    audit.note(
        by=by,
        verb=VERB,
        target=f"report:{report.number}",
        purpose=report.purpose,
        facts={
            "subject": view.public_id,
            "as_of": on,
            "facts": len(facts),
            "sha256": report.sha256,
            "edition": book.edition,
        },
    )
    return Issued(report, pdf, content)


def signed_file(content: ReportContent, *, keys: Keys) -> bytes:
    """The signed file that says this: the twin signed, the page set from it, the whole signed."""
    twin = as_bytes(content)
    token = jws.sign(
        twin, kind=TWIN_KIND, key=keys.attester.curve, certificate=keys.attester.certificate
    )
    sheet = Sheet(twin.decode(), jws.detached(token), content.verify_url, content.generated_at)
    return sign(
        page_file(sheet),
        keys=keys,
        at=content.generated_at,
        reason=content.number,
        name=content.issuer.operator,
    )


def status_address(month: str) -> str:
    """Where the signed status list of a month's reports is kept; also its name in them."""
    return f"{settings.CHENGXIN_BASE_URL}/verify/status/{month}"


def free_place(moment: datetime) -> tuple[str, int]:
    """A place in the month's status list, drawn by lot: it tells nothing of its neighbours."""
    month = f"{moment:%Y%m}"
    while True:
        place = secrets.randbelow(PLACES)
        if not Report.objects.filter(status_month=month, status_place=place).exists():
            return month, place


def organisation_of(subject: UUID) -> SubjectView:
    """The public organisation with that id. Raises: `NotAnOrganisation`, `NoSuchOrganisation`."""
    view = subjects.by_id(subject)
    if view is not None:
        return view
    if subjects.kinds_of([subject]):
        raise NotAnOrganisation
    raise NoSuchOrganisation(asked=str(subject))


def _printable(purpose: str, language: str, book: Rulebook) -> str:
    """The purpose as printed: only one the code list names.

    Free text stays in the row and the log; nobody's own words are set over our signature.
    """
    entry = book.codelists[PURPOSES].find(purpose) if purpose else None
    if entry is None:
        return ""
    return entry.label if language == "zh" else entry.label_en


def random_symbols(count: int) -> list[int]:
    """Random numbers for a code or the tail of a number."""
    return [secrets.randbelow(len(ALPHABET)) for _ in range(count)]
