"""A program cut down to one field: what a form asks when one cell has been filled in."""
# ruff: noqa: S608

from collections.abc import Iterable, Mapping
from dataclasses import replace

from chengxin.engine.rules import statements
from chengxin.engine.rules.parts import field_of, names_in, parts_of
from chengxin.engine.rules.sieving import nested
from chengxin.engine.rules.statements import ROW, quoted
from chengxin.engine.values import RAW, TODAY, Plain, Program


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


def lightened(program: Program, field: str) -> Program:
    """The rules at `field` that remain when its cell is blank or plain, without its stages."""
    part, plain = parts_of(program).each[field], program.plain.get(field, Plain("false"))
    rules = tuple(
        rule
        for index, rule in enumerate(program.rules)
        if rule.field == field and (index not in part.rules or rule.of_blank)
    )
    others: list[Mapping[str, str]] = [
        {name: sql for name, sql in stage.items() if field_of(name) != field}
        for stage in program.stages
    ]
    helpers = {
        name: plain.columns.get(name, sql)
        for stage in part.stages
        for name, sql in stage.items()
        if name in part.helpers
    }
    value = {field: plain.columns.get(field, quoted(field + RAW))}
    stages = (*others, *plain.stages, value, helpers)
    kept = replace(program, rules=rules, stages=tuple(stage for stage in stages if stage))
    return replace(sliced(kept, field), digest=f"{program.digest}|{field}|light")


def plainness(program: Program, field: str) -> tuple[tuple[str, ...], str] | None:
    """A query with a parameter per field it names, whether one cell is plain; None without."""
    plain, part = program.plain.get(field), parts_of(program).each[field]
    if plain is None:
        return None
    fields = (field, *(field_of(name) for name in part.contexts))
    texts = ", ".join(
        f"CAST(${at} AS VARCHAR) AS {quoted(name + RAW)}" for at, name in enumerate(fields, start=1)
    )
    contexts = [
        {name: sql for name, sql in stage.items() if field_of(name) in fields[1:]}
        for stage in program.stages
    ]
    cells = nested(f"SELECT {texts}", [*contexts, *plain.stages])
    return fields, f"SELECT coalesce({plain.sql}, false) FROM ({cells})"


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
