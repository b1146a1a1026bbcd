"""DuckDB expressions over the numbers of natural persons, as `chengxin.kernel.ids` has them."""

from typing import Final

from chengxin.catalogue.services.texts import begins_with, column, folded, literal, matches
from chengxin.kernel.ids.checksums import ID_CHECKS
from chengxin.kernel.ids.person import PROVINCES, RESIDENCE_REGIONS

ID_WEIGHTS: Final = tuple(pow(2, 17 - place, 11) for place in range(17))
EARLIEST_BIRTH, LATEST_BIRTH = 1880, 2099


def id_shape(sql: str) -> str:
    """17 digits and a digit or X."""
    return matches(sql, "[0-9]{17}[0-9X]")


def in_province(sql: str) -> str:
    """Whether the first two digits are a province; only that much of a region lasts."""
    return begins_with(sql, sorted(PROVINCES))


def birthday(sql: str) -> str:
    """The birthday in a number of 18 characters, a DATE; NULL if the calendar has no such day."""
    day = f"substr({sql}, 7, 4) || '-' || substr({sql}, 11, 2) || '-' || substr({sql}, 13, 2)"
    return f"try_cast({day} AS DATE)"


def born(sql: str) -> str:
    """Whether the number holds a day somebody alive or remembered was born on."""
    years = f"BETWEEN {EARLIEST_BIRTH} AND {LATEST_BIRTH}"
    return f"coalesce(year({birthday(sql)}) {years}, false)"


def id_check_holds(sql: str) -> str:
    """Whether the last character is the check of the 17 digits before (GB 11643, mod 11-2)."""
    return f"substr({sql}, 18, 1) = {id_check(sql)}"


def id_check(sql: str) -> str:
    """The check character of the first 17 digits."""
    value = f"(ascii({sql}[i]) - 48) * {list(ID_WEIGHTS)}[i]"
    total = f"list_sum(list_transform(range(1, 18), lambda i: {value}))"
    return f"substr('{ID_CHECKS}', 1 + CAST({total} AS BIGINT) % 11, 1)"


def lengthened(sql: str) -> str:
    """A number of 15 digits as one of 18: 19 before the year, the check behind; others stay."""
    longer = f"({sql}[1:6] || '19' || {sql}[7:15])"
    return (
        f"CASE WHEN {matches(sql, '[0-9]{15}')} THEN {longer} || {id_check(longer)} ELSE {sql} END"
    )


def is_person(sql: str) -> str:
    """Whether a compacted text of 15 or 18 is a valid number of some person; never NULL."""
    longer = f"({sql}[1:6] || '19' || {sql}[7:15])"
    return (
        f"CASE WHEN {id_shape(sql)} AND (starts_with({sql}, '9') OR {in_province(sql)}) "
        f"THEN {born(sql)} AND {id_check_holds(sql)} "
        f"WHEN {matches(sql, '[0-9]{15}')} AND {in_province(sql)} THEN {born(longer)} "
        f"ELSE false END"
    )


def is_resident(sql: str) -> str:
    """Whether 18 characters are a resident's number in every respect; never NULL for a text."""
    return (
        f"CASE WHEN {id_shape(sql)} AND {in_province(sql)} "
        f"THEN {born(sql)} AND {id_check_holds(sql)} ELSE false END"
    )


def parts(sql: str, name: str) -> dict[str, str]:
    """What the finding on a person's number asks several times, beside the field `name`."""
    shaped = id_shape(sql)
    return {
        f"{name}__holds": f"CASE WHEN {shaped} THEN {id_check_holds(sql)} END",
        f"{name}__born": f"CASE WHEN {shaped} THEN {birthday(sql)} END",
    }


def document_finding(sql: str, name: str, kind: str | None) -> str:
    """Finding on a person's number, given its `parts`; `kind` is SQL for the paper 证件类型.

    Without a paper named, 18 characters are read as an ID number 公民身份号码 and the rest
    passes: what is missing is the paper.
    """
    of_resident = _numbered(sql, name, in_province(sql), "PROVINCE")
    if kind is None:
        return f"CASE WHEN {sql} IS NOT NULL THEN {of_resident} END"
    in_region = begins_with(sql, _REGIONS)
    of_foreigner = _numbered(sql, name, f"starts_with({sql}, '9')", "FORM")
    passport = f"({matches(sql, _PASSPORT)} OR {_foreign_passport(sql)})"
    cases = (
        ("id_number", of_resident),
        ("residence_permit", _numbered(sql, name, in_region, "PROVINCE")),
        (
            "foreigner_id",
            (
                f"CASE WHEN {matches(sql, '[A-Z]{3}[0-9]{12}')} THEN 'valid|IDS-NO-CHECK-DIGIT' "
                f"ELSE {of_foreigner} END"
            ),
        ),
        ("passport", _shaped(sql, passport)),
        ("hk_macao_permit", _shaped(sql, matches(sql, "[HM][0-9]{8}(?:[0-9]{2})?"))),
        ("taiwan_permit", _shaped(sql, matches(sql, r"[0-9]{8}|[0-9]{10}(?:\([A-Z]\)|[A-Z])?"))),
    )
    named = " ".join(f"WHEN {literal(code)} THEN {finding}" for code, finding in cases)
    unnamed = (
        f"CASE WHEN {kind} IS NULL AND length({sql}) = 18 THEN {of_resident} ELSE 'valid|' END"
    )
    return f"CASE WHEN {sql} IS NULL THEN NULL ELSE CASE {kind} {named} ELSE {unnamed} END END"


def scientific(sql: str) -> str:
    """A number the spreadsheet has rounded, such as 9.13207E+17."""
    return matches(sql, r"[0-9]+\.[0-9]+E\+?[0-9]+|[0-9]+E\+[0-9]+")


_REGIONS: Final = tuple(sorted(RESIDENCE_REGIONS))
_PASSPORT: Final = (
    "E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|[DSP][0-9]{7,8}|[DSP]E[0-9]{7}|1[45][0-9]{7}"
)


def _foreign_passport(sql: str) -> str:
    return f"({matches(sql, '[0-9A-Z]{5,15}')} AND regexp_matches({sql}, '[0-9]'))"


def _numbered(sql: str, name: str, region_holds: str, otherwise: str) -> str:
    """Finding on 18 characters built like an ID number: form, region, birthday, check."""
    holds, birth = column(f"{name}__holds"), column(f"{name}__born")
    years = f"year({birth}) BETWEEN {EARLIEST_BIRTH} AND {LATEST_BIRTH}"
    return (
        f"CASE WHEN {scientific(sql)} THEN 'invalid|IDS-SPREADSHEET-NUMBER' "
        f"WHEN length({sql}) <> 18 THEN 'invalid|IDS-LENGTH' "
        f"WHEN {holds} IS NULL THEN 'invalid|IDS-ALPHABET' "
        f"WHEN NOT {region_holds} THEN 'invalid|IDS-{otherwise}' "
        f"WHEN NOT coalesce({years}, false) THEN 'invalid|IDS-BIRTH-DATE' "
        f"WHEN {holds} THEN 'valid|' "
        f"WHEN right({sql}, 3) = '000' THEN 'invalid|IDS-DIGITS-LOST' "
        f"ELSE 'invalid|IDS-CHECK-DIGIT' END"
    )


def _shaped(sql: str, fits: str) -> str:
    return (
        f"CASE WHEN {fits} THEN 'valid|IDS-NO-CHECK-DIGIT' "
        f"WHEN {scientific(sql)} THEN 'invalid|IDS-SPREADSHEET-NUMBER' "
        f"ELSE 'invalid|IDS-FORM' END"
    )


def squeezed(sql: str) -> str:
    """A text in which a resident's number may stand, without blanks and dashes; else NULL.

    NULL for nearly every text, so that the search after it costs nothing.
    """
    bare = f"regexp_replace(upper({folded(sql)}), '[ \\t\\x{{3000}}-]+', '', 'g')"
    few = f"regexp_matches({sql}, '[0-9\\x{{FF10}}-\\x{{FF19}}].{{16}}')"
    return f"CASE WHEN {few} THEN {bare} END"


def numbers_in(sql: str, name: str) -> str:
    """Whether a resident's number stands in a text, blanks and dashes in it or not."""
    tight = column(f"{name}__digits")
    words = " || ".join(
        f"regexp_extract_all({text}, '[0-9A-Z]+')" for text in (f"upper({sql})", tight)
    )
    found = f"list_filter({words}, lambda w: {is_resident('w')})"
    suspicious = f"regexp_matches({tight}, '[0-9]{{17}}[0-9X]')"
    return f"CASE WHEN {suspicious} THEN len({found}) > 0 END"
