"""Rows whose code is odd, though not wrong: they are looked at one by one."""

from chengxin.engine.services import Examined
from chengxin.engine.values import Severity
from chengxin.intake.rules.parties import CODES


def doubtful_rows(examined: Examined) -> set[int]:
    """Rows (from 0) in which a code of the party has a wrong check digit, or is a placeholder."""
    if not any(_is_doubt(group.field, group.code) for group in examined.groups):
        return set()
    return {
        fault.row
        for fault in examined.faults(severities=(Severity.WARNING, Severity.NOTE))
        if _is_doubt(fault.field, fault.code)
    }


def _is_doubt(field: str, code: str) -> bool:
    return field in CODES and code.startswith("IDS-")
