"""The common rules that no constraint of a column expresses, in plain Python, a row at a time.

For peers that go row by row (pydantic, frictionless). A row maps fields to texts or None.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from organisations import ALPHABET, ID_WEIGHTS, ORG_ALPHABET, ORG_WEIGHTS, USCC_WEIGHTS

ORGANISED = {"法人及非法人组织", "个体工商户"}
PERSON = "自然人"
CARD = "身份证"
WHEN_PENALTY = {
    "fine_yuan": {"罚款"},
    "confiscated_yuan": {"没收违法所得", "没收非法财物"},
    "licence_affected": {"暂扣许可证件", "吊销许可证件"},
}
CODES = ("uscc", "authority_uscc", "source_uscc")
OF_ORGANISATIONS = ("uscc", "registration_number", "org_code", "tax_number", "representative")
ON = date(2026, 11, 20)
_USCC = re.compile(f"[{ALPHABET}]{{18}}")
_ORG, _REGISTRATION = re.compile("[0-9A-Z]{8}[0-9X]"), re.compile("[0-9]{15}")
_CARD = re.compile("[0-9]{17}[0-9X]")
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_ORG_VALUES = {character: value for value, character in enumerate(ORG_ALPHABET)}

Row = Mapping[str, str | None]


def broken(row: Row, penalties: frozenset[str]) -> Iterator[str]:
    """Names of the rules a row breaks; `penalties` are the kinds that exist."""
    party = row["subject_kind"]
    kinds = set((row["penalty_kind"] or "").split(";")) - {""}
    if party in ORGANISED:
        yield from (f"{n} present for a party" for n in ("uscc", "representative") if not row[n])
        yield from (f"{n} blank for a party" for n in ("id_type", "id_number") if row[n])
    elif party == PERSON:
        yield from (f"{n} present for a person" for n in ("id_type", "id_number") if not row[n])
        yield from (f"{n} blank for a person" for n in OF_ORGANISATIONS if row[n])
    for name, wanted in WHEN_PENALTY.items():
        if not row[name] and kinds & wanted:
            yield f"{name} present for its penalty"
    if kinds - penalties:
        yield "penalty_kind in its list"
    yield from _codes(row)
    yield from _days(row)
    for name in ("fine_yuan", "confiscated_yuan"):
        if row[name]:
            try:
                if Decimal(row[name] or "") < 0:
                    yield f"{name} not negative"
            except InvalidOperation:
                yield f"{name} an amount"


def _codes(row: Row) -> Iterator[str]:  # noqa: C901, PLR0912  one branch per rule
    for name in CODES:
        code = (row[name] or "").upper()
        if code and not _USCC.fullmatch(code):
            yield f"{name} well formed"
        elif code:
            weights = (*USCC_WEIGHTS, 1)
            if sum(_VALUES[c] * w for c, w in zip(code, weights, strict=True)) % 31:
                yield f"{name} proves itself"
    if code := row["org_code"]:
        if not _ORG.fullmatch(code):
            yield "org_code well formed"
        else:
            total = sum(_ORG_VALUES[c] * w for c, w in zip(code[:8], ORG_WEIGHTS, strict=True))
            if (total + (10 if code[8] == "X" else int(code[8]))) % 11:
                yield "org_code proves itself"
    if code := row["registration_number"]:
        if not _REGISTRATION.fullmatch(code):
            yield "registration_number well formed"
        else:
            product = 10
            for digit in code[:14]:
                product = ((product + int(digit) - 1) % 10 + 1) * 2 % 11
            if int(code[14]) != (11 - product) % 10:
                yield "registration_number proves itself"
    if (code := row["tax_number"]) and len(code) not in {15, 17, 18, 20}:
        yield "tax_number well formed"
    if (code := row["id_number"]) and row["id_type"] == CARD:
        yield from _card(code)


def _card(code: str) -> Iterator[str]:
    if not _CARD.fullmatch(code):
        yield "id_number well formed"
    elif _day(f"{code[6:10]}-{code[10:12]}-{code[12:14]}") is None:
        yield "id_number born on a day"
    else:
        total = sum(int(c) * w for c, w in zip(code[:17], ID_WEIGHTS, strict=True))
        if (total + (10 if code[17] == "X" else int(code[17]))) % 11 != 1:
            yield "id_number proves itself"


def _days(row: Row) -> Iterator[str]:
    days = {}
    for name in ("decided_on", "valid_until"):
        if text := row[name]:
            days[name] = _day(text)
            if days[name] is None:
                yield f"{name} a day"
    decided, until = days.get("decided_on"), days.get("valid_until")
    if decided and decided > ON:
        yield "decided_on not in the future"
    if decided and until and until < decided:
        yield "valid_until not before the decision"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
