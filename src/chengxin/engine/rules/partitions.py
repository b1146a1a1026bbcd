"""What the workers of a cluster give back, and what the cluster itself is asked.

A worker runs the same statements as this process does; the cluster's own SQL is only the question
no worker can answer alone: which rows repeat each other.
"""
# ruff: noqa: S608

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chengxin.engine.rules import statements
from chengxin.engine.rules.closer import PERSONAL
from chengxin.engine.values import RAW, Program

LINE: Final = "line"
"""The column that orders the rows of a staged file; `intake` numbers its lines with it."""
BIGINT, TEXT, BOOLEAN = "BIGINT", "STRING", "BOOLEAN"


@dataclass(frozen=True)
class Shape:
    """Columns a worker gives back for each row, beside those copied through.

    Args:
        fields: those that have a column in the file; each in its one form and as received.
        masks: sums of bits, one per rule.
        personal: whether a value is a person's.
        told: what messages need: proposals, the kind of a number.

    """

    fields: tuple[str, ...]
    masks: tuple[str, ...]
    personal: tuple[str, ...]
    told: tuple[str, ...]

    def declared(self) -> list[tuple[str, str]]:
        """All of them with their types, in order."""
        texts = [column for name in self.fields for column in (name, name + RAW)]
        return [
            *((name, TEXT) for name in texts),
            *((name, BIGINT) for name in self.masks),
            *((name, BOOLEAN) for name in self.personal),
            *((name, TEXT) for name in self.told),
        ]


def shape_of(program: Program, fields: Sequence[str]) -> Shape:
    """The shape of what a program finds in files with these fields."""
    told = {**statements.id_kinds(program), **statements.mended(program)}
    count = len(statements.masks(program))
    return Shape(
        tuple(fields),
        tuple(f"__m{number}" for number in range(count)),
        tuple(name + PERSONAL for name in program.personal_if),
        tuple(told),
    )


def repeats(natural_key: Sequence[str], view: str) -> str:
    """Spark SQL: lines that report an act an earlier line has reported: (line, first line)."""
    keys = ", ".join(ticked(name) for name in natural_key)
    filled = " AND ".join(f"{ticked(name)} IS NOT NULL" for name in natural_key)
    first = f"min({LINE}) OVER (PARTITION BY {keys})"
    inner = f"SELECT {LINE}, {first} AS first_line FROM {view} WHERE {filled}"
    return f"SELECT {LINE}, first_line FROM ({inner}) WHERE {LINE} > first_line"


def ticked(name: str) -> str:
    """A column name as Spark quotes it."""
    return "`" + name.replace("`", "``") + "`"
