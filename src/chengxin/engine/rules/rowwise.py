"""One row at a time: a statement per field, and one for what looks across its cells.

They are the parts the closer look at a file is made of, each over a relation of one row.
"""
# ruff: noqa: S608

from collections.abc import Iterable
from dataclasses import dataclass

from chengxin.engine.rules.parts import Part, field_of, judged, masks_of, names_in, parts_of
from chengxin.engine.rules.statements import ROW, mended, quoted
from chengxin.engine.values import RAW, TODAY, Program

DAY_OF_CHECK = TODAY.strip('"')
PERSONAL = "__personal"


@dataclass(frozen=True)
class Across:
    """What is asked of a row whose cells have been judged: rules across cells, who is personal.

    `columns` are those of the cells it names, and the day of the check; `answers` come back.
    """

    columns: tuple[str, ...]
    answers: dict[str, str]

    def over(self, source: str) -> str:
        """The statement; `source` has `"__row"` and the columns."""
        asked = (f"{sql} AS {quoted(name)}" for name, sql in self.answers.items())
        return f"SELECT {', '.join((ROW, *asked))} FROM {source}"


def across(program: Program) -> Across:
    """What a program asks across cells."""
    parts = parts_of(program)
    answers = {name.strip('"'): sql for name, sql in masks_of(parts.across, "__m").items()}
    answers |= {name + PERSONAL: sql for name, sql in program.personal_if.items()}
    shown = frozenset().union(*(part.shown for part in parts.each.values()))
    answers |= {name: sql for name, sql in mended(program).items() if name not in shown}
    return Across(_names(answers.values()), answers)


def alone(part: Part, source: str) -> str:
    """One cell judged; `source` has `"__row"`, the text of the cell and its contexts."""
    return judged(part, source, kept=(ROW,))


def asked_at(program: Program, field: str) -> frozenset[str]:
    """Fields whose cells have a say in what is found at one field, itself among them."""
    rules = [rule for rule in parts_of(program).across.values() if rule.field == field]
    asked = [f"{r.sql} {r.proposal_sql or ''} {r.id_kind or ''}" for r in rules]
    asked += [sql for name, sql in program.personal_if.items() if name == field]
    fields = {field} | {field_of(name) for name in _names(asked)}
    each = parts_of(program).each
    for name in tuple(fields & each.keys()):
        fields |= {field_of(context) for context in each[name].contexts}
    return frozenset(fields & each.keys())


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*map(names_in, texts))))


def of_text(column: str, program: Program) -> bool:
    """Whether a column is a text for certain: a field, or what was received of it."""
    return column.removesuffix(RAW) in program.fields
