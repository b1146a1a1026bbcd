"""Formulas of the rulebook 指标公式: compiled from data, evaluated over counts.

A formula is a share of two sums. There is no way to write a plain number of rows, records or
penalties as a measure, which is how the house keeps volume out of it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from chengxin.law.values import UNCONFIRMED, Basis
from chengxin.oversight.errors import BadFormula
from chengxin.oversight.values import Counts, Figure, Measure, Term
from chengxin.policy.values import CodeList, Rulebook

UNIT: Final = "measure"
COUNTS: Final = "quality_count"
PREFIX: Final = "quality."
_TERM = re.compile(r"\s*([+-])?\s*([a-z][a-z0-9_]*)")
_WHOLE: Final = 100


def measures(book: Rulebook, on: date) -> tuple[Measure, ...]:
    """The measures in force on a day, in the order of their counts. Raises: `BadFormula`."""
    order = list(book.codelist(COUNTS).by_code)
    found = (
        _measure(name.removeprefix(PREFIX), book, on)
        for name, parameter in book.parameters.items()
        if parameter.unit == UNIT and any(value.since <= on for value in parameter.values)
    )
    return tuple(sorted(found, key=lambda one: order.index(one.numerator[0].count)))


def _measure(name: str, book: Rulebook, on: date) -> Measure:
    parameter = book.parameter(f"{PREFIX}{name}")
    value = parameter.in_force(on)
    data: Mapping[str, str | bool] = value.value
    counts = book.codelist(COUNTS)
    over, under = str(data["numerator"]), str(data["denominator"])
    marks = _threshold(name, book, on)
    unread = UNCONFIRMED in (value.status, value.basis.status)
    return Measure(
        name=name,
        label=parameter.label,
        label_en=parameter.label_en,
        numerator=compiled(name, over, counts),
        denominator=compiled(name, under, counts),
        formula=f"({over}) / ({under})",
        formula_zh=f"{_said(over, counts, 'label')} ÷ {_bracketed(_said(under, counts, 'label'))}",
        formula_en=(
            f"{_said(over, counts, 'label_en')} ÷ {_bracketed(_said(under, counts, 'label_en'))}"
        ),
        more_is_better=data["better"] == "more",
        month_of=str(data["month_of"]),
        ranks=bool(data["ranks"]),
        full_marks=marks[0] if marks else None,
        marks_basis=marks[1] if marks else None,
        least=int(book.on(on, f"{PREFIX}least_denominator").value),
        basis=value.basis,
        status=UNCONFIRMED if unread else value.status,
        note=value.note,
    )


def _threshold(name: str, book: Rulebook, on: date) -> tuple[int, Basis] | None:
    parameter = book.parameters.get(f"{PREFIX}full_marks")
    if parameter is None:
        return None
    answer = parameter.on(on)
    table: Mapping[str, int] = answer.value
    return (table[name], answer.basis) if name in table else None


def compiled(measure: str, text: str, counts: CodeList) -> tuple[Term, ...]:
    """`a + b - c` as terms over declared counts. Raises: `BadFormula`."""
    terms: list[Term] = []
    at = 0
    while at < len(text.rstrip()):
        found = _TERM.match(text, at)
        if found is None or (terms and found[1] is None):
            raise _bad(measure, text, "写法无法识别", "it cannot be read")
        if found[2] not in counts.by_code:
            raise _bad(measure, text, f"没有计数 {found[2]}", f"there is no count {found[2]}")
        terms.append(Term(found[2], -1 if found[1] == "-" else 1))
        at = found.end()
    if not terms:
        raise _bad(measure, text, "是空的", "it is empty")
    return tuple(terms)


def _bad(measure: str, text: str, problem: str, problem_en: str) -> BadFormula:
    return BadFormula(measure=measure, text=text, problem=problem, problem_en=problem_en)


def _said(text: str, counts: CodeList, attribute: str) -> str:
    words = re.sub(r"[a-z][a-z0-9_]*", lambda m: str(getattr(counts.entry(m[0]), attribute)), text)
    return words.replace(" - ", " − ")


def _bracketed(text: str) -> str:
    return f"（{text}）" if " + " in text or " − " in text else text


def figure(measure: Measure, counts: Counts) -> Figure:
    """The measure over counts; a denominator too small to mean anything is said, not divided."""
    over = _sum(measure.numerator, counts)
    under = _sum(measure.denominator, counts)
    if under <= 0:
        return Figure(measure, over, max(under, 0), None, "nothing")
    if over > under or over < 0:
        return Figure(measure, over, under, None, "contradiction")
    if under < measure.least:
        return Figure(measure, over, under, None, "few")
    return Figure(measure, over, under, round(over * _WHOLE / under, 2))


def figures(chosen: tuple[Measure, ...], counts: Counts) -> dict[str, Figure]:
    """Every measure over the same counts, by name."""
    return {one.name: figure(one, counts) for one in chosen}


def _sum(terms: tuple[Term, ...], counts: Counts) -> int:
    return sum(term.sign * counts.get(term.count, 0) for term in terms)
