"""Check a batch: from columns of text to faults of cells, in order."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from chengxin.engine.rules import statements
from chengxin.engine.rules.wording import Wording
from chengxin.engine.services.rows import Judged, row_check
from chengxin.engine.services.sessions import session_of, suited
from chengxin.engine.values import RAW, Fault, Program, Rule, Severity

Normalised = dict[str, list[str | None]]
"""Field → normalised text of each row: dates ISO, amounts in yuan, codes of the code lists."""

ALONE: Final = 2_000
"""Rows up to which queries kept open are quicker than running the whole program."""


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
    rows = _rows(columns)
    if rows <= ALONE:
        return _by_open_queries(program, columns, rows, on)
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


def _rows(columns: Mapping[str, Sequence[str | None]]) -> int:
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns differ in length: {sorted(lengths)}")
    return lengths.pop() if lengths else 0


def _by_open_queries(
    program: Program, columns: Mapping[str, Sequence[str | None]], rows: int, on: date
) -> tuple[list[Fault], Normalised]:
    """Some rows, by the queries kept open for a form: nothing is planned anew for them."""
    with row_check(program) as check:
        judged = check.judge(columns, rows, on)
        clean: Normalised = {name: list(judged.columns[name]) for name in program.fields}
    again = _repeated(program.natural_key, clean, rows)
    wording = Wording(program)
    faults = list(judged_faults(program, wording, judged))
    faults += [wording.repeated(row, first) for row, first in again]
    return sorted(faults, key=lambda fault: fault.row), clean


def _repeated(key: Sequence[str], clean: Normalised, rows: int) -> Iterator[tuple[int, int]]:
    """Rows, in their one form, that repeat an earlier one, and that; like `statements.repeated`."""
    firsts: dict[tuple[str | None, ...], int] = {}
    for row in range(rows) if key else ():
        texts = tuple(clean[name][row] for name in key)
        if None not in texts and (first := firsts.setdefault(texts, row)) != row:
            yield row, first


def judged_faults(program: Program, wording: Wording, judged: Judged) -> Iterator[Fault]:
    """The faults of rows judged by open queries."""
    for row in judged.found():
        yield from _of_row(program, wording, row, judged.sums[row], partial(judged.cell, at=row))


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
        masks = [mask[at] or 0 for mask in sums]
        faults = _of_row(program, wording, row, masks, partial(cell, at=at))
        yield from (fault for fault in faults if fault.severity in severities)


def _of_row(
    program: Program,
    wording: Wording,
    row: int,
    sums: Sequence[int],
    cell: Callable[[str], Any],
) -> Iterator[Fault]:
    for rule in _set_bits(program, sums):
        yield wording.fault(
            rule,
            row,
            received=cell(rule.field + RAW) or "",
            normalised=cell(rule.field) or "",
            proposal=_proposal(rule, cell),
            personal=rule.field in program.personal_if and bool(cell(rule.field + "__personal")),
            kind=cell(rule.field + "__kind") if rule.id_kind else None,
        )


def _set_bits(program: Program, sums: Sequence[int]) -> Iterator[Rule]:
    for number, mask in enumerate(sums):
        left = mask
        while left:
            bit = (left & -left).bit_length() - 1
            left &= left - 1
            yield program.rules[number * statements.BITS + bit]


def _proposal(rule: Rule, cell: Callable[[str], Any]) -> str | None:
    if rule.proposal_sql is None:
        return None
    name = rule.field if statements.plain_proposal(rule) else statements.proposal_column(rule)
    proposed: str | None = cell(name)
    return proposed
