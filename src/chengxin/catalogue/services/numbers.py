"""Identifiers that are plainly right: the arithmetic of `identifiers`, eight bytes at a time."""

from typing import Final

from chengxin.catalogue.services.identifiers import ORG_WEIGHTS
from chengxin.catalogue.services.minors import ADULT_ON, CAPACITY_YEARS
from chengxin.catalogue.services.packed import (
    byte,
    packed,
    powers_of_three,
    values_of,
    weighted,
)
from chengxin.catalogue.services.persons import EARLIEST_BIRTH, ID_WEIGHTS, LATEST_BIRTH
from chengxin.catalogue.services.texts import column, literal, matches, raw
from chengxin.catalogue.values import Field, FieldType
from chengxin.engine.values import Plain
from chengxin.kernel.ids.checksums import USCC_ALPHABET
from chengxin.kernel.ids.person import PROVINCES
from chengxin.kernel.ids.uscc import CATEGORIES

_X: Final = ord("X")
_SKIPPED: Final = "IOSV"
"""Letters a USCC leaves out; Z, its last, needs no skipping."""
_PREFIXES: Final = "|".join(f"{first}[{more}]" for first, more in CATEGORIES.items())
_DIGIT_PREFIXES: Final = "|".join(
    f"{first}[{more}]" for first, more in CATEGORIES.items() if first.isdigit()
)
_CENTURIES: Final = ", ".join(str(int.from_bytes(c, "big")) for c in (b"18", b"19", b"20"))
_PROVINCE: Final = f"(?:{'|'.join(sorted(PROVINCES))})"


def plain(field: Field) -> Plain:
    """When an identifier is plainly right, and nothing is to be said about it."""
    match field.type:
        case FieldType.USCC:
            return _uscc(field, f"(?:{_PREFIXES})[{USCC_ALPHABET}]{{16}}")
        case FieldType.TAX:
            shape = f"(?:{_DIGIT_PREFIXES})[0-9]{{4}}[{USCC_ALPHABET}]{{12}}"
            return _uscc(field, shape)
        case FieldType.ORG_CODE:
            return _org_code(field)
        case FieldType.REGISTRATION:
            return _registration(field)
        case _:
            return _resident(field)


def _words(field: Field, shape: str, *starts: int) -> tuple[dict[str, str], dict[str, str]]:
    """Two steps: whether the text has the shape; then eight bytes from each start, else NULL."""
    text, shaped = raw(field.name), f"{field.name}__p0"
    return (
        {shaped: matches(text, shape)},
        {
            f"{field.name}__w{n}": f"CASE WHEN {column(shaped)} THEN {packed(text, start)} END"
            for n, start in enumerate(starts)
        },
    )


def _uscc(field: Field, shape: str) -> Plain:
    """Both checks hold, and no birthday can be read in it (a person's number of 18)."""
    name = field.name
    word = [column(f"{name}__w{n}") for n in range(3)]
    value = [column(f"{name}__v{n}") for n in range(3)]
    first, second = (powers_of_three(value[n], f"{name}__{n}") for n in range(2))
    total = f"{first[2]} + {pow(3, 8, 31)} * {second[2]}"
    total += f" + {pow(3, 16, 31)} * {byte(value[2], 6)} + {byte(value[2], 7)}"
    inner, last = column(f"{name}__inner0"), byte(word[2], 6)
    stages = (
        *_words(field, shape, 1, 9, 11),
        {f"{name}__v{n}": values_of(word[n], _SKIPPED) for n in range(3)},
        first[0] | second[0] | {f"{name}__v3": values_of(word[1])},
        first[1] | second[1],
        {f"{name}__inner0": weighted(column(f"{name}__v3"), ORG_WEIGHTS)},
    )
    return Plain(
        f"({total}) % 31 = 0 AND ({word[0]} & 65535) NOT IN ({_CENTURIES}) "
        f"AND {_inner_check(inner, last)}",
        stages=stages,
    )


def _inner_check(total: str, last: str) -> str:
    """Whether the character `last` (its byte) completes a sum mod 11; X stands for ten."""
    return (
        f"(({last} < 58 AND ({total} + {last} - 48) % 11 = 0) "
        f"OR ({last} = {_X} AND ({total} + 10) % 11 = 0))"
    )


def _org_code(field: Field) -> Plain:
    word, value = column(f"{field.name}__w0"), column(f"{field.name}__v0")
    last = f"CAST(ascii({raw(field.name)}[9]) AS UBIGINT)"
    stages = (
        *_words(field, "[0-9A-Z]{8}[0-9X]", 1),
        {f"{field.name}__v0": values_of(word)},
        {f"{field.name}__inner0": weighted(value, ORG_WEIGHTS)},
    )
    varied = f"{word} <> ({word} & 255) * {0x0101010101010101}::UBIGINT"
    check = _inner_check(column(f"{field.name}__inner0"), last)
    return Plain(f"{varied} AND {check}", stages=stages)


def _registration(field: Field) -> Plain:
    """Fifteen digits whose check holds and in which no birthday can be read."""
    word = [column(f"{field.name}__w{n}") for n in range(2)]
    digits = [f"{byte(word[0], n)} - 48" for n in range(8)]
    digits += [f"{byte(word[1], n)} - 48" for n in range(1, 8)]
    product = "10"
    for digit in digits[:14]:
        product = f"((({product} + {digit} + 9) % 10 + 1) * 2 % 11)"
    text = raw(field.name)
    born = f"try_cast('19' || {text}[7:8] || '-' || {text}[9:10] || '-' || {text}[11:12] AS DATE)"
    return Plain(
        f"({digits[14]}) = (11 - {product}) % 10 AND {born} IS NULL",
        stages=_words(field, "[0-9]{15}", 1, 8),
    )


def _resident(field: Field) -> Plain:
    """A resident's number in every respect, under a paper that says so or none."""
    name, text = field.name, raw(field.name)
    word = [column(f"{name}__w{n}") for n in range(3)]
    value = [column(f"{name}__v{n}") for n in range(2)]
    born, last = column(f"{name}__day"), byte(word[2], 7)
    total = f"{weighted(value[0], ID_WEIGHTS[:8])} + {weighted(value[1], ID_WEIGHTS[8:16])}"
    total += f" + ({byte(word[2], 6)} - 48) * {ID_WEIGHTS[16]}"
    day = f"{text}[7:10] || '-' || {text}[11:12] || '-' || {text}[13:14]"
    shaped = column(f"{name}__p0")
    stages = (
        *_words(field, f"{_PROVINCE}[0-9]{{15}}[0-9X]", 1, 9, 11),
        {
            **{f"{name}__v{n}": values_of(word[n]) for n in range(2)},
            f"{name}__day": f"CASE WHEN {shaped} THEN try_cast({day} AS DATE) END",
        },
    )
    holds = f"(({last} < 58 AND ({total} + {last} - 48) % 11 = 1) "
    holds += f"OR ({last} = {_X} AND ({total} + 10) % 11 = 1))"
    sql = f"year({born}) BETWEEN {EARLIEST_BIRTH} AND {LATEST_BIRTH} AND {holds}"
    if field.kind_from:
        kind = column(field.kind_from)
        sql += f" AND ({kind} IS NULL OR {kind} = {literal('id_number')})"
    adult = f"CAST({born} + INTERVAL {CAPACITY_YEARS} YEAR AS DATE)"
    columns = {ADULT_ON: adult} if ADULT_ON.startswith(f"{name}__") else {}
    return Plain(sql, columns, stages)
