"""What may follow what, and what an adverse effect needs. Pure: no database, no clock."""

from chengxin.measures.rules.effects import entry_lacks, imposition_lacks
from chengxin.measures.rules.lives import advance, begin, fold
from chengxin.measures.rules.terms import ends_on, removal_from, standing_state, waits_until

__all__ = [
    "advance",
    "begin",
    "ends_on",
    "entry_lacks",
    "fold",
    "imposition_lacks",
    "removal_from",
    "standing_state",
    "waits_until",
]
