"""The organisation code 组织机构代码 inside other numbers. Law: GB 32100-2015, GB 11714-1997."""

from collections.abc import Mapping
from typing import Final

from chengxin.subjects.values import Party

_PLAIN_TAX: Final = 15  # region (6) and organisation code (9)
_CREDIT_TAX: Final = 18  # a credit code
_MARKET: Final = ("91", "92", "93")  # who pays taxes by a credit code of the market regulator
_SIGNS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)


def inner_codes(party: Party) -> Mapping[str, str]:
    """Kind of the party's number → the organisation code in it, right or wrong."""
    found = {}
    if uscc := party.codes.get("uscc"):
        found["uscc"] = uscc[8:17]
    if code := party.codes.get("org_code"):
        found["org_code"] = code
    tax = party.codes.get("tax", "")
    if "tax" not in party.held:
        if len(tax) == _PLAIN_TAX:
            found["tax"] = tax[6:]
        elif len(tax) == _CREDIT_TAX and tax.startswith(_MARKET):
            found["tax"] = tax[8:17]
    return found


def inner_sql(kind: str) -> str:
    """`inner_codes` of one kind as SQL over the columns of a party."""
    return {
        "uscc": "substr(uscc, 9, 9)",
        "org_code": "org_code",
        "tax": f"CASE WHEN tax_held THEN NULL WHEN length(tax) = {_PLAIN_TAX} THEN substr(tax, 7) "
        f"WHEN length(tax) = {_CREDIT_TAX} AND left(tax, 2) IN {_MARKET} "
        "THEN substr(tax, 9, 9) END",
    }[kind]


def org_code_holds_sql(code: str) -> str:
    """Whether nine characters are an organisation code with a right check, as SQL."""
    terms = " + ".join(
        f"{weight} * (strpos('{_SIGNS}', substr({code}, {place}, 1)) - 1)"
        for place, weight in enumerate(_WEIGHTS, start=1)
    )
    check = f"substr('0123456789X', 1 + CAST((121 - ({terms}) % 11) % 11 AS INTEGER), 1)"
    return f"(regexp_full_match({code}, '[0-9A-Z]{{8}}[0-9X]') AND substr({code}, 9, 1) = {check})"
