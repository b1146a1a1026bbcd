"""Check a batch: from columns of text to faults of cells, in order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from chengxin.engine.rules import statements
from chengxin.engine.rules.wording import Wording
from chengxin.engine.services.sessions import session_of, suited
from chengxin.engine.values import RAW, Fault, Program, Rule, Severity

Normalised = dict[str, list[str | None]]
"""Field → normalised text of each row: dates ISO, amounts in yuan, codes of the code lists."""


def check(
    program: Program, columns: Mapping[str, Sequence[str | None]], *, on: date
) -> list[Fault]:
    """Every fault of every row; see `examine`."""
    return examine(program, columns, on=on)[0]


def examine(
    program: Program, columns: Mapping[str, Sequence[str | None]], *, on: date
) -> tuple[list[Fault], Normalised]:
    """Every fault of every row, in order of rows, then of rules; and the rows in their one form.

    `columns` maps fields to texts as received; a field without a column is blank throughout.
    `on` is the day of the check: what lies after it is in the future.
    Raises: `ValueError` if the columns differ in length.
    """
    program = suited(program, columns)
    with session_of(program) as session:
        session.load(columns, on)
        table = session.faulty()
        again = session.repeated()
        normalised = session.normalised()
    wording = Wording(program)
    faults = list(worded(program, wording, table, tuple(Severity)))
    if again:
        faults += [wording.repeated(row, first) for row, first in again]
        faults.sort(key=lambda fault: fault.row)  # stable: rules keep their order
    return faults, normalised


def worded(
    program: Program, wording: Wording, table: Any, severities: Collection[Severity]
) -> Iterator[Fault]:
    """The faults of rows with their masks, texts and what messages need; see `statements`."""
    found: dict[str, list[Any]] = {}

    def cell(name: str, at: int) -> Any:
        """Columns are unpacked only when a message needs them; one that is not there is NULL."""
        if name not in found:
            there = table.schema.get_field_index(name)
            found[name] = table.column(there).to_pylist() if there >= 0 else []
        return found[name][at] if found[name] else None

    sums = [table.column(f"__m{n}").to_pylist() for n in range(len(statements.masks(program)))]
    for at, row in enumerate(table.column("__row").to_pylist()):
        for rule in _set_bits(program, [mask[at] or 0 for mask in sums]):
            if rule.severity not in severities:
                continue
            yield wording.fault(
                rule,
                row,
                received=cell(rule.field + RAW, at) or "",
                normalised=cell(rule.field, at) or "",
                proposal=_proposal(rule, cell, at),
                personal=rule.field in program.personal_if
                and bool(cell(rule.field + "__personal", at)),
                kind=cell(rule.field + "__kind", at) if rule.id_kind else None,
            )


def _set_bits(program: Program, sums: Sequence[int]) -> Iterator[Rule]:
    for number, mask in enumerate(sums):
        left = mask
        while left:
            bit = (left & -left).bit_length() - 1
            left &= left - 1
            yield program.rules[number * statements.BITS + bit]


def _proposal(rule: Rule, cell: Any, at: int) -> str | None:
    if rule.proposal_sql is None:
        return None
    name = rule.field if statements.plain_proposal(rule) else statements.proposal_column(rule)
    proposed: str | None = cell(name, at)
    return proposed
