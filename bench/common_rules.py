"""The rules every contender can be given, as Polars expressions: true where a row is at fault.

Frameworks on Polars run these very expressions, so what is compared is the framework, not how
well its rules were written. `OURS` says which of our findings (field, codes) is the same rule, so
counts can be compared one by one. Our catalogue item has more: rewritten cells, ID numbers in
texts, spreadsheet numbers told apart from short ones, minors.
"""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Final

import polars as pl
from organisations import ID_WEIGHTS, ORG_WEIGHTS, USCC_WEIGHTS

ON: Final = date(2026, 11, 20)
ORGANISED: Final = ("法人及非法人组织", "个体工商户")
PERSON: Final = ("自然人",)
PAPERS: Final = (
    "身份证", "护照号", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证",
    "港澳台居民居住证",
)  # fmt: skip
PENALTIES: Final = (
    "警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级",
    "吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业",
    "行政拘留", "其他",
)  # fmt: skip
REQUIRED: Final = (
    "subject_name", "subject_kind", "document_number", "breach_kind", "breach_facts",
    "penalty_basis", "penalty_kind", "penalty_content", "decided_on", "valid_until", "authority",
    "authority_uscc", "source", "source_uscc",
)  # fmt: skip
LONGEST: Final = {
    "subject_name": 200, "document_number": 128, "breach_kind": 2000, "breach_facts": 5000,
    "penalty_basis": 2048, "penalty_content": 4000, "licence_affected": 200, "authority": 200,
    "source": 200, "remark": 512, "representative": 50,
}  # fmt: skip
OF_PERSONS: Final = ("id_type", "id_number")
OF_ORGANISATIONS: Final = (
    "uscc", "registration_number", "org_code", "tax_number", "representative",
)  # fmt: skip
CODES: Final = ("uscc", "authority_uscc", "source_uscc")
NATURAL_KEY: Final = ("authority_uscc", "document_number", "subject_name")

USCC_SHAPE: Final = (r"^[0-9A-HJ-NPQRTUWXY]{18}$", 18)
SHAPES: Final = {
    "org_code": (r"^[0-9A-Z]{8}[0-9X]$", 9),
    "registration_number": (r"^[0-9]{15}$", 15),
    "id_number": (r"^[0-9]{17}[0-9X]$", 18),
}

Rules = dict[str, tuple[str, pl.Expr]]
"""Name of the rule → the field it is about, the expression."""
Rule = Callable[..., None]

OURS: dict[str, tuple[str, frozenset[str]]] = {}
_BLANK = "INTAKE-BLANK-WHEN"
_FORM = frozenset({"IDS-LENGTH", "IDS-ALPHABET", "IDS-SPREADSHEET-NUMBER"})
_CHECK = frozenset({"IDS-CHECK-DIGIT", "IDS-PLACEHOLDER", "IDS-DIGITS-LOST"})


def common_rules() -> Rules:
    """All of them; fills `OURS` on the way."""
    rules: Rules = {}

    def rule(name: str, field: str, bad: pl.Expr, *codes: str) -> None:
        rules[f"{field} {name}"] = (field, bad)
        OURS[f"{field} {name}"] = (field, frozenset(codes))

    for name in REQUIRED:
        rule("present", name, text(name).is_null(), "INTAKE-REQUIRED")
    party, kinds = text("subject_kind"), text("penalty_kind").str.split(";")
    for name in ("uscc", "representative"):
        needed = party.is_in(ORGANISED)
        rule("present for a party", name, text(name).is_null() & needed, "INTAKE-REQUIRED-WHEN")
    for name in OF_PERSONS:
        needed = party.is_in(PERSON)
        rule("present for a person", name, text(name).is_null() & needed, "INTAKE-REQUIRED-WHEN")
    for name, wanted in (
        ("fine_yuan", ("罚款",)),
        ("confiscated_yuan", ("没收违法所得", "没收非法财物")),
        ("licence_affected", ("暂扣许可证件", "吊销许可证件")),
    ):
        needed = reduce(pl.Expr.or_, [kinds.list.contains(kind) for kind in wanted])
        rule("present for its penalty", name, text(name).is_null() & needed, "INTAKE-REQUIRED-WHEN")
    for name in OF_ORGANISATIONS:
        rule("blank for a person", name, text(name).is_not_null() & party.is_in(PERSON), _BLANK)
    for name in OF_PERSONS:
        bad = text(name).is_not_null() & party.is_in(ORGANISED)
        rule("blank for a party", name, bad, _BLANK)
    for name, most in LONGEST.items():
        rule("not too long", name, text(name).str.len_chars() > most, "INTAKE-TOO-LONG")
        damaged = text(name).str.contains("\ufffd", literal=True)
        rule("not damaged", name, damaged, "INTAKE-DAMAGED-TEXT")
    unknown = "INTAKE-UNKNOWN-CODE"
    rule("in its list", "subject_kind", ~party.is_in(ORGANISED + PERSON), unknown)
    rule("in its list", "id_type", ~text("id_type").is_in(PAPERS), unknown)
    strange = kinds.list.set_difference(pl.lit(list(PENALTIES))).list.len() > 0
    rule("in its list", "penalty_kind", strange, unknown)
    _codes(rule)
    _dates_and_amounts(rule)
    again = pl.struct(text(name) for name in NATURAL_KEY).is_first_distinct().not_()
    filled = pl.all_horizontal(text(name).is_not_null() for name in NATURAL_KEY)
    rule("not reported twice", NATURAL_KEY[0], again & filled, "INTAKE-DUPLICATE-ROW")
    return rules


def text(name: str) -> pl.Expr:
    """A cell, as `prepared` left it."""
    return pl.col(name)


def prepared(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Cells without blanks around them; beside each code its bytes, for the check characters.

    Without the helpers every rule would do this anew: three times slower in every framework.
    """
    tidy = frame.with_columns(pl.all().str.strip_chars())
    coded = tidy.with_columns(pl.col(*CODES, *SHAPES).str.to_uppercase())
    return (
        coded.with_columns(
            pl.when(pl.col(name).str.contains(shape))
            .then(pl.col(name))
            .cast(pl.Binary)
            .bin.reinterpret(dtype=pl.Array(pl.UInt8, length))
            .alias(f"{name}__bytes")
            for name, (shape, length) in (dict.fromkeys(CODES, USCC_SHAPE) | SHAPES).items()
        )
        .with_columns(
            pl.col(name).str.to_date("%Y-%m-%d", strict=False).alias(f"{name}__day")
            for name in ("decided_on", "valid_until")
        )
        .with_columns(
            pl.col(name).cast(pl.Decimal(20, 6), strict=False).alias(f"{name}__number")
            for name in ("fine_yuan", "confiscated_yuan")
        )
    )


def weighed(name: str, weights: tuple[int, ...], *, letters: int = 0, gaps: str = "") -> pl.Expr:
    """The weighted sum of a code's bytes; a letter counts from 10, without those left out."""
    total: pl.Expr = pl.lit(0, pl.Int32)
    for at, weight in enumerate(weights):
        byte = pl.col(f"{name}__bytes").arr.get(at).cast(pl.Int32)
        value = byte - 48
        if letters:
            skipped = [(byte > ord(gap)).cast(pl.Int32) for gap in gaps]
            value = (
                pl.when(byte < letters)
                .then(value)
                .otherwise(reduce(pl.Expr.sub, skipped, byte - 55))
            )
        total = total + value * weight
    return total


def _codes(rule: Rule) -> None:
    """USCC, organisation code, registration number, tax number, ID number: shape and check."""
    for name in CODES:
        rule("well formed", name, _misshapen(name), *_FORM)
        total = weighed(name, (*USCC_WEIGHTS, 1), letters=65, gaps="IOSVZ")
        rule("proves itself", name, total % 31 != 0, *_CHECK)
    rule("well formed", "org_code", _misshapen("org_code"), *_FORM)
    last = pl.col("org_code__bytes").arr.get(8).cast(pl.Int32)
    value = pl.when(last == ord("X")).then(10).otherwise(last - 48)
    total = weighed("org_code", ORG_WEIGHTS, letters=65) + value
    rule("proves itself", "org_code", total % 11 != 0, *_CHECK)
    rule("well formed", "registration_number", _misshapen("registration_number"), *_FORM)
    product: pl.Expr = pl.lit(10, pl.Int32)
    digits = [
        pl.col("registration_number__bytes").arr.get(at).cast(pl.Int32) - 48 for at in range(15)
    ]
    for digit in digits[:14]:
        product = ((product + digit - 1) % 10 + 1) * 2 % 11
    rule("proves itself", "registration_number", digits[14] != (11 - product) % 10, *_CHECK)
    lengths = pl.col("tax_number").str.len_chars().is_in([15, 17, 18, 20])
    rule("well formed", "tax_number", ~lengths, *_FORM)
    person = pl.col("id_type") == PAPERS[0]
    rule("well formed", "id_number", _misshapen("id_number") & person, *_FORM)
    day = pl.col("id_number").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    shaped = pl.col("id_number__bytes").is_not_null()
    rule("born on a day", "id_number", shaped & day.is_null() & person, "IDS-BIRTH-DATE")
    last = pl.col("id_number__bytes").arr.get(17).cast(pl.Int32)
    value = pl.when(last == ord("X")).then(10).otherwise(last - 48)
    wrong = (weighed("id_number", ID_WEIGHTS) + value) % 11 != 1
    rule("proves itself", "id_number", wrong & day.is_not_null() & person, *_CHECK)


def _misshapen(name: str) -> pl.Expr:
    return pl.col(name).is_not_null() & pl.col(f"{name}__bytes").is_null()


def _dates_and_amounts(rule: Rule) -> None:
    decided, until = pl.col("decided_on__day"), pl.col("valid_until__day")
    for name in ("decided_on", "valid_until"):
        bad = pl.col(name).is_not_null() & pl.col(f"{name}__day").is_null()
        rule("a day", name, bad, "INTAKE-NOT-A-DATE")
    rule("not in the future", "decided_on", decided > ON, "INTAKE-FUTURE-DATE")
    rule("not before the decision", "valid_until", until < decided, "INTAKE-DATE-ORDER")
    for name in ("fine_yuan", "confiscated_yuan"):
        number = pl.col(f"{name}__number")
        bad = pl.col(name).is_not_null() & number.is_null()
        rule("an amount", name, bad, "INTAKE-NOT-AN-AMOUNT")
        rule("not negative", name, number < 0, "INTAKE-NEGATIVE-AMOUNT")
