"""Taking in an organisation list 主体名录."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from chengxin.access.queries import sealer
from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.dates import parse_date
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name, normalise_text, tidy_text
from chengxin.subjects.models import Identifier, Subject, SubjectName
from chengxin.subjects.rules.kinds import kind_of_code
from chengxin.subjects.values import ImportResult

CHUNK = 5000


@dataclass
class _Entry:
    """A line of an organisation list as understood: what to write, keyed by its code."""

    row: int
    name: str
    code: str
    verdict: Verdict
    publishable: bool
    source: Mapping[str, str]
    others: list[tuple[str, str, Verdict, bool]] = field(default_factory=list)


def import_organisations(
    *, rows: Iterable[tuple[int, Mapping[str, str]]], by: Actor, on: date
) -> ImportResult:
    """Take in a registration list 主体名录: (line, column name → text) pairs.

    Columns: `name` and `uscc` needed; `kind`, `status`, `division`, `industry`, `address`,
    `registered_on`, `former_names` (|-separated), `old_registration_number`, `old_org_code`,
    `branch_of` (USCC), `representative` if there. A code with a wrong check digit is held, never
    rejected: real companies carry such codes. A code that is also a valid ID number is kept but
    never shown. Every chunk of rows is one transaction; sent twice, nothing doubles.

    Raises: `NotPermitted`.
    """
    by.require("subjects.import")
    result = ImportResult()
    seen: dict[str, int] = {}
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            entries = list(_understood(chunk, seen, result))
            added = _write(entries, result)
            audit.note(
                by=by,
                verb="subjects.import",
                target="subjects",
                facts={"rows": len(chunk), "added": added, "on": on.isoformat()},
            )
    return result


def _understood(
    chunk: Sequence[tuple[int, Mapping[str, str]]], seen: dict[str, int], result: ImportResult
) -> Iterator[_Entry]:
    for number, source in chunk:
        result.read += 1
        name = tidy_text(source.get("name", ""))
        found = check(source.get("uscc", ""), "any")
        organisational = found.kind not in {IdKind.ID_NUMBER, IdKind.PASSPORT, None}
        if not name or found.verdict is Verdict.INVALID or not organisational:
            result.invalid += 1
            result.refused.append(_refusal(number, name, found))
            continue
        if found.normalised in seen:
            result.duplicates.append(
                {"row": number, "first_row": seen[found.normalised], "code": found.normalised}
            )
            continue
        seen[found.normalised] = number
        result.held += found.verdict is Verdict.HELD
        yield _Entry(
            row=number,
            name=name,
            code=found.normalised,
            verdict=found.verdict,
            publishable=found.publishable,
            source={**source, "_kind": str(found.kind)},
            others=list(_other_codes(source)),
        )


def _refusal(number: int, name: str, found: Any) -> dict[str, Any]:
    if not name:
        return {"row": number, "code": "SUBJECTS-NO-NAME", "message_zh": "名称为空。",
                "message_en": "The name is empty."}  # fmt: skip
    return {
        "row": number,
        "code": found.code or "SUBJECTS-NOT-AN-ORGANISATION-CODE",
        "message_zh": found.message_zh,
        "message_en": found.message_en,
    }


def _other_codes(source: Mapping[str, str]) -> Iterator[tuple[str, str, Verdict, bool]]:
    for column, kind in (
        ("old_registration_number", IdKind.REGISTRATION),
        ("old_org_code", IdKind.ORG_CODE),
    ):
        if text := source.get(column, "").strip():
            found = check(text, kind)
            if found.verdict is not Verdict.INVALID:
                yield kind.value, found.normalised, found.verdict, found.publishable


def _write(entries: Sequence[_Entry], result: ImportResult) -> int:
    kinds = {e.source["_kind"] for e in entries}
    existing = set(
        Identifier.objects.filter(kind__in=kinds, lookup__in=[e.code for e in entries]).values_list(
            "lookup", flat=True
        )
    )
    fresh = [e for e in entries if e.code not in existing]
    result.known += len(entries) - len(fresh)
    result.added += len(fresh)
    moment = now()
    subjects = {e.code: _subject_of(e, moment) for e in fresh}
    _attach_branches(fresh, subjects)
    # Head offices before branches, so that the foreign key holds row by row.
    ordered = sorted(subjects.values(), key=lambda subject: subject.branch_of_id is not None)
    Subject.objects.bulk_create(ordered, batch_size=CHUNK)
    names = [name for e in fresh for name in _names_of(e, subjects[e.code])]
    SubjectName.objects.bulk_create(names, batch_size=CHUNK)
    codes = [code for e in fresh for code in _identifiers_of(e, subjects[e.code])]
    Identifier.objects.bulk_create(codes, batch_size=CHUNK, ignore_conflicts=True)
    return len(fresh)


def _subject_of(entry: _Entry, moment: Any) -> Subject:
    source = entry.source
    representative = normalise_text(source.get("representative", ""))
    return Subject(
        kind=source.get("kind") or kind_of_code(entry.code),
        name=entry.name,
        sealed_representative=sealer().seal(representative.encode()) if representative else None,
        status=source.get("status", "") or "active",
        division=source.get("division", ""),
        industry=source.get("industry", ""),
        address=tidy_text(source.get("address", "")),
        registered_on=parse_date(source.get("registered_on", "")),
        origin="registry",
        created_at=moment,
    )


def _attach_branches(fresh: Sequence[_Entry], subjects: Mapping[str, Subject]) -> None:
    wanted = {e.source["branch_of"] for e in fresh if e.source.get("branch_of")} - set(subjects)
    stored = dict(
        Identifier.objects.filter(kind="uscc", lookup__in=wanted).values_list(
            "lookup", "subject_id"
        )
    )
    for entry in fresh:
        head = entry.source.get("branch_of", "")
        if head in subjects:
            subjects[entry.code].branch_of = subjects[head]
        elif head in stored:
            subjects[entry.code].branch_of_id = stored[head]


def _names_of(entry: _Entry, subject: Subject) -> Iterator[SubjectName]:
    yield SubjectName(
        subject=subject, text=entry.name, normalised=normalise_name(entry.name), is_current=True
    )
    for former in entry.source.get("former_names", "").split("|"):
        if text := tidy_text(former):
            yield SubjectName(
                subject=subject, text=text, normalised=normalise_name(text), is_current=False
            )


def _identifiers_of(entry: _Entry, subject: Subject) -> Iterator[Identifier]:
    main = (entry.source["_kind"], entry.code, entry.verdict, entry.publishable)
    for kind, code, verdict, publishable in (main, *entry.others):
        yield Identifier(
            subject=subject,
            kind=kind,
            lookup=code,
            verdict=verdict.value,
            publishable=publishable and verdict is not Verdict.INVALID,
        )
