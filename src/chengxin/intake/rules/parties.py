"""Which cells of a row are personal, and which party the row names."""

from collections.abc import Mapping

from chengxin.catalogue.values import Item, SubjectKind
from chengxin.kernel.ids import IdKind, Verdict, check
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

    Those the item marks, and the party's name when the party is a natural person or when the
    row does not say what it is but carries a personal number: in doubt, sealed.
    """
    personal = {field.name for field in item.fields if field.personal}
    kind = values.get("subject_kind", "")
    unsaid = kind not in set(SubjectKind) and bool(received.get("id_number"))
    if kind == SubjectKind.NATURAL_PERSON or unsaid:
        personal.add("subject_name")
    return frozenset(personal)


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
