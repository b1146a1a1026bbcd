"""What may follow what, by when, and which way leads out. Pure: no database, no clock."""

from chengxin.casework.rules.clocks import clock, left
from chengxin.casework.rules.harm import harm
from chengxin.casework.rules.machines import OPEN, allowed, barred, next_state, turn_of
from chengxin.casework.rules.wayout import may_ask, way_out

__all__ = [
    "OPEN",
    "allowed",
    "barred",
    "clock",
    "harm",
    "left",
    "may_ask",
    "next_state",
    "turn_of",
    "way_out",
]
