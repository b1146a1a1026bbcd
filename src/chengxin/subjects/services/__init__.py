"""The writers of the room, each loaded when it is first asked for.

`link_table` needs no database and no Django; the others do.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chengxin.subjects.services.importing import import_organisations
    from chengxin.subjects.services.linking import link_table
    from chengxin.subjects.services.merging import decide_merge, propose_merge, split
    from chengxin.subjects.services.opening import register_from_rows, register_table

_HOMES = {
    "link_table": "linking",
    "decide_merge": "merging",
    "propose_merge": "merging",
    "split": "merging",
    "import_organisations": "importing",
    "register_from_rows": "opening",
    "register_table": "opening",
}

__all__ = [
    "decide_merge",
    "import_organisations",
    "link_table",
    "propose_merge",
    "register_from_rows",
    "register_table",
    "split",
]


def __getattr__(name: str) -> Any:
    """Load the verb asked for, once."""
    if name not in _HOMES:
        raise AttributeError(name)
    verb = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = verb
    return verb
