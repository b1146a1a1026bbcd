"""The quick way through a batch: a sieve over every row, a closer look at what it holds back.

The sieve 初筛 lets a cell pass that is blank, known (a text judged before and found in order) or
plain; every other cell is suspect, and each different text of it is judged once by the part of
its field. Rules across fields are asked of every row. What is found is what the whole program
finds; tests prove it on rows made to go wrong.
"""
# ruff: noqa: S608

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from chengxin.engine.rules.parts import (
    Part,
    Parts,
    field_of,
    names_in,
    parts_of,
)
from chengxin.engine.rules.statements import BITS, quoted
from chengxin.engine.values import RAW, TODAY, Program

KEY = '"__key"'
ROW = '"__row"'


@dataclass(frozen=True)
class Known:
    """Texts of one field judged before and found in order: a table of the connection.

    `columns` are those of the field and its helpers that the table has; the field itself is
    missing where every text is its own one form.
    """

    table: str
    columns: frozenset[str]


@dataclass(frozen=True)
class Sieve:
    """Everything the statements of one batch are made of.

    `blank` has, per field, the rules that find a fault in a blank cell; `known` the texts known
    to be in order; `day` is the day of the check as a literal.
    """

    program: Program
    known: Mapping[str, Known]
    blank: Mapping[str, Collection[int]]
    day: str

    @property
    def parts(self) -> Parts:
        """The program taken apart."""
        return parts_of(self.program)

    def suspects(self) -> dict[str, tuple[str, int]]:
        """Field → the column and the bit that mark a suspect cell of it."""
        return {
            name: (quoted(f"__s{at // BITS}"), 1 << at % BITS)
            for at, name in enumerate(self.parts.each)
        }


def nested(select: str, stages: Sequence[Mapping[str, str]]) -> str:
    """`select` with the columns of each stage added, one after the other."""
    for stage in stages:
        if stage:
            added = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in stage.items())
            select = f"SELECT *, {added} FROM ({select})"
    return select


def recognised(sieve: Sieve, source: str) -> str:
    """`source` with what is known of its texts beside them: a lookup costs less than any rule."""
    columns, joins = ["s.*"], []
    for at, (name, known) in enumerate(sieve.known.items()):
        columns.append(f"k{at}.hit AS {quoted(name + '__known')}")
        columns += [f"k{at}.{quoted(c)} AS {_of_known(name, c)}" for c in sorted(known.columns)]
        joins.append(f"LEFT JOIN {known.table} k{at} ON s.{_raw(name)} = k{at}.{_raw(name)}")
    return f"SELECT {', '.join(columns)} FROM {source} s {' '.join(joins)}"


def _of_known(name: str, column: str) -> str:
    return quoted(f"{name}__known_{column}")


def quick_stages(sieve: Sieve, wanted: Collection[str]) -> list[Mapping[str, str]]:
    """Columns for cells that pass the sieve: values of `wanted` fields, then all helpers."""
    parts, plain = sieve.parts.each, sieve.program.plain
    of_plain = [_spared(sieve, name, plain[name].stages) for name in parts if name in plain]
    stages: list[Mapping[str, str]] = [
        {key: sql for one in step for key, sql in one.items()}
        for step in zip_longest(*of_plain, fillvalue={})
    ]
    stages.append({name: _value(sieve, name, valued=name in wanted) for name in parts})
    stages.append({h: _helper(sieve, part, h) for part in parts.values() for h in part.helpers})
    return stages


def _spared(
    sieve: Sieve, name: str, stages: Sequence[Mapping[str, str]]
) -> Sequence[Mapping[str, str]]:
    """Stages of a plain test, not worked out for texts that are known."""
    if name not in sieve.known or not stages:
        return stages
    known = quoted(name + "__known")
    first = {c: f"CASE WHEN {known} THEN NULL ELSE {sql} END" for c, sql in stages[0].items()}
    return (first, *stages[1:])


def _looked_up(sieve: Sieve, name: str, column: str, otherwise: str) -> str:
    known = sieve.known.get(name)
    if known is None or (column not in known.columns and otherwise == _raw(name)):
        return otherwise
    found = _of_known(name, column) if column in known.columns else _raw(name)
    return f"CASE WHEN {quoted(name + '__known')} THEN {found} ELSE {otherwise} END"


def _raw(name: str) -> str:
    return quoted(name + RAW)


def _value(sieve: Sieve, name: str, *, valued: bool) -> str:
    """The one form of a cell that passes; its text as received where only blank or not counts."""
    if not valued:
        return _raw(name)
    plain = sieve.program.plain.get(name)
    return _looked_up(
        sieve, name, name, plain.columns.get(name, _raw(name)) if plain else _raw(name)
    )


def _helper(sieve: Sieve, part: Part, helper: str) -> str:
    plain = sieve.program.plain.get(part.field)
    if plain is not None and helper in plain.columns:
        return _looked_up(sieve, part.field, helper, plain.columns[helper])
    (sql,) = (stage[helper] for stage in part.stages if helper in stage)
    if names_in(sql) <= {part.field}:
        return _looked_up(sieve, part.field, helper, sql)
    return _looked_up(sieve, part.field, helper, "NULL")


def suspect_stages(sieve: Sieve) -> list[Mapping[str, str]]:
    """Which cells the sieve holds back: those without a context first."""
    each = sieve.parts.each
    free = {f"{n}__odd": _odd(sieve, part) for n, part in each.items() if not part.contexts}
    bound = {f"{n}__odd": _odd(sieve, part) for n, part in each.items() if part.contexts}
    sums: dict[str, list[str]] = {}
    for name, (column, bit) in sieve.suspects().items():
        odd = quoted(f"{name}__odd")
        sums.setdefault(column.strip('"'), []).append(
            f"CASE WHEN {odd} THEN {bit}::BIGINT ELSE 0::BIGINT END"
        )
    return [free, bound, {column: " + ".join(terms) for column, terms in sums.items()}]


def _odd(sieve: Sieve, part: Part) -> str:
    name = part.field
    passes = [f"{_raw(name)} IS NULL"]
    if name in sieve.known:
        passes.append(quoted(name + "__known"))
    plain = sieve.program.plain.get(name)
    usable = plain is not None and all(_answered(plain.columns, part, h) for h in part.helpers)
    otherwise = f"NOT coalesce({plain.sql}, false)" if plain is not None and usable else "true"
    odd = f"CASE WHEN {' OR '.join(passes)} THEN false ELSE {otherwise} END"
    doubted = [quoted(f"{field_of(context)}__odd") for context in part.contexts]
    if not doubted:
        return odd
    return f"{_raw(name)} IS NOT NULL AND ({' OR '.join((*doubted, odd))})"


def _answered(columns: Mapping[str, str], part: Part, helper: str) -> bool:
    """Whether a helper of a plain cell can be told without the stages in between."""
    return helper in columns or any(
        helper in stage and names_in(stage[helper]) <= {part.field} for stage in part.stages
    )


def row_masks(sieve: Sieve) -> dict[str, str]:
    """Column → bits of the rules across fields and of blanks, for every mask of the program."""
    rules = {
        index: (f"{_raw(name)} IS NULL")
        for name, indexes in sieve.blank.items()
        for index in indexes
    } | {index: rule.sql for index, rule in sieve.parts.across.items()}
    sums: dict[int, list[str]] = {n: [] for n in range(-(-len(sieve.program.rules) // BITS))}
    for index, sql in sorted(rules.items()):
        sums[index // BITS].append(
            f"CASE WHEN {sql} THEN {1 << index % BITS}::BIGINT ELSE 0::BIGINT END"
        )
    return {f"__m{n}": " + ".join(terms) or "0::BIGINT" for n, terms in sums.items()}


def key_of(sieve: Sieve) -> str:
    """A hash of the natural key of a row; NULL where a part of it is blank."""
    key = sieve.program.natural_key
    if not key:
        return "NULL::UBIGINT"
    filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in key)
    return f"CASE WHEN {filled} THEN hash({', '.join(quoted(name) for name in key)}) END"


def keys(sieve: Sieve, source: str) -> str:
    """Row and natural key of every row of `source`, as if no cell of it were suspect."""
    fields = sieve.program.natural_key
    few = replace(
        sieve, known={n: k for n, k in sieve.known.items() if n in fields and n in k.columns}
    )
    values = [{name: _value(few, name, valued=True) for name in fields}]
    names = ", ".join(map(quoted, fields))
    rows = nested(recognised(few, source), values)
    return f"SELECT {ROW}, {key_of(sieve)} AS {KEY}, {names} FROM ({rows})"


def any_set(columns: Collection[str]) -> str:
    """Whether any of some masks has a bit."""
    return " OR ".join(f"{quoted(column)} <> 0" for column in columns)


def sieved(sieve: Sieve, source: str) -> str:
    """The rows of `source` that have a suspect cell or a fault across cells, as received.

    `source` has `"__row"`, `"<field>__raw"` for every field of the program and `"__on"`.
    """
    wanted = {name for name, part in sieve.parts.each.items() if part.valued}
    masks = row_masks(sieve)
    stages = [*quick_stages(sieve, wanted), *suspect_stages(sieve), masks]
    doubts = list(dict.fromkeys(column for column, _ in sieve.suspects().values()))
    held = any_set([*(column.strip('"') for column in doubts), *masks])
    texts = ", ".join(map(_raw, sieve.parts.each))
    rows = nested(recognised(sieve, source), stages)
    return f"SELECT {ROW}, {TODAY}, {', '.join(doubts)}, {texts} FROM ({rows}) WHERE {held}"
