"""A program cut down to one field: what a form asks when one cell has been filled in."""

from collections.abc import Iterable
from dataclasses import replace

from chengxin.engine.rules import statements
from chengxin.engine.rules.parts import field_of, names_in
from chengxin.engine.rules.sieving import nested
from chengxin.engine.rules.statements import ROW, quoted
from chengxin.engine.values import RAW, TODAY, Program


def sliced(program: Program, field: str) -> Program:
    """The rules shown at `field`, and of the stages only what they need.

    Its fields are those whose cells are looked at, in the order of the program.
    """
    rules = tuple(rule for rule in program.rules if rule.field == field)
    personal = {name: sql for name, sql in program.personal_if.items() if name == field}
    asked = [f"{r.sql} {r.proposal_sql or ''} {r.id_kind or ''}" for r in rules]
    needed = _names((*asked, *personal.values())) | {field}
    before: set[str] = set()
    while before != needed:
        before = set(needed)
        needed |= {field_of(name) for name in needed} & set(program.fields)
        for stage in program.stages:
            needed |= _names(sql for name, sql in stage.items() if name in needed)
    stages = (
        {name: sql for name, sql in stage.items() if name in needed} for stage in program.stages
    )
    return replace(
        program,
        fields=tuple(name for name in program.fields if name in needed),
        stages=tuple(stage for stage in stages if stage),
        rules=rules,
        personal_if=personal,
        natural_key=(),
        digest=f"{program.digest}|{field}",
    )


def _names(texts: Iterable[str]) -> set[str]:
    return set().union(*(names_in(sql) for sql in texts))


def one_row(program: Program) -> str:
    """A query with a parameter per field, then the day: the faults of one row."""
    texts = ", ".join(
        f"CAST(${at} AS VARCHAR) AS {quoted(name + RAW)}"
        for at, name in enumerate(program.fields, start=1)
    )
    day = f"CAST(${len(program.fields) + 1} AS DATE) AS {TODAY}"
    cells = nested(f"SELECT 0 AS {ROW}, {texts}, {day}", program.stages)
    return statements.faulty(program, f"({cells})")
