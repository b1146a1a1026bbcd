"""A program taken apart: what concerns one cell alone, and what looks across cells.

Most rules ask one cell only; their answer is the same wherever the same text stands. So a text
is judged once, by the part 分段 of its field, and only the rules across fields see whole rows.
"""

# ruff: noqa: S608

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from chengxin.engine.rules.statements import (
    BITS,
    id_kinds,
    mended,
    plain_proposal,
    proposal_column,
    quoted,
)
from chengxin.engine.values import RAW, TODAY, Program, Rule

_LITERAL: Final = re.compile(r"'(?:[^']|'')*'")
_COLUMN: Final = re.compile(r'"((?:[^"]|"")+)"')
_IS_NULL: Final = re.compile(r'"(?:[^"]|"")+" IS (?:NOT )?NULL')
_TODAY: Final = TODAY.strip('"')
KEPT: Final = 64
_taken: dict[str, "Parts"] = {}


@dataclass(frozen=True)
class Part:
    """What a program does with one field.

    Args:
        field: its name.
        stages: columns added one after the other, from `"<field>__raw"`.
        rules: place in the program → rule that asks this cell alone.
        contexts: columns of other fields the stages look at (the kind of paper of a number).
        helpers: columns beside the field itself that rules across fields ask for.
        shown: columns a message may need: proposals, the kind of a number.
        valued: whether rules across fields ask for more than whether the field is blank.

    """

    field: str
    stages: tuple[Mapping[str, str], ...]
    rules: Mapping[int, Rule]
    contexts: tuple[str, ...]
    helpers: tuple[str, ...]
    shown: Mapping[str, str]
    valued: bool


@dataclass(frozen=True)
class Parts:
    """A program taken apart: parts in an order in which contexts come first; rules across."""

    each: Mapping[str, Part]
    across: Mapping[int, Rule]


def parts_of(program: Program) -> Parts:
    """The parts of a program; taken apart once per digest."""
    known = _taken.get(program.digest)
    if known is None or not program.digest:
        known = _taken_apart(program)
        _taken[program.digest] = known
        while len(_taken) > KEPT:
            _taken.pop(next(iter(_taken)), None)
    return known


def names_in(sql: str) -> frozenset[str]:
    """Columns an expression names."""
    return frozenset(_COLUMN.findall(_LITERAL.sub("''", sql)))


def field_of(column: str) -> str:
    """The field a column belongs to."""
    return column.partition("__")[0]


def _taken_apart(program: Program) -> Parts:
    stages = {
        name: tuple(
            own
            for stage in program.stages
            if (own := {key: sql for key, sql in stage.items() if field_of(key) == name})
        )
        for name in program.fields
    }
    contexts = {name: _contexts(name, own) for name, own in stages.items()}
    local: dict[str, dict[int, Rule]] = {name: {} for name in program.fields}
    across: dict[int, Rule] = {}
    for index, rule in enumerate(program.rules):
        if _is_local(rule, contexts[rule.field]):
            local[rule.field][index] = rule
        else:
            across[index] = rule
    asked = [rule.sql for rule in across.values()] + list(program.personal_if.values())
    needed = frozenset().union(
        *map(names_in, asked), *(contexts[name] for name in program.fields)
    ) - {_TODAY}
    values = _valued(asked) | frozenset().union(*(contexts[name] for name in program.fields))
    return Parts(
        {
            name: Part(
                name,
                stages[name],
                local[name],
                contexts[name],
                tuple(sorted(c for c in needed if field_of(c) == name and c != name)),
                _shown(program, name, local[name].values()),
                name in values,
            )
            for name in _ordered(program.fields, contexts)
        },
        across,
    )


def _contexts(name: str, stages: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    named = frozenset().union(*(names_in(sql) for stage in stages for sql in stage.values()))
    return tuple(sorted(column for column in named if field_of(column) != name))


def _is_local(rule: Rule, contexts: Iterable[str]) -> bool:
    named = names_in(f"{rule.sql} {rule.proposal_sql or ''} {rule.id_kind or ''}")
    shared = () if rule.of_blank else tuple(contexts)  # a blank cell is not judged in its context
    return all(field_of(c) == rule.field or c in shared for c in named)


def _valued(asked: Iterable[str]) -> frozenset[str]:
    """Columns of which more is asked than whether they are NULL."""
    return frozenset().union(
        *(names_in(_IS_NULL.sub("", _LITERAL.sub("''", sql))) for sql in asked)
    )


def _shown(program: Program, name: str, rules: Iterable[Rule]) -> dict[str, str]:
    """Columns messages need beside the normalised text: proposals, kinds of number."""
    proposals = {
        proposal_column(rule)
        for rule in rules
        if rule.proposal_sql is not None and not plain_proposal(rule)
    }
    shown = {alias: sql for alias, sql in mended(program).items() if alias in proposals}
    kinds = id_kinds(program)
    if name + "__kind" in kinds:
        shown[name + "__kind"] = kinds[name + "__kind"]
    return shown


def _ordered(fields: Iterable[str], contexts: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Fields without a context first; a context has none itself."""
    return sorted(fields, key=lambda name: bool(contexts[name]))


def judged(part: Part, source: str, *, kept: Iterable[str] = ()) -> str:
    """Each row of `source` (the raw text, its contexts) judged by one part.

    Columns: what is `kept` of `source`, its own, the field, its helpers, what messages show,
    masks.
    """
    select = f"SELECT * FROM {source}"
    masks = {alias.strip('"'): sql for alias, sql in local_masks(part).items()}
    for stage in (*part.stages, *([masks] if masks else [])):
        added = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in stage.items())
        select = f"SELECT *, {added} FROM ({select})"
    # What messages show is dear to work out, and wanted only where something was found.
    found = " OR ".join(f"{quoted(mask)} <> 0" for mask in masks) or "false"
    columns = [*kept, *map(quoted, (part.field + RAW, *part.contexts, part.field))]
    columns += map(quoted, part.helpers)
    columns += [
        f"CASE WHEN {found} THEN {sql} END AS {quoted(alias)}" for alias, sql in part.shown.items()
    ]
    columns += map(quoted, masks)
    return f"SELECT {', '.join(columns)} FROM ({select})"


def local_masks(part: Part) -> dict[str, str]:
    """Column → the bits of the rules of one part, for each mask that has any of them."""
    return masks_of(part.rules, f"{part.field}__l")


def masks_of(rules: Mapping[int, Rule], prefix: str) -> dict[str, str]:
    """Column → sum of bits, for each mask of the program that has any of these rules."""
    sums: dict[str, list[str]] = {}
    for index, rule in rules.items():
        alias = quoted(f"{prefix}{index // BITS}")
        bit = 1 << index % BITS
        sums.setdefault(alias, []).append(
            f"CASE WHEN {rule.sql} THEN {bit}::BIGINT ELSE 0::BIGINT END"
        )
    return {alias: " + ".join(terms) for alias, terms in sums.items()}
