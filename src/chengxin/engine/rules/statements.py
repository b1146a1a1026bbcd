"""The SQL statements of a program: stages as nested selects, rules as bits of a mask.

Every name is quoted and every text a literal of the compiler's; no value of a file is ever in it.
"""
# ruff: noqa: S608

from collections.abc import Collection, Sequence
from dataclasses import replace

from chengxin.engine.values import DAY, RAW, TODAY, Program, Rule

ROW = '"__row"'
BITS = 62  # rules per mask: a BIGINT has 63 bits beside its sign


def received_columns(program: Program) -> tuple[str, ...]:
    """Columns of the batch as received: the row, the day of the check, a text per field."""
    return (ROW, TODAY, *(quoted(name + RAW) for name in program.fields))


def create_received(program: Program) -> str:
    """The table a batch is put into."""
    texts = ", ".join(f"{quoted(name + RAW)} VARCHAR" for name in program.fields)
    return f"CREATE TABLE received ({ROW} BIGINT, {TODAY} DATE, {texts})"


def restricted(program: Program, present: Collection[str]) -> Program:
    """The same program for batches without the other fields: their cells are all blank.

    It finds the same faults with less work: of a blank cell only presence is asked.
    """
    absent = tuple(name for name in program.fields if name not in present)
    if not absent:
        return program
    blank = dict.fromkeys(absent, "CAST(NULL AS VARCHAR)")
    blank |= {name + DAY: "CAST(NULL AS DATE)" for name in absent}
    stages = tuple(
        {column: sql for column, sql in stage.items() if _still(column, absent)}
        for stage in program.stages
    )
    rules = tuple(rule for rule in program.rules if rule.field in present or rule.of_blank)
    return replace(
        program,
        stages=(blank, *(stage for stage in stages if stage)),
        rules=rules,
        digest=f"{program.digest}|{','.join(absent)}",
    )


def _still(name: str, absent: Collection[str]) -> bool:
    """Whether a column is wanted without its field: what rules ask of it has an answer."""
    owner, _, rest = name.partition("__")
    return owner not in absent or rest.startswith("is_")


def staged(program: Program, source: str) -> str:
    """`source` with the columns of every stage added, one after the other.

    Of these only what the fields, the rules and their messages need is left at the end.
    """
    select = f"SELECT * FROM {source}"
    for stage in program.stages:
        added = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in stage.items())
        select = f"SELECT *, {added} FROM ({select})"
    return f"SELECT {', '.join(_needed(program))} FROM ({select})"


def _needed(program: Program) -> list[str]:
    """Columns something after the stages looks at, in a settled order."""
    asked = " ".join(
        (
            *(
                f"{rule.sql} {rule.proposal_sql or ''} {rule.id_kind or ''}"
                for rule in program.rules
            ),
            *program.personal_if.values(),
        )
    )
    helpers = (quoted(name) for stage in program.stages for name in stage)
    shared = [name for name in helpers if name in asked]
    fields = [quoted(name) for name in program.fields]
    texts = [quoted(name + RAW) for name in program.fields]
    return list(dict.fromkeys((ROW, TODAY, *fields, *texts, *shared)))


def masks(program: Program) -> tuple[str, ...]:
    """One sum of bits per 62 rules: bit i is set when rule i finds a fault."""
    return tuple(
        " + ".join(
            f"CASE WHEN {rule.sql} THEN {1 << bit}::BIGINT ELSE 0::BIGINT END"
            for bit, rule in enumerate(program.rules[start : start + BITS])
        )
        for start in range(0, len(program.rules), BITS)
    )


def faulty(program: Program, source: str) -> str:
    """Every row with a fault: its masks, its normalised fields, what else messages need."""
    sums = ", ".join(f"{mask} AS {quoted(f'__m{n}')}" for n, mask in enumerate(masks(program)))
    shown = ", ".join(
        (
            *(quoted(name) for name in program.fields),
            *(quoted(name + RAW) for name in program.fields),
            *(
                f"{sql} AS {quoted(name + '__personal')}"
                for name, sql in program.personal_if.items()
            ),
            *(f"{sql} AS {quoted(alias)}" for alias, sql in id_kinds(program).items()),
            *(f"{sql} AS {quoted(alias)}" for alias, sql in mended(program).items()),
        )
    )
    count = len(masks(program))
    any_bit = " OR ".join(f"{quoted(f'__m{n}')} <> 0" for n in range(count))
    inner = f"SELECT {ROW}, {sums}, {shown} FROM {source}"
    return f"SELECT * FROM ({inner}) WHERE {any_bit} ORDER BY {ROW}"


def id_kinds(program: Program) -> dict[str, str]:
    """Column → SQL for the kind of number each identifier was read as."""
    return {rule.field + "__kind": rule.id_kind for rule in program.rules if rule.id_kind}


def mended(program: Program) -> dict[str, str]:
    """Column → SQL for proposals that are more than a column or a literal, each once."""
    return {
        proposal_column(rule): rule.proposal_sql
        for rule in program.rules
        if rule.proposal_sql is not None and not plain_proposal(rule)
    }


def plain_proposal(rule: Rule) -> bool:
    """Whether the proposal is the normalised text itself."""
    return rule.proposal_sql == quoted(rule.field)


def proposal_column(rule: Rule) -> str:
    """Name of the column that holds a rule's proposal."""
    return f"{rule.field}__{rule.code}"


def repeated(natural_key: Sequence[str], source: str) -> str:
    """Rows that report an act an earlier row of the batch has reported: (row, first row)."""
    keys = ", ".join(quoted(name) for name in natural_key)
    filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in natural_key)
    first = f"min({ROW}) OVER (PARTITION BY {keys})"
    inner = f"SELECT {ROW}, {first} AS first_row FROM {source} WHERE {filled}"
    return f"SELECT {ROW}, first_row FROM ({inner}) WHERE {ROW} > first_row ORDER BY {ROW}"


def quoted(name: str) -> str:
    """A column name in double quotes."""
    return '"' + name.replace('"', '""') + '"'
