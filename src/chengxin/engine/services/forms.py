"""Check one cell of a form, quickly: only its own rules, planned once and kept."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import duckdb

from chengxin.engine.rules.slices import one_row, sliced
from chengxin.engine.rules.wording import Wording
from chengxin.engine.services.checking import worded
from chengxin.engine.values import Fault, Program, Severity

KEPT: Final = 200  # fields whose plan is kept

_guard = threading.Lock()
_plans: OrderedDict[str, "_Plan"] = OrderedDict()


class _Plan:
    """A connection with the prepared rules of one field; it serves one call at a time."""

    def __init__(self, program: Program) -> None:
        self.lock = threading.Lock()
        self.program = program
        self._wording = Wording(program)
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "128MB"})
        self._connection.execute("PRAGMA disable_optimizer")
        self._connection.execute(f"PREPARE cell AS {one_row(program)}")

    def faults(self, row: Mapping[str, str | None], on: date) -> list[Fault]:
        texts = ", ".join(_literal(row.get(name)) for name in self.program.fields)
        call = f"EXECUTE cell({texts}, DATE '{on.isoformat()}')"
        table: Any = self._connection.sql(call).to_arrow_table()
        return list(worded(self.program, self._wording, table, tuple(Severity)))


def check_field(
    program: Program, field: str, row: Mapping[str, str | None], *, on: date
) -> list[Fault]:
    """The faults shown at one cell of a row: what `check` finds there, in milliseconds.

    `row` maps fields to texts as entered; rules across cells read the others from it. Whether
    the same act stands in another row is not asked. Raises: `KeyError` for an unknown field.
    """
    if field not in program.fields:
        raise KeyError(field)
    key = f"{program.digest}|{field}"
    with _guard:
        plan = _plans.pop(key, None) or _Plan(sliced(program, field))
        _plans[key] = plan
        while len(_plans) > KEPT:
            _plans.popitem(last=False)
    with plan.lock:
        return plan.faults(row, on)


def _literal(text: str | None) -> str:
    """An argument of EXECUTE, which takes literals only; doubled quotes are all it needs."""
    return "'" + text.replace("'", "''") + "'" if text else "NULL"
