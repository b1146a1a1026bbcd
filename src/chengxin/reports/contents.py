"""Gather what a report says 报告内容 from what the public may see; nothing else is read."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from chengxin.catalogue import queries as catalogue
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clock import SHANGHAI
from chengxin.policy.values import Rulebook
from chengxin.publication.values import PublicFact
from chengxin.reports.rules.parts import parts_of
from chengxin.reports.values import Fact, Issuer, Line, Party, ReportContent
from chengxin.subjects.values import SubjectView

# Labels name the unit of the sending form; sums are shown in yuan.
IN_YUAN = re.compile(r"[(（]万元[)）]")
KINDS = {
    "legal_person": ("法人", "Legal person"),
    "unincorporated": ("非法人组织", "Unincorporated organisation"),
    "sole_trader": ("个体工商户", "Sole trader"),
}
STATUSES = {
    "active": ("存续", "Active"),
    "revoked": ("吊销", "Licence revoked"),
    "deregistered": ("注销", "Deregistered"),
    "moved_out": ("迁出", "Moved out"),
}


@dataclass(frozen=True)
class Head:
    """What stands over one report: its names, days and language.

    `typesetting`: the edition of the page's form; `status`: where its status is told.
    """

    number: str
    code: str
    language: str
    purpose: str
    as_of: date
    known_at: datetime
    generated_at: datetime
    base_url: str
    typesetting: str
    status: Mapping[str, Any]


def content_of(
    subject: SubjectView,
    facts: list[PublicFact],
    *,
    head: Head,
    authority_sha256: str,
    demonstration: bool,
    collected: Collection[str],
    book: Rulebook,
) -> ReportContent:
    """Put together one report of one organisation from its public facts as of `head.as_of`.

    `collected`: the items of which anything was ever taken in; only their silence says something.
    """
    items = catalogue.items(book)
    return ReportContent(
        number=head.number,
        code=head.code,
        verify_url=f"{head.base_url}/verify/{head.code}",
        language=head.language,
        purpose=head.purpose,
        as_of=head.as_of,
        known_at=head.known_at.astimezone(SHANGHAI),
        generated_at=head.generated_at.astimezone(SHANGHAI),
        edition=book.edition,
        issuer=Issuer(
            name=book.site.name,
            name_en=book.site.name_en,
            operator=book.site.operator,
            operator_en=book.site.operator_en,
            url=head.base_url,
            contact=dict(book.site.contact),
            remedy=dict(book.site.remedy),
            authority_sha256=authority_sha256,
            demonstration=demonstration,
        ),
        party=_party(subject),
        parts=parts_of(
            registration=tuple(_registration(subject, book)),
            facts=[_fact(fact, adverse=items[fact.item].adverse) for fact in facts],
            items=items.values(),
            collected=collected,
        ),
        status=head.status,
        typesetting=head.typesetting,
    )


def as_document(content: ReportContent) -> dict[str, Any]:
    """The machine-readable twin of a report: plain values, moments in Beijing time."""
    return dict(_plain(asdict(content)))


def as_bytes(content: ReportContent) -> bytes:
    """The twin as canonical JSON: what the page is set from and what is attached to it."""
    return canonical_json(as_document(content))


def _plain(value: Any) -> Any:
    # canonical_json spells moments in UTC; a report's reader lives in Beijing time.
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _party(subject: SubjectView) -> Party:
    kind, kind_en = KINDS.get(subject.kind, (subject.kind, subject.kind))
    status, status_en = STATUSES.get(subject.status, (subject.status, subject.status))
    return Party(
        public_id=subject.public_id,
        name=subject.name,
        uscc=subject.code,
        kind=subject.kind,
        kind_label=kind,
        kind_label_en=kind_en,
        status=subject.status,
        status_label=status,
        status_label_en=status_en,
    )


def _registration(subject: SubjectView, book: Rulebook) -> Iterator[Line]:
    """What is held of the registration; the representative's name is a person's and stays out."""
    party = _party(subject)
    yield Line("name", "名称", "Name", party.name, party.name, wide=True)
    code = party.uscc
    if code:
        yield Line("uscc", "统一社会信用代码", "Unified social credit code", code, code)
    yield Line("kind", "主体类型", "Kind", party.kind_label, party.kind_label_en)
    if party.status:
        yield Line("status", "登记状态", "Status", party.status_label, party.status_label_en)
    if subject.registered_on:
        day = subject.registered_on
        readable = f"{day.year}年{day.month}月{day.day}日"
        yield Line("registered_on", "成立日期", "Registered on", readable, day.isoformat())
    for name, label, label_en, codelist, text in (
        ("division", "行政区划", "Division", "region", subject.division),
        ("industry", "所属行业", "Industry", "industry", subject.industry),
    ):
        if text:
            entry = book.codelists[codelist].find(text) if codelist in book.codelists else None
            words = (entry.label, entry.label_en or entry.label) if entry else (text, text)
            yield Line(name, label, label_en, *words)
    if subject.address:
        yield Line("address", "住所", "Address", subject.address, subject.address, wide=True)
    if subject.former_names:
        names = "；".join(subject.former_names)
        yield Line("former_names", "曾用名", "Former names", names, names, wide=True)


def _fact(fact: PublicFact, *, adverse: bool) -> Fact:
    corrected = fact.passport.corrected_at
    passport = replace(
        fact.passport,
        recorded_at=fact.passport.recorded_at.astimezone(SHANGHAI),
        corrected_at=corrected.astimezone(SHANGHAI) if corrected else None,
    )
    return Fact(
        item=fact.item,
        item_label=passport.item_label,
        item_label_en=passport.item_label_en,
        adverse=adverse,
        lines=tuple(
            Line(
                one.name,
                IN_YUAN.sub("", one.label),
                one.label_en,
                one.value,
                one.value_en,
                wide=one.wide,
            )
            for one in fact.fields
        ),
        passport=json.loads(canonical_json(passport.as_json())),
    )
