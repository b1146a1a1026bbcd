"""A condition as DuckDB SQL: the same meaning as its function, for a table of facts.

Facts are text columns named in full (`"penalty.severity"`). The day asked about is an SQL
expression of type DATE. Every expression is true or false, never NULL.
"""

from typing import Final

from chengxin.policy.values.conditions import All, Condition, FactKind, Op, Test

TRUE: Final = "true"
FALSE: Final = "false"
DAY: Final = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
AMOUNT: Final = "-?[0-9]{1,20}([.][0-9]{1,6})?"
INTEGER: Final = "-?[0-9]{1,18}"


def condition_sql(condition: Condition, on: str = "$on") -> str:
    """The SQL expression of a condition; `on` is the expression of the day asked about."""
    if isinstance(condition, Test):
        return _test(condition, on)
    word, empty = (" AND ", TRUE) if isinstance(condition, All) else (" OR ", FALSE)
    return f"({word.join(condition_sql(part, on) for part in condition.parts) or empty})"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _test(test: Test, on: str) -> str:
    column = f"nullif({quoted(test.fact)}, '')"
    if test.op is Op.HELD:
        return f"({column} IS {'NOT ' if test.value[0] == TRUE else ''}NULL)"
    if test.op in (Op.IS, Op.IN, Op.IS_NOT):
        return _sure(_named(test, column))
    if test.kind is FactKind.DATE:
        return _sure(_dated(test, column, on))
    sign = ">=" if test.op is Op.AT_LEAST else "<="
    return _sure(f"{_number(column, test.kind)} {sign} {test.value[0]}::DECIMAL(38, 6)")


def _sure(expression: str) -> str:
    return f"coalesce({expression}, false)"


def _named(test: Test, column: str) -> str:
    no = "NOT " if test.op is Op.IS_NOT else ""
    if test.kind is FactKind.CODES:
        return f"{no}list_has_any(string_split({column}, ';'), [{_texts(test.value)}])"
    if test.kind is FactKind.INTEGER:
        return f"{_number(column, test.kind)} {no}IN ({', '.join(test.value)})"
    return f"{column} {no}IN ({_texts(test.value)})"


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(map(literal, values))


def _dated(test: Test, column: str, on: str) -> str:
    day = day_sql(column)
    if test.op is Op.WITHIN_MONTHS:
        end = f"({day} + to_months({int(test.value[0])}))::DATE"
        return f"{day} <= {on} AND {on} < {end}"
    sign = "<" if test.op is Op.BEFORE else ">"
    return f"{day} {sign} DATE {literal(test.value[0])}"


def day_sql(column: str) -> str:
    """A text column as days; NULL for what is none."""
    return f"CASE WHEN regexp_full_match({column}, '{DAY}') THEN try_cast({column} AS DATE) END"


def _number(column: str, kind: FactKind) -> str:
    pattern = INTEGER if kind is FactKind.INTEGER else AMOUNT
    return (
        f"CASE WHEN regexp_full_match({column}, '{pattern}')"
        f" THEN try_cast({column} AS DECIMAL(38, 6)) END"
    )
