"""What two entries have in common, for the officers who decide whether they are one body."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

USCC, ORG_CODE = "uscc", "org_code"
ORG_CODE_IN_USCC = slice(8, 17)  # GB 32100-2015: the organisation code is its third part


@dataclass(frozen=True)
class Described:
    """An entry as it is compared: names and codes normalised, current name first."""

    names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    address: str = ""


def common_ground(one: Described, other: Described) -> list[dict[str, Any]]:
    """What speaks for one body and what against, each with weight and a sentence zh and en.

    It informs; it never decides. A name in common says little by itself.
    """
    return list(_compared(one, other))


def _compared(one: Described, other: Described) -> Iterator[dict[str, Any]]:
    inner = _inner(one) & _inner(other)
    for code in sorted(inner):
        yield _piece(
            "org_code", 1.0, f"组织机构代码相同：{code}", f"the same organisation code: {code}"
        )
    both_coded = {kind for kind, _ in one.codes} & {kind for kind, _ in other.codes}
    if USCC in both_coded and not inner:
        yield _piece(
            "uscc", -1.0, "两者各有不同的统一社会信用代码", "each has another unified code"
        )
    shared = [name for name in one.names if name in set(other.names)]
    for name in dict.fromkeys(shared):
        yield _piece("name", 0.5, f"都用过名称：{name}", f"both bear or bore the name {name}")
    if not shared:
        yield _piece("name", -0.5, "没有共同用过的名称", "no name in common")
    if one.address and one.address == other.address:
        yield _piece("address", 0.25, "住所相同", "the same address")


def _inner(entry: Described) -> set[str]:
    whole = {code for kind, code in entry.codes if kind == ORG_CODE}
    return whole | {code[ORG_CODE_IN_USCC] for kind, code in entry.codes if kind == USCC}


def _piece(field: str, weight: float, zh: str, en: str) -> dict[str, Any]:
    return {"field": field, "weight": weight, "label": zh, "label_en": en}
