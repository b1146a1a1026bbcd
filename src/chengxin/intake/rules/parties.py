"""Which cells of a row are personal, and which party the row names."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.catalogue.values import Item, SubjectKind
from chengxin.intake.values import Staged
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.subjects.values import Party

DERIVED: Final = "derived_kind"
"""The column of a staged file that `with_kinds` adds."""

LENGTH: Final = 18
"""Places of an ID number: in a shorter text there is none."""

# Field of the party block → kind of identifier it holds.
CODES: Mapping[str, IdKind] = {
    "uscc": IdKind.USCC,
    "registration_number": IdKind.REGISTRATION,
    "org_code": IdKind.ORG_CODE,
    "tax_number": IdKind.TAX,
}


def personal_fields(
    item: Item, values: Mapping[str, str], received: Mapping[str, str]
) -> frozenset[str]:
    """Names of the fields that are about a natural person in this row, to be sealed.

    Those the item marks; the party's name when the party is a natural person or when the row does
    not say what it is but carries a personal number: in doubt, sealed; and any cell in which an
    ID number stands, wherever somebody wrote it.
    """
    personal = {field.name for field in item.fields if field.personal}
    for texts in (received, values):
        personal |= {
            name
            for name, text in texts.items()
            if len(text) >= LENGTH and hide_id_numbers(text) != text
        }
    kind = values.get("subject_kind", "")
    unsaid = kind not in set(SubjectKind) and bool(received.get("id_number"))
    if kind == SubjectKind.NATURAL_PERSON or unsaid:
        personal.add("subject_name")
    return frozenset(personal)


def needs_kinds(item: Item, held: Collection[str]) -> bool:
    """Whether the column 行政相对人类别 is missing and the codes can tell what it would say.

    The layout of 2015/16 had no such column.
    """
    known = {field.name for field in item.fields}
    return "subject_kind" in known and "subject_kind" not in held and "uscc" in held


def with_kinds(staged: Staged, fields: Mapping[str, str], folder: Path) -> Staged:
    """The staged rows with a column `DERIVED`: the kind of party told from each row's codes.

    Law: GB 32100-2015 (92 is a sole trader).
    """
    target = folder / "rows-kinds.parquet"
    codes, numbers = fields["uscc"], fields.get("id_number")
    with pq.ParquetFile(staged.rows) as file:
        schema = file.schema_arrow.append(pa.field(DERIVED, pa.string()))
        with pq.ParquetWriter(target, schema, compression="lz4") as writer:
            for batch in file.iter_batches(batch_size=20_000):
                given = batch.column(codes).to_pylist()
                persons = batch.column(numbers).to_pylist() if numbers else [None] * len(given)
                pairs = zip(given, persons, strict=True)
                kinds = [_kind(code or "", number or "") for code, number in pairs]
                columns = [*batch.columns, pa.array(kinds, pa.string())]
                writer.write_table(pa.table(columns, schema=schema))
    return replace(staged, rows=target)


def _kind(code: str, number: str) -> str | None:
    found = check(code, IdKind.USCC)
    if found.verdict is not Verdict.INVALID and found.code != "IDS-PLACEHOLDER":
        trader = found.normalised.startswith("92")
        return SubjectKind.SOLE_TRADER if trader else SubjectKind.ORGANISATION
    person = check(number, IdKind.ID_NUMBER).verdict is not Verdict.INVALID
    return SubjectKind.NATURAL_PERSON if person and not code.strip() else None


def party_of(values: Mapping[str, str]) -> Party:
    """The party 行政相对人 a checked row names; `values` with the personal ones unsealed."""
    personal = values.get("subject_kind") == SubjectKind.NATURAL_PERSON
    if personal:
        number = check(values.get("id_number", ""), IdKind.ID_NUMBER)
        codes = {"id_number": number.normalised} if number.verdict is Verdict.VALID else {}
        return Party(name=values.get("subject_name", ""), codes=codes, personal=True)
    codes, held = {}, set()
    for name, kind in CODES.items():
        found = check(values.get(name, ""), kind)
        if found.verdict is Verdict.INVALID or found.code == "IDS-PLACEHOLDER":
            continue
        codes[kind.value] = found.normalised
        if found.verdict is Verdict.HELD:
            held.add(kind.value)
    return Party(
        name=values.get("subject_name", ""),
        codes=codes,
        sole_trader=values.get("subject_kind") == SubjectKind.SOLE_TRADER,
        held=frozenset(held),
        representative=values.get("representative", ""),
    )
