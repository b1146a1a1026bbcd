"""A model as one DuckDB statement over a table of facts and a table of organisations."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from chengxin.engine.values import Question, Source
from chengxin.evaluation.values import KINDS
from chengxin.policy.rules import condition_sql, quoted
from chengxin.policy.rules.condition_sql import day_sql, literal
from chengxin.policy.values.conditions import every_test
from chengxin.policy.values.models import Clause, Factor, Model, ModelKind

SUBJECT_COLUMNS: Final = ("subject", "kind", "division", "sector", "registered_on")
"""Of the table of organisations, all texts."""
COLUMNS: Final = ("subject", "record", "item", "unit", "decided_on", "since", "until")
"""Of the table of facts, the last three days; besides, a text column for each of `fields_read`."""
SUBJECT: Final = "subject"
ANSWER: Final = {"subject": "string", "grade": "string", "points": "int", "counts": "array<bigint>"}
"""The columns of `grades_sql` with their types on a cluster."""
ASIDE: Final = frozenset({"unit", "decided_on"})


def fields_read(models: Mapping[str, Model]) -> tuple[str, ...]:
    """The fields the models ask of records: the columns the table of facts needs."""
    found = set()
    for model in models.values():
        for clause in _clauses(model):
            for item, field in _facts(clause):
                if item != SUBJECT and field:
                    found.add(field)
        found |= {one.expires.field for one in model.factors if one.expires and one.expires.field}
    return tuple(sorted(found - ASIDE))


def question(models: Iterable[Model], on: date, tables: Mapping[str, Source]) -> Question:
    """What the engine is asked: each model's statement over `facts` and `businesses`."""
    day = f"DATE '{on.isoformat()}'"
    return Question([grades_sql(model, day) for model in models], tables, SUBJECT, ANSWER)


def grades_sql(model: Model, on: str, facts: str = "facts", businesses: str = "businesses") -> str:
    """The statement: a row (subject, grade, points, counts) for each organisation with a grade.

    `on` is an SQL expression of type DATE; `counts` says how many records counted for each factor,
    in the model's order. The table of facts is read once, grouped once.
    """
    flags = [f"{_counts(one, on)} AS f{index}" for index, one in enumerate(model.factors)]
    covers = [clause for clause in model.covers if clause.item]
    flags += [f"{_held(clause, on)} AS c{index}" for index, clause in enumerate(covers)]
    names = [flag.rpartition(" AS ")[2] for flag in flags]
    sums = ", ".join(f"count_if({name}) AS n_{name}" for name in names)
    counts = ", ".join(f"coalesce(n_f{index}, 0)::BIGINT" for index in range(len(model.factors)))
    return f"""
WITH flagged AS (
  SELECT subject, {", ".join(flags)}
  FROM {_joined(model, facts, businesses)}
  WHERE item IN ({_texts(model.items)}) AND since <= {on} AND (until IS NULL OR {on} < until)
), grouped AS (
  SELECT subject, {sums} FROM flagged WHERE {" OR ".join(names)} GROUP BY subject
), graded AS (
  SELECT b.subject, {_points(model)} AS points, [{counts}] AS counts
  FROM (SELECT *, {_of_subject()} FROM {businesses}) b LEFT JOIN grouped USING (subject)
  WHERE b.kind IN ({_texts(_kinds(model))}) AND {_covered(model, on)}
)
SELECT subject, {_grade(model)} AS grade, points, counts FROM graded WHERE grade IS NOT NULL
"""  # noqa: S608  every part is compiled from the rulebook, texts quoted


def _kinds(model: Model) -> tuple[str, ...]:
    return tuple(kind for kind, of in KINDS.items() if of in model.subject_kinds)


def _clauses(model: Model) -> Iterator[Clause]:
    yield from model.covers
    for factor in model.factors:
        yield factor.clause


def _facts(clause: Clause) -> Iterator[tuple[str, str]]:
    if clause.when is not None:
        for test in every_test(clause.when):
            item, _, field = test.fact.partition(".")
            yield item, field


def _joined(model: Model, facts: str, businesses: str) -> str:
    """The facts under the names conditions use; the organisation's own only where asked for."""
    asked = {pair for clause in _clauses(model) if clause.item for pair in _facts(clause)}
    named = ", ".join(
        f"{_column(field)} AS {quoted(f'{item}.{field}' if field else item)}"
        for item, field in sorted(asked)
        if item != SUBJECT
    )
    source = f"(SELECT *{', ' if named else ''}{named} FROM {facts})"  # noqa: S608
    if not any(item == SUBJECT for item, _ in asked):
        return source
    own = f"(SELECT subject, {_of_subject()} FROM {businesses})"  # noqa: S608
    return f"{source} JOIN {own} USING (subject)"


def _column(field: str) -> str:
    if not field:
        return "record"
    return "decided_on::VARCHAR" if field == "decided_on" else quoted(field)


def _of_subject() -> str:
    return ", ".join(f"{name} AS {quoted(f'{SUBJECT}.{name}')}" for name in SUBJECT_COLUMNS[2:])


def _texts(values: tuple[str, ...]) -> str:
    return ", ".join(map(literal, values))


def _held(clause: Clause, on: str) -> str:
    when = f" AND {condition_sql(clause.when, on)}" if clause.when is not None else ""
    return f"(item = {literal(clause.item)}{when})"


def _counts(factor: Factor, on: str) -> str:
    """Whether a record counts for a factor: its item, its condition, not expired."""
    parts = [_held(factor.clause, on), f"decided_on <= {on}"]
    expires = factor.expires
    if expires is not None and expires.months is not None:
        parts.append(f"{on} < (decided_on + to_months({expires.months}))::DATE")
    elif expires is not None:
        last = day_sql(f"nullif({quoted(expires.field)}, '')")
        parts.append(f"coalesce({on} <= {last}, false)")
    return f"({' AND '.join(parts)})"


def _covered(model: Model, on: str) -> str:
    if not model.covers:
        return "true"
    held = iter(range(len(model.covers)))
    ways = [
        f"coalesce(n_c{next(held)}, 0) > 0"
        if clause.item
        else (condition_sql(clause.when, on) if clause.when is not None else "true")
        for clause in model.covers
    ]
    return f"({' OR '.join(ways)})"


def _points(model: Model) -> str:
    if model.kind is not ModelKind.POINTS:
        return "NULL::INTEGER"
    parts = [str(model.start)]
    for index, factor in enumerate(model.factors):
        raw = f"coalesce(n_f{index}, 0) * ({factor.points})"
        capped = (
            raw if factor.cap is None else f"greatest({-factor.cap}, least({factor.cap}, {raw}))"
        )
        parts.append(capped)
    return f"greatest({model.floor}, least({model.ceiling}, {' + '.join(parts)}))::INTEGER"


def _grade(model: Model) -> str:
    if model.kind is ModelKind.POINTS:
        cases = [f"WHEN points >= {one.at_least} THEN {literal(one.code)}" for one in model.grades]
        return f"CASE {' '.join(cases)} END"
    cases = [
        f"WHEN counts[{index}] > 0 THEN {literal(one.grade)}"
        for index, one in enumerate(model.factors, 1)
    ]
    otherwise = literal(model.otherwise) if model.otherwise else "NULL"
    return f"CASE {' '.join(cases)} ELSE {otherwise} END"
