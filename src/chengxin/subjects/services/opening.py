"""Opening a subject for each party first met in a department's file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pyarrow as pa

from chengxin.access.queries import sealer
from chengxin.kernel.clock import now
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.text import normalise_name, normalise_text, tidy_text
from chengxin.subjects.queries import lookup_key
from chengxin.subjects.queries.tables import opened
from chengxin.subjects.rules.files import quoted
from chengxin.subjects.rules.kinds import kind_of_code
from chengxin.subjects.services.writing import NewIdentifier, NewSubject, new_ids, write_subjects
from chengxin.subjects.values import PERSON_KIND, Party, SubjectKind

ROWS_AT_ONCE: Final = 20_000


def register_from_rows(*, parties: Sequence[Party]) -> list[UUID]:
    """Open a subject for each party first met in a department's file; the act notes itself.

    Called inside `intake.release` with parties judged new: organisations with a valid code, and
    natural persons with a valid ID number, whose name and number are sealed.
    Returns: the subjects' ids, in order; the same code twice gives the same subject.
    """
    moment = now()
    first = {_principal(party): party for party in reversed(parties)}
    codes = list(dict.fromkeys(_principal(party) for party in parties))
    ids = dict(zip(codes, new_ids(len(codes), moment), strict=True))
    write_subjects([_first_met(first[code], code, ids[code]) for code in codes], at=moment)
    return [ids[_principal(party)] for party in parties]


def register_table(*, parties: Path, links: Path, into: Path) -> int:
    """Open a subject for each new organisation of a batch, by COPY; the act notes itself.

    `parties` and `links` are what `link_table` took and gave; `parties` may have the column
    `representative`. The name on the first line of a code is the subject's. Natural persons are
    not opened here: their numbers are in no file (`register_from_rows`).
    `into`, Parquet: `line`, `subject`, `subject_kind` of every line judged new.
    In the caller's transaction, like `register_from_rows`. Returns: how many were opened.
    """
    moment, count = now(), 0
    with opened(into.parent) as duck:
        columns = duck.sql(f"FROM {quoted(parties)}").columns
        representative = "representative" if "representative" in columns else "''"
        duck.execute(
            f"""
            CREATE TABLE fresh AS SELECT line, uscc, name, {representative} AS representative
            FROM {quoted(parties)} JOIN {quoted(links)} USING (line)
            WHERE decision = 'new' AND NOT coalesce(personal, false)
            """  # noqa: S608
        )
        duck.execute("CREATE TABLE made (uscc VARCHAR, subject UUID, subject_kind VARCHAR)")
        firsts = duck.cursor().sql(
            "SELECT uscc, arg_min(name, line) AS name, arg_min(representative, line) AS "
            "representative FROM fresh GROUP BY uscc ORDER BY min(line)"
        )
        for batch in firsts.to_arrow_reader(ROWS_AT_ONCE):
            new = list(_organisations(batch.to_pylist(), moment))
            write_subjects(new, at=moment)
            made = pa.table(
                {
                    "uscc": batch.column("uscc"),
                    "subject": [str(one.id) for one in new],
                    "subject_kind": [one.kind for one in new],
                }
            )
            duck.register("written", made)
            duck.execute("INSERT INTO made SELECT * FROM written")
            duck.unregister("written")
            count += len(new)
        lines = "SELECT line, subject, subject_kind FROM fresh JOIN made USING (uscc) ORDER BY line"
        duck.execute(f"COPY ({lines}) TO {quoted(into)} (FORMAT parquet)")
    return count


def _organisations(rows: Sequence[dict[str, Any]], at: datetime) -> Iterator[NewSubject]:
    for row, one in zip(rows, new_ids(len(rows), at), strict=True):
        yield _organisation(row["uscc"], row["name"] or "", row["representative"] or "", one)


def _principal(party: Party) -> tuple[str, str]:
    kind = PERSON_KIND if party.personal else "uscc"
    return kind, party.codes[kind]


def _first_met(party: Party, principal: tuple[str, str], new_id: UUID) -> NewSubject:
    kind, code = principal
    if not party.personal:
        return _organisation(code, party.name, party.representative, new_id)
    sealed = sealer().seal(code.encode())
    number = NewIdentifier(kind, lookup_key(kind, code), Verdict.VALID.value, False, sealed)
    return NewSubject(
        id=new_id,
        kind=SubjectKind.NATURAL_PERSON.value,
        origin="record",
        identifiers=[number],
        sealed_name=sealer().seal(normalise_name(party.name).encode()),
    )


def _organisation(code: str, name: str, representative: str, new_id: UUID) -> NewSubject:
    publishable = check(code, IdKind.USCC).publishable
    return NewSubject(
        id=new_id,
        kind=kind_of_code(code).value,
        origin="record",
        identifiers=[NewIdentifier("uscc", code, Verdict.VALID.value, publishable)],
        name=tidy_text(name),
        representative=normalise_text(representative),
    )
