"""The verbs of intake 归集.

`preview` needs no database; the others do. So each is loaded when it is first asked for, and
`chengxin intake preview` starts without Django.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chengxin.intake.services.differences import accept_difference, decline_difference
    from chengxin.intake.services.exporting import export_faults
    from chengxin.intake.services.mending import accept_proposals
    from chengxin.intake.services.previewing import preview
    from chengxin.intake.services.releasing import decide_match, release, return_batch
    from chengxin.intake.services.submitting import submit
    from chengxin.intake.services.tables import read_table, stage_table
    from chengxin.intake.services.undoing import decide_case, undo_match

_HOMES = {
    "preview": "previewing",
    "submit": "submitting",
    "release": "releasing",
    "return_batch": "releasing",
    "decide_match": "releasing",
    "accept_proposals": "mending",
    "export_faults": "exporting",
    "accept_difference": "differences",
    "decline_difference": "differences",
    "decide_case": "undoing",
    "undo_match": "undoing",
    "read_table": "tables",
    "stage_table": "tables",
}

__all__ = [
    "accept_difference",
    "accept_proposals",
    "decide_case",
    "decide_match",
    "decline_difference",
    "export_faults",
    "preview",
    "read_table",
    "release",
    "return_batch",
    "stage_table",
    "submit",
    "undo_match",
]


def __getattr__(name: str) -> Any:
    """Load the verb asked for, once; a module of the same name never stands in its place."""
    if name not in _HOMES:
        raise AttributeError(name)
    verb = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = verb
    return verb
