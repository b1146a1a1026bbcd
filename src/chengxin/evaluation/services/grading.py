"""The grades of a whole register by one statement, each with its tree."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import pyarrow as pa

from chengxin.engine.services.grouping import answered
from chengxin.evaluation.queries.gathering import Gathered, in_use
from chengxin.evaluation.rules import COLUMNS, SUBJECT_COLUMNS, judge
from chengxin.evaluation.rules.statements import ANSWER, question
from chengxin.evaluation.values import Outcome
from chengxin.policy.values.models import Model

DAYS: Final = frozenset({"decided_on", "since", "until"})


def graded(
    model: Model, gathered: Gathered, *, on: date, fields: Sequence[str]
) -> dict[str, Outcome]:
    """The outcome of every organisation that has one.

    The statement grades all, here or on the cluster `CHENGXIN_ENGINE` names; those with records
    that counted are judged again for their tree.
    Raises: `AssertionError` if the two ever disagreed, and what the engine raises.
    """
    tables = {"facts": _facts(gathered, on, fields), "businesses": _businesses(gathered)}
    rows = answered(question([model], on, tables)).to_pylist()
    found: dict[str, Outcome] = {}
    for row in rows:
        subject, grade, points, counts = (row[name] for name in ANSWER)
        outcome: Outcome | None = Outcome(grade, points)
        if any(counts):
            outcome = judge(
                model, gathered.businesses[subject], gathered.facts.get(subject, ()), on
            )
        if outcome is None or (outcome.grade, outcome.points) != (grade, points):
            raise AssertionError(f"two readings of model {model.code} differ for {subject}")
        found[subject] = outcome
    return found


def _facts(gathered: Gathered, on: date, fields: Sequence[str]) -> pa.Table:
    names = [*COLUMNS, *fields]
    columns: dict[str, list[object]] = {name: [] for name in names}
    for subject, fact in in_use(gathered, on):
        columns["subject"].append(subject)
        for name in COLUMNS[1:]:
            columns[name].append(getattr(fact, name))
        for name in fields:
            columns[name].append(fact.fields.get(name))
    kinds = [(name, pa.date32() if name in DAYS else pa.string()) for name in names]
    return pa.table(columns, schema=pa.schema(kinds))


def _businesses(gathered: Gathered) -> pa.Table:
    rows = list(gathered.businesses.values())
    columns = {name: [getattr(one, name) for one in rows] for name in SUBJECT_COLUMNS}
    return pa.table(columns, schema=pa.schema([(name, pa.string()) for name in SUBJECT_COLUMNS]))
