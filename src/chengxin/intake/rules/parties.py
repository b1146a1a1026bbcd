"""Which cells of a row are personal, and which party the row names."""

from collections.abc import Mapping, Sequence

from chengxin.catalogue.values import Item, SubjectKind
from chengxin.kernel.ids import IdKind, Verdict, check
from chengxin.kernel.ids.leaks import hide_id_numbers
from chengxin.subjects.values import Party

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
        personal |= {name for name, text in texts.items() if hide_id_numbers(text) != text}
    kind = values.get("subject_kind", "")
    unsaid = kind not in set(SubjectKind) and bool(received.get("id_number"))
    if kind == SubjectKind.NATURAL_PERSON or unsaid:
        personal.add("subject_name")
    return frozenset(personal)


def kinds_from_codes(
    item: Item, texts: Mapping[str, Sequence[str | None]]
) -> dict[str, list[str | None]]:
    """The column 行政相对人类别 of a file that has none, told from the codes; {} if not needed.

    The layout of 2015/16 had no such column. Law: GB 32100-2015 (92 is a sole trader).
    """
    known = {field.name for field in item.fields}
    if "subject_kind" in texts or "subject_kind" not in known or "uscc" not in texts:
        return {}
    persons = texts.get("id_number") or [None] * len(texts["uscc"])
    pairs = zip(texts["uscc"], persons, strict=True)
    return {"subject_kind": [_kind(code or "", number or "") for code, number in pairs]}


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
