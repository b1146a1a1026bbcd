"""Taking in an organisation list 主体名录."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.dates import parse_date
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_text, tidy_text
from chengxin.subjects.models import Identifier
from chengxin.subjects.rules.kinds import kind_of_code
from chengxin.subjects.services.writing import NewIdentifier, NewSubject, new_ids, write_subjects
from chengxin.subjects.values import ImportResult

CHUNK: Final = 20_000
PENDING: Final = "256MB"
NAME_INDEXES: Final = ("subject_name_terms", "subject_name_trigrams")


@dataclass
class _Entry:
    """A line of an organisation list as understood."""

    name: str
    source: Mapping[str, str]
    codes: list[tuple[str, str, Verdict, bool]]
    """Its numbers, the one it is listed under first: kind, number, verdict, publishable."""


def import_organisations(
    *, rows: Iterable[tuple[int, Mapping[str, str]]], by: Actor, on: date
) -> ImportResult:
    """Take in a registration list 主体名录: (line, column name → text) pairs.

    Columns: `name` and `uscc` needed; `kind`, `status`, `division`, `industry`, `address`,
    `registered_on`, `former_names` (|-separated), `old_registration_number`, `old_org_code`,
    `old_tax_number`, `branch_of` (USCC), `representative` if there. A code with a wrong check
    digit is held, never rejected: real companies carry such codes. A code that is also a valid ID
    number is kept but never shown. Every chunk of rows is one transaction; sent twice, nothing
    doubles.

    Raises: `NotPermitted`.
    """
    by.require("subjects.import")
    result = ImportResult()
    seen: dict[str, int] = {}
    taken: set[tuple[str, str]] = set()
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        with transaction.atomic():
            _search_later()
            entries = list(_understood(chunk, seen, result))
            added = _write(entries, taken, result)
            audit.note(
                by=by,
                verb="subjects.import",
                target="subjects",
                facts={"rows": len(chunk), "added": added, "on": on.isoformat()},
            )
    _search_now()
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
            result.refused.append(_refusal(number, name, found, source.get("damage", "")))
            continue
        if found.normalised in seen:
            result.duplicates.append(
                {"row": number, "first_row": seen[found.normalised], "code": found.normalised}
            )
            continue
        seen[found.normalised] = number
        result.held += found.verdict is Verdict.HELD
        main = (found.kind.value, found.normalised, found.verdict, found.publishable)
        yield _Entry(name, source, [main, *_other_codes(source)])


def _refusal(number: int, name: str, found: Any, damage: str) -> dict[str, Any]:
    if damage:
        return {"row": number, "code": "SUBJECTS-DAMAGED-ROW",
                "message_zh": "该行已损坏（有乱码或多出的单元格），未导入。请对照源文件改正。",
                "message_en": "The row is damaged (lost characters or cells too many) and was not "
                "taken in. Correct it from the source."}  # fmt: skip
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
        ("old_tax_number", IdKind.TAX),
    ):
        if text := source.get(column, "").strip():
            found = check(text, kind)
            if found.verdict is not Verdict.INVALID:
                yield kind.value, found.normalised, found.verdict, found.publishable


def _write(entries: Sequence[_Entry], taken: set[tuple[str, str]], result: ImportResult) -> int:
    """Write who is not known yet. `taken` collects the numbers of this list, each used once."""
    wanted = {code for e in entries for _, code, _, _ in e.codes}
    taken.update(_owned(wanted))
    fresh = [e for e in entries if e.codes[0][:2] not in taken]
    result.known += len(entries) - len(fresh)
    result.added += len(fresh)
    moment = now()
    new = {
        e.codes[0][1]: _subject_of(e, one, taken)
        for e, one in zip(fresh, new_ids(len(fresh), moment), strict=True)
    }
    _attach_branches(fresh, new)
    write_subjects(list(new.values()), at=moment)
    return len(fresh)


def _owned(codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The numbers that somebody has already. One array: thousands of parameters cost time."""
    with connection.cursor() as cursor:
        table = Identifier._meta.db_table  # noqa: SLF001
        cursor.execute(f'SELECT kind, lookup FROM "{table}" WHERE lookup = ANY(%s)', [list(codes)])  # noqa: S608
        yield from cursor.fetchall()


def _search_later() -> None:
    """Let the name indexes collect what comes, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL gin_pending_list_limit = '{PENDING}'")


@transaction.atomic
def _search_now() -> None:
    """Bring what the name indexes have collected to its place, all at once.

    Searching finds it before that too, only slower; cut off here, a vacuum does it.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{PENDING}'")
        for index in NAME_INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


def _subject_of(entry: _Entry, new_id: UUID, taken: set[tuple[str, str]]) -> NewSubject:
    source = entry.source
    # An old number that another body has stays with that one: an identifier names one subject.
    free = [code for code in entry.codes if code[:2] not in taken]
    taken.update(code[:2] for code in free)
    former = map(tidy_text, source.get("former_names", "").split("|"))
    return NewSubject(
        id=new_id,
        kind=source.get("kind") or kind_of_code(entry.codes[0][1]),
        origin="registry",
        identifiers=[
            NewIdentifier(kind, code, verdict.value, publishable)
            for kind, code, verdict, publishable in free
        ],
        name=entry.name,
        former_names=[name for name in former if name],
        representative=normalise_text(source.get("representative") or ""),
        status=source.get("status", "") or "active",
        division=source.get("division", ""),
        industry=source.get("industry", ""),
        address=tidy_text(source.get("address", "")),
        registered_on=parse_date(source.get("registered_on", "")),
    )


def _attach_branches(fresh: Sequence[_Entry], new: Mapping[str, NewSubject]) -> None:
    heads = {e.source["branch_of"] for e in fresh if e.source.get("branch_of")}
    if not heads:
        return
    stored = Identifier.objects.filter(kind="uscc", lookup__in=heads - set(new))
    known = dict(stored.values_list("lookup", "subject_id"))
    for entry in fresh:
        head = entry.source.get("branch_of", "")
        if head:
            found = new[head].id if head in new else known.get(head)
            new[entry.codes[0][1]].branch_of = found
