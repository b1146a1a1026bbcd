"""Bring a batch to its one form."""

from collections.abc import Mapping, Sequence
from datetime import date

from chengxin.engine.services.sessions import session_of, suited
from chengxin.engine.values import Program


def normalise(
    program: Program, columns: Mapping[str, Sequence[str | None]], *, on: date = date.max
) -> dict[str, list[str | None]]:
    """Normalised text per field: dates ISO 8601, amounts in yuan, codes of the code lists.

    Text that could not be read stays as it came, trimmed; `check` says so. No expression
    depends on the day so far; it is taken so that a caller need not know that.
    """
    with session_of(suited(program, columns)) as session:
        session.load(columns, on)
        return session.normalised()
