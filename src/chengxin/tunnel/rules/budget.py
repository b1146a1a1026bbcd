"""A simulation weighed against the harm budget 伤害预算 the rulebook sets."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from chengxin.policy.values import Rulebook
from chengxin.tunnel.values import COUNTS, LINES, SHARES, Line

LEAST: Final = "quality.least_denominator"
PERCENT: Final = 100
PLACES: Final = {"worsened_in_a_county": "by_division", "worsened_in_a_sector": "by_sector"}


def weigh(
    harm: Mapping[str, Any], organisations: int, *, on: date, book: Rulebook
) -> tuple[Line, ...]:
    """Each line of the budget with what was found, shares first. Law: the two parameters.

    The worst county or sector counts; one with fewer organisations than `LEAST` is no share.
    """
    least = int(book.on(on, LEAST).value)
    lines = []
    for code in book.on(on, SHARES).value:
        found, of, where = int(harm["worsened"]), organisations, ""
        if code in PLACES:
            found, of, where = _worst(harm[PLACES[code]], least)
        lines.append(_line(book, on, SHARES, code, found, of, where))
    lines += [
        _line(book, on, COUNTS, code, int(harm[code]), 0, "") for code in book.on(on, COUNTS).value
    ]
    return tuple(lines)


def exceeded(lines: Sequence[Line]) -> tuple[str, ...]:
    """The codes of the lines beyond their limit."""
    return tuple(line.code for line in lines if not line.kept)


def _worst(places: Sequence[Sequence[Any]], least: int) -> tuple[int, int, str]:
    found = [(worse, of, key) for key, worse, of in places if of >= max(least, 1)]
    return max(found, key=lambda one: (one[0] / one[1], one[2]), default=(0, 0, ""))


def _line(book: Rulebook, on: date, name: str, code: str, found: int, of: int, where: str) -> Line:
    answer = book.on_key(on, name, code)
    entry = book.codelist(LINES).entry(code)
    limit = int(answer.value)
    if name == SHARES:
        kept = PERCENT * found <= limit * of
        share = f"{PERCENT * found / of:.2f}%" if of else "0%"
        zh, en = (
            f"{found} / {of}（{share}），预算 {limit}%",
            f"{found} of {of} ({share}); budget {limit}%",
        )
    else:
        kept = found <= limit
        zh, en = f"{found}，预算 {limit}", f"{found}; budget {limit}"
    return Line(
        code,
        entry.label,
        entry.label_en,
        "percent" if name == SHARES else "items",
        limit,
        found,
        of,
        where,
        kept,
        f"{entry.label}：{zh}，{'未超出' if kept else '超出预算'}。",
        f"{entry.label_en}: {en}: {'kept' if kept else 'EXCEEDED'}.",
        str(answer.basis),
        answer.confirmed,
    )
