"""Issue a special report 专项信用报告 as a credential its holder shows piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.audit import services as audit
from chengxin.catalogue import queries as catalogue
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import now
from chengxin.kernel.dates import add_months
from chengxin.policy.values import Rulebook
from chengxin.publication.queries import public_facts
from chengxin.register.queries import items_held
from chengxin.reports.errors import BadHolderKey
from chengxin.reports.models import Report
from chengxin.reports.rules import credentials, jws, special
from chengxin.reports.rules.codes import (
    NUMBER_TAIL,
    RANDOM_SYMBOLS,
    VerificationCode,
    report_number,
)
from chengxin.reports.services.issuing import (
    free_place,
    organisation_of,
    random_symbols,
    status_address,
)
from chengxin.reports.services.keeping import signing_keys

VERB = "reports.credential"


@dataclass(frozen=True)
class IssuedCredential:
    """A credential just issued: its row and the text for its holder, kept nowhere here."""

    report: Report
    credential: str
    claims: Mapping[str, Any]


@transaction.atomic
def issue_credential(
    *,
    subject: UUID,
    domains: Sequence[str],
    months: int,
    holder: Any,
    on: date,
    by: Actor,
    book: Rulebook,
) -> IssuedCredential:
    """Issue the special report of an organisation as of today `on` to its agent's key.

    `holder` is the public key as JSON (JWK). Who calls this has checked that the key is the
    organisation's agent's: anyone else could show the credential as theirs.
    Raises: `NotPermitted`, `NotAnOrganisation`, `NoSuchOrganisation`, `UnknownDomain`,
    `PeriodTooLong`, `BadHolderKey`, `NoAuthority`.
    """
    by.require(VERB)
    instant = now()
    moment = instant.replace(microsecond=0)
    view = organisation_of(subject)
    asked = special.ask(
        domains,
        months,
        on=on,
        functions=book.consequences.functions,
        longest=book.on(on, special.LONGEST),
    )
    repaired = book.on(on, special.REPAIRED)
    try:
        key = jws.read_jwk(holder)
    except jws.NotOurs as fault:
        raise BadHolderKey from fault
    facts = public_facts(view.id, on=on, book=book)
    claims = special.claims(
        asked,
        facts,
        items=catalogue.items(book),
        collected=items_held(known=instant),
        laws=[str(book.on(on, special.LONGEST).basis), str(repaired.basis)],
    )
    month, place = free_place(moment)
    number = report_number(moment, random_symbols(NUMBER_TAIL))
    keys = signing_keys(book, moment)
    last = add_months(moment.date(), book.on(on, special.VALIDITY).value)
    credential = credentials.issue(
        {
            "as_of": on.isoformat(),
            "edition": book.edition,
            "iss": settings.CHENGXIN_BASE_URL,
            "issuer": book.site.operator,
            "number": number,
            "party": {"name": view.name, "uscc": view.code},
            "status": {"status_list": {"idx": place, "uri": status_address(month)}},
        },
        claims,
        holder=key,
        at=moment,
        until=datetime.combine(last, moment.timetz()),
        key=keys.attester.curve,
        certificate=keys.attester.certificate,
    )
    report = Report.objects.create(
        number=number,
        kind=Report.CREDENTIAL,
        code=VerificationCode.make(random_symbols(RANDOM_SYMBOLS)).text,
        subject_id=view.id,
        public_name=view.name,
        as_of=on,
        known_at=instant,
        language="zh",
        facts=len(facts),
        sha256=sha256_hex(credential.encode()),
        edition=book.edition,
        issued_at=moment,
        issued_by=by.login,
        records=[str(fact.record) for fact in facts],
        first_end=min((f.showing.until for f in facts if f.showing.until), default=None),
        status_month=month,
        status_place=place,
    )
    audit.note(
        by=by,
        verb=VERB,
        target=f"report:{number}",
        facts={"subject": view.public_id, "claims": sorted(claims), "edition": book.edition},
    )
    return IssuedCredential(report, credential, claims)
