"""What the engine is given and what it answers: rules as DuckDB SQL, faults as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa

RAW: Final = "__raw"
"""`"decided_on"` in a rule is the normalised text, `"decided_on__raw"` the text as received."""

FINDING: Final = "__finding"
"""`"uscc__finding"` in a rule is what `kernel.ids` would say of it: "verdict|code"."""

DAY: Final = "__day"
"""`"decided_on__day"` in a rule is the normalised text as a DATE, NULL if it is none."""

TODAY: Final = '"__on"'
"""The day of the check in a rule, a DATE: rules know no clock."""


class Severity(StrEnum):
    """How much a fault 校验问题 weighs."""

    ERROR = "error"  # the row is not acceptable
    WARNING = "warning"  # accepted or held; a person should look
    NOTE = "note"  # read, and rewritten safely; shown so that nothing changes unseen


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong with one field, as one SQL expression.

    Args:
        code: of the fault, `CATALOGUE-CAUSE` or `INTAKE-CAUSE`.
        field: the cell the fault is shown at.
        sql: true when the row is at fault; false or NULL passes.
        message_zh, message_en: templates over `{value}` (the text as received, masked where
            personal), `{proposal}`, `{basis}` and `{difference}` (said where the eye sees none).
        basis: the law or catalogue entry the rule stands on.
        proposal_sql: a text to offer instead, or NULL; never applied unasked.
        of_blank: whether the rule can find a fault in a blank cell.
        id_kind: for an identifier, SQL for the kind of number it was read as; the reason
            `{reason}` in the message then comes from `kernel.ids`, with `id_verdict`.

    """

    code: str
    field: str
    sql: str
    message_zh: str
    message_en: str
    basis: str
    proposal_sql: str | None = None
    severity: Severity = Severity.ERROR
    id_kind: str | None = None
    id_verdict: str = ""
    of_blank: bool = False


@dataclass(frozen=True)
class Plain:
    """When a cell is plain 合规原样: in order as received, so that no rule need look at it.

    Args:
        sql: true only where none of the rules that ask this cell alone finds anything. It sees
            `"<field>__raw"`, never blank, the contexts of the field and its own stages.
        columns: what the program's stages would make of a plain cell, where that is not the text
            itself (an amount in yuan) or is dearer to ask of them.
        stages: columns added one after the other, shared by `sql` and `columns`.

    """

    sql: str
    columns: Mapping[str, str] = field(default_factory=dict)
    stages: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Program:
    """A catalogue item 目录事项 compiled: how to normalise each field, and every rule.

    `stages` are columns added one after the other: the first over the texts as received
    (`"<field>__raw"`), each next over all before, until every field stands normalised under
    its own name, and what several rules share beside it. `rules` are expressions over the
    outcome. `personal` names fields whose values are masked in messages, always; `personal_if`
    maps a field to an expression that says for which rows it is personal. `natural_key` finds
    rows that report the same act twice. `digest` names the exact text of it all: programs of
    the same digest find the same faults.
    """

    item: str
    fields: tuple[str, ...]
    stages: tuple[Mapping[str, str], ...]
    rules: tuple[Rule, ...]
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()
    personal_if: Mapping[str, str] = field(default_factory=dict)
    natural_key: tuple[str, ...] = ()
    basis: str = ""
    digest: str = ""
    plain: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault 校验问题 of one cell: `row` counts from 0 in the columns that were checked.

    Messages hold no personal value; `proposal` may: then `private` is set, and it is shown only
    to who may see the row.
    """

    row: int
    field: str
    code: str
    message_zh: str
    message_en: str
    proposal: str | None
    basis: str
    severity: Severity
    private: bool = False


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All faults of one kind at one field: how many, and the first rows they stand at (from 0)."""

    field: str
    code: str
    severity: Severity
    count: int
    rows: tuple[int, ...]


Source: TypeAlias = Path | pa.Table
"""A table: a file of Parquet, or in memory."""


@dataclass(frozen=True)
class Question:
    """Statements over `tables`, each of which has the text column `by`.

    All statements answer with the same columns, `answer`: name → Spark type, `by` among them. A
    row of an answer may depend on the rows of its own key only; that is what lets a cluster work.
    """

    statements: Sequence[str]
    tables: Mapping[str, Source]
    by: str
    answer: Mapping[str, str]
    memory: str = "4GB"
