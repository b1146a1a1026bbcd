"""The closer look 复核 at what the sieve held back: each different text once, then whole rows."""
# ruff: noqa: S608

from collections.abc import Collection, Mapping
from typing import Final

from chengxin.engine.rules.parts import Part, judged, local_masks, names_in
from chengxin.engine.rules.sieving import (
    KEY,
    ROW,
    Sieve,
    key_of,
    keys,
    nested,
    quick_stages,
    recognised,
    row_masks,
)
from chengxin.engine.rules.statements import BITS, mended, quoted
from chengxin.engine.values import RAW, TODAY, Program, Severity

PERSONAL: Final = "__personal"
GRAVE: Final = "__grave"


def judgements(part: Part, source: str) -> str:
    """Every different text (with its contexts) of `source`, judged by the part of its field."""
    return judged(part, f"(SELECT DISTINCT * FROM ({source}))")


def suspects_of(sieve: Sieve, part: Part, rows: str) -> str:
    """The suspect texts of one field in `rows`, with their contexts."""
    column, bit = sieve.suspects()[part.field]
    names = ", ".join(quoted(name) for name in (part.field + RAW, *part.contexts))
    return f"SELECT {names} FROM {rows} WHERE ({column} & {bit}) <> 0"


def passed(sieve: Sieve, held: str) -> str:
    """Held rows with the columns their cells would have if none were suspect."""
    every = tuple(sieve.parts.each)
    return nested(recognised(sieve, held), quick_stages(sieve, every))


def joined(sieve: Sieve, rows: str, tables: Mapping[str, str]) -> str:
    """`rows` with what was judged in place of what passed, for the fields of `tables`."""
    if not tables:
        return f"SELECT * FROM ({rows})"
    marks = sieve.suspects()
    replaced, added, joins = [], [], []
    for at, (name, table) in enumerate(tables.items()):
        part, alias = sieve.parts.each[name], f"j{at}"
        column, bit = marks[name]
        doubted = f"(r.{column} & {bit}) <> 0"
        for one in (name, *part.helpers):
            value = f"CASE WHEN {doubted} THEN {alias}.{quoted(one)} ELSE r.{quoted(one)} END"
            replaced.append(f"{value} AS {quoted(one)}")
        added += [f"{alias}.{quoted(one)}" for one in (*part.shown, *_masks(part))]
        raw = quoted(name + RAW)
        same = [f"CASE WHEN {doubted} THEN r.{raw} END = {alias}.{raw}"]
        same += [f"r.{quoted(c)} IS NOT DISTINCT FROM {alias}.{quoted(c)}" for c in part.contexts]
        joins.append(f"LEFT JOIN {table} {alias} ON {' AND '.join(same)}")
    columns = ", ".join((f"r.* REPLACE ({', '.join(replaced)})", *added))
    return f"SELECT {columns} FROM ({rows}) r {' '.join(joins)}"


def _masks(part: Part) -> list[str]:
    return [alias.strip('"') for alias in local_masks(part)]


def looked_at(sieve: Sieve, rows: str, tables: Collection[str]) -> str:
    """Held rows with everything found and everything messages need.

    Columns: the row, masks, the key, `<field>__raw`, the fields, who is personal, proposals.
    """
    program, parts = sieve.program, sieve.parts.each
    masks = row_masks(sieve)
    for name in tables:
        for alias in _masks(parts[name]):
            mask = f"__m{alias.rpartition('__l')[2]}"
            masks[mask] += f" + coalesce({quoted(alias)}, 0)"
    constant = {alias: sql for alias, sql in mended(program).items() if not names_in(sql)}
    last = dict(masks)
    last |= {name + PERSONAL: sql for name, sql in program.personal_if.items()}
    last |= constant | {KEY.strip('"'): key_of(sieve)}
    shown = [a for name in tables for a in parts[name].shown if a not in constant]
    columns = [
        ROW, *sorted({column for column, _ in sieve.suspects().values()}),
        *(quoted(name + RAW) for name in parts), *map(quoted, parts), *map(quoted, shown),
    ]  # fmt: skip
    hidden = ", ".join(quoted(alias) for alias in constant if alias in {*_all_shown(sieve, tables)})
    base = f"SELECT * EXCLUDE ({hidden}) FROM ({rows})" if hidden else rows
    added = ", ".join(quoted(name) for name in last)
    return f"SELECT {', '.join(columns)}, {added} FROM ({nested(base, [last])})"


def _all_shown(sieve: Sieve, tables: Collection[str]) -> list[str]:
    return [alias for name in tables for alias in sieve.parts.each[name].shown]


def source_of(sieve: Sieve, relation: str, columns: Mapping[str, str], row: str) -> str:
    """A batch as the sieve reads it: the row, `"<field>__raw"` of every field, the day."""
    texts = ", ".join(
        f"{quoted(columns[name]) if name in columns else 'CAST(NULL AS VARCHAR)'} "
        f"AS {quoted(name + RAW)}"
        for name in sieve.program.fields
    )
    return f"(SELECT {row} AS {ROW}, {texts}, {sieve.day} AS {TODAY} FROM {relation})"


def repeated(sieve: Sieve, source: str, held: str) -> tuple[str, str]:
    """Rows whose natural key an earlier row has: keys that occur again, then (row, first row).

    The first statement makes the table `again` of hashes; the second compares the texts
    themselves. `held` has the key of rows with a suspect cell.
    """
    fields = ", ".join(quoted(name) for name in sieve.program.natural_key)
    every = (
        f"(SELECT * FROM ({keys(sieve, source)}) WHERE {ROW} NOT IN (SELECT {ROW} FROM {held}) "
        f"UNION ALL SELECT {ROW}, {KEY}, {fields} FROM {held})"
    )
    hashes = (
        f"CREATE OR REPLACE TABLE again AS SELECT {KEY} FROM {every} WHERE {KEY} IS NOT NULL "
        f"GROUP BY {KEY} HAVING count(*) > 1"
    )
    first = f"min({ROW}) OVER (PARTITION BY {fields}) AS first_row"
    rows = f"SELECT {ROW}, {first} FROM {every} WHERE {KEY} IN (SELECT {KEY} FROM again)"
    return hashes, f"SELECT {ROW}, first_row FROM ({rows}) WHERE {ROW} > first_row"


def in_one_form(
    sieve: Sieve, source: str, kept: str, held: str, again: str, columns: Mapping[str, str]
) -> str:
    """Every row in the order of the file: what is kept, `__grave`, each field and its text."""
    grave = any_grave(sieve, "h")
    marks = f"(coalesce({grave}, false) OR d.{ROW} IS NOT NULL) AS {quoted(GRAVE)}"
    fields = ", ".join(
        f"CASE WHEN h.{ROW} IS NULL THEN q.{quoted(name)} ELSE h.{quoted(name)} END AS "
        f"{quoted(name)}, q.{quoted(name + RAW)}"
        for name in columns
    )
    return (
        f"SELECT {kept}{marks}, {fields} FROM ({passed(sieve, source)}) q "
        f"LEFT JOIN {held} h ON q.{ROW} = h.{ROW} LEFT JOIN {again} d ON q.{ROW} = d.{ROW}"
    )


def any_grave(sieve: Sieve, alias: str) -> str:
    """Whether a row has a fault of severity ERROR."""
    bits = severity_bits(sieve.program, (Severity.ERROR,))
    return " OR ".join(f"({alias}.{quoted(mask)} & {bit}) <> 0" for mask, bit in bits.items())


def severity_bits(program: Program, severities: Collection[Severity]) -> dict[str, int]:
    """Mask → the bits of the rules of these severities."""
    count = -(-len(program.rules) // BITS)
    found = dict.fromkeys((f"__m{n}" for n in range(count)), 0)
    for index, rule in enumerate(program.rules):
        if rule.severity in severities:
            found[f"__m{index // BITS}"] |= 1 << index % BITS
    return found
