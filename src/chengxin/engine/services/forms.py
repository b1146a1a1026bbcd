"""Check a form as it is filled in: one cell, in a moment."""

from collections.abc import Mapping
from datetime import date

from chengxin.engine.rules.wording import Wording
from chengxin.engine.services.checking import judged_faults
from chengxin.engine.services.rows import row_check
from chengxin.engine.values import Fault, Program


def check_field(
    program: Program, field: str, row: Mapping[str, str | None], *, on: date
) -> list[Fault]:
    """The faults shown at one cell of a row: what `check` finds there.

    `row` maps fields to texts as entered; rules across cells read the others from it. Whether
    the same act stands in another row is not asked. Raises: `KeyError` for an unknown field.
    """
    if field not in program.fields:
        raise KeyError(field)
    entered = {name: [text or None] for name, text in row.items()}
    with row_check(program) as check:
        judged = check.judge(entered, 1, on, field)
    return list(judged_faults(program, Wording(program), judged))
