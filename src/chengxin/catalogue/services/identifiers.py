"""DuckDB expressions over identifiers: the same verdicts as `chengxin.kernel.ids`, as SQL.

A property test compares the two on thousands of codes. Expressions take the compacted text
(`texts.compact`). A finding 结论 is a text "verdict|code" as in `kernel.ids.Checked`, such as
`held|IDS-CHECK-DIGIT`; `valid|` when there is nothing to say; NULL for no text.
"""

from typing import Final

from chengxin.catalogue.services.persons import in_province, is_person, scientific
from chengxin.catalogue.services.texts import begins_with, column, literal, matches
from chengxin.kernel.ids.checksums import USCC_ALPHABET
from chengxin.kernel.ids.organisation import WORDED_PREFIX
from chengxin.kernel.ids.person import PROVINCES
from chengxin.kernel.ids.uscc import CATEGORIES

USCC_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
ORG_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
ORG_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORG_CHECKS: Final = "0X987654321"  # by the sum mod 11: 11 minus it, where 11 is 0 and 10 is X

# Letters a USCC never has, and the digits they are read for.
LOOKALIKES: Final = ("OIZS", "0125")
# Signs a USCC may have that are read for each other.
EXCHANGED: Final = ("B8Q0", "8B0Q")


def weighted(sql: str, weights: tuple[int, ...], alphabet: str) -> str:
    """Sum of the values of the first characters times their weights.

    A walk over the places, not a sum written out: a tenth of the expressions to plan and set up,
    which is what a check of one row costs.
    """
    value = f"(strpos({literal(alphabet)}, {sql}[i]) - 1) * {list(weights)}[i]"
    places = f"range(1, {len(weights) + 1})"
    return f"CAST(list_sum(list_transform({places}, lambda i: {value})) AS BIGINT)"


def uscc_shape(sql: str) -> str:
    """18 characters, all of the alphabet (no I, O, S, V, Z)."""
    return matches(sql, f"[{USCC_ALPHABET}]{{18}}")


def uscc_check_holds(sql: str) -> str:
    """Whether the last character is the check 校验码 of the 17 before (mod 31)."""
    total = weighted(sql, USCC_WEIGHTS, USCC_ALPHABET)
    return (
        f"substr({sql}, 18, 1) = substr({literal(USCC_ALPHABET)}, 1 + (31 - {total} % 31) % 31, 1)"
    )


def uscc_mended(sql: str) -> str:
    """The one right code that letters taken for digits would make of it; else NULL.

    Letters no code has are read as the digits they look like; of B and 8, Q and 0, which codes
    do have, one at most is exchanged. Both checks must hold, and the region be digits, since one
    code in thirty is right by chance. Two ways to mend it are none: nothing is guessed.
    """
    legal = f"translate({sql}, {literal(LOOKALIKES[0])}, {literal(LOOKALIKES[1])})"
    other = f"translate(b[i], {literal(EXCHANGED[0])}, {literal(EXCHANGED[1])})"
    ways = f"list_transform(range(1, 19), lambda i: b[1:i - 1] || {other} || b[i + 1:18])"
    every = f"flatten([list_prepend(b, {ways}) for b in [{legal}]])"
    shape = f"(?:{'|'.join(_prefixes())})[0-9]{{6}}[{USCC_ALPHABET}]{{10}}"
    inner = org_check_holds("substr(c, 9, 9)")
    right = f"{matches('c', shape)} AND {uscc_check_holds('c')} AND {inner}"
    found = f"list_distinct(list_filter({every}, lambda c: c <> {sql} AND {right}))"
    return f"CASE WHEN length({sql}) = 18 THEN [f[1] for f in [{found}] if len(f) = 1][1] END"


def _prefixes() -> tuple[str, ...]:
    return tuple(first + second for first, more in CATEGORIES.items() for second in more)


def org_mended(sql: str) -> str:
    """The organisation code that lost its leading zeros to a spreadsheet, if that is proven."""
    longer = f"lpad({sql}, 9, '0')"
    return (
        f"CASE WHEN {matches(sql, '[0-9]{5,7}[0-9X]')} THEN "
        f"CASE WHEN {org_check_holds(longer)} THEN {longer} END END"
    )


def org_check_holds(sql: str) -> str:
    """Whether nine characters end in the check of an organisation code (GB 11714, mod 11)."""
    total = weighted(sql, ORG_WEIGHTS, ORG_ALPHABET)
    return f"substr({sql}, 9, 1) = substr('{ORG_CHECKS}', 1 + {total} % 11, 1)"


def uscc_parts(sql: str, name: str) -> dict[str, str]:
    """What the finding on a USCC asks several times, as columns beside the field `name`."""
    shaped = uscc_shape(sql)
    inner = org_check_holds(f"substr({sql}, 9, 9)")
    return {
        f"{name}__holds": f"CASE WHEN {shaped} THEN {uscc_check_holds(sql)} END",
        f"{name}__person": is_person(sql),
        f"{name}__inner": f"CASE WHEN {shaped} THEN {inner} END",
    }


def uscc_finding(sql: str, name: str) -> str:
    """Finding on a unified social credit code 统一社会信用代码, given its `uscc_parts`."""
    known = begins_with(sql, _prefixes())
    holds, person, inner = (column(f"{name}__{part}") for part in ("holds", "person", "inner"))
    return _case(
        (f"{sql} IS NULL", "NULL"),
        (f"{holds} IS NULL", _length_or(sql, 18, "IDS-ALPHABET")),
        (f"{holds} AND {known} AND {person}", "'valid|IDS-ALSO-ID-NUMBER'"),
        (f"{holds} AND {known} AND {inner}", "'valid|'"),
        (f"{holds} AND {known}", "'valid|IDS-INNER-CHECK'"),
        (f"starts_with({sql}, '{'0' * 17}') OR {_all_same(sql)}", "'held|IDS-PLACEHOLDER'"),
        (person, "'held|IDS-ALSO-ID-NUMBER'"),
        (holds, "'held|IDS-PREFIX'"),
        (matches(sql, "[0-9]{15}000"), "'held|IDS-DIGITS-LOST'"),
        otherwise="'held|IDS-CHECK-DIGIT'",
    )


def org_finding(sql: str) -> str:
    """Finding on an organisation code 组织机构代码."""
    return _case(
        (f"{sql} IS NULL", "NULL"),
        (f"NOT {matches(sql, '[0-9A-Z]{8}[0-9X]')}", _length_or(sql, 9, "IDS-ALPHABET")),
        (_all_same(sql), "'held|IDS-PLACEHOLDER'"),
        (org_check_holds(sql), "'valid|'"),
        otherwise="'held|IDS-CHECK-DIGIT'",
    )


def registration_parts(sql: str, name: str) -> dict[str, str]:
    """What the finding on a registration number asks several times."""
    check = f"CASE WHEN {matches(sql, '[0-9]{15}')} THEN {_registration_check(sql)} END"
    return {f"{name}__holds": check, f"{name}__person": is_person(sql)}


def registration_finding(sql: str, name: str) -> str:
    """Finding on a registration number 工商注册号 of 15 or, older, 13 digits."""
    known = begins_with(sql, ("10", *sorted(PROVINCES)))
    holds, person = column(f"{name}__holds"), column(f"{name}__person")
    return _case(
        (f"{sql} IS NULL", "NULL"),
        (
            matches(sql, WORDED_PREFIX + r"[\p{L}\p{N}_]{1,8}字第?[0-9]{3,8}号?"),
            "'valid|IDS-NO-CHECK-DIGIT'",
        ),
        (scientific(sql), "'invalid|IDS-SPREADSHEET-NUMBER'"),
        (f"length({sql}) NOT IN (13, 15)", "'invalid|IDS-LENGTH'"),
        (f"NOT {matches(sql, '[0-9]+')}", "'invalid|IDS-ALPHABET'"),
        (_all_same(sql), "'held|IDS-PLACEHOLDER'"),
        (f"length({sql}) = 13 AND {known}", "'valid|IDS-NO-CHECK-DIGIT'"),
        (f"length({sql}) = 13", "'held|IDS-PROVINCE'"),
        (f"{person} AND {holds}", "'valid|IDS-ALSO-ID-NUMBER'"),
        (person, "'held|IDS-ALSO-ID-NUMBER'"),
        (holds, "'valid|'"),
        otherwise="'held|IDS-CHECK-DIGIT'",
    )


def tax_parts(sql: str, name: str) -> dict[str, str]:
    """What the finding on a tax number asks beside `uscc_parts` of its first 18 characters."""
    inner = f"substr({sql}, 7, 9)"
    shaped = f"{matches(inner, '[0-9A-Z]{8}[0-9X]')} AND NOT {_all_same(inner)}"
    old = f"CASE WHEN {in_province(sql)} AND {shaped} THEN {org_check_holds(inner)} ELSE false END"
    return {
        f"{name}__older": is_person(f"substr({sql}, 1, 15)"),
        f"{name}__old": old,
    }


def tax_finding(sql: str, name: str) -> str:
    """Finding on a tax registration number 税务登记号, today's or an older one."""
    uscc, head, older, old = (
        column(f"{name}__{part}") for part in ("uscc", "person", "older", "old")
    )
    return _case(
        (f"{sql} IS NULL", "NULL"),
        (scientific(sql), "'invalid|IDS-SPREADSHEET-NUMBER'"),
        (f"length({sql}) NOT IN (15, 17, 18, 20)", "'invalid|IDS-LENGTH'"),
        (f"NOT {matches(sql, '[0-9]{6}[0-9A-Z]+')}", "'invalid|IDS-ALPHABET'"),
        (f"starts_with({uscc}, 'valid|')", uscc),
        (f"{head} OR {older}", "'valid|IDS-ALSO-ID-NUMBER'"),
        (old, "'valid|'"),
        otherwise="'held|IDS-CHECK-DIGIT'",
    )


def _registration_check(sql: str) -> str:
    """Whether 15 digits end in the check of a registration number (GS 15-2006, mod 11, 10)."""
    digits = f"list_transform(range(1, 15), lambda i: ascii({sql}[i]) - 48)"
    step = "lambda p, d: ((p + d - 1) % 10 + 1) * 2 % 11"
    return f"(ascii({sql}[15]) - 48) = (11 - list_reduce({digits}, {step}, 10)) % 10"


def _all_same(sql: str) -> str:
    return f"replace({sql}, substr({sql}, 1, 1), '') = ''"


def _length_or(sql: str, length: int, code: str) -> str:
    """The fault of a wrong shape: IDS-SPREADSHEET-NUMBER, IDS-LENGTH, or `code`."""
    return _case(
        (scientific(sql), "'invalid|IDS-SPREADSHEET-NUMBER'"),
        (f"length({sql}) <> {length}", "'invalid|IDS-LENGTH'"),
        otherwise=f"'invalid|{code}'",
    )


def _case(*branches: tuple[str, str], otherwise: str) -> str:
    cases = " ".join(f"WHEN {condition} THEN {value}" for condition, value in branches)
    return f"CASE {cases} ELSE {otherwise} END"
