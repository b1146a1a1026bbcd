"""The verbs of the room."""

from chengxin.visitors.services.arriving import (
    arrive,
    register_demonstration,
    sign_in_demonstration,
)
from chengxin.visitors.services.counter import open_at_counter, present
from chengxin.visitors.services.demonstration import renew
from chengxin.visitors.services.departing import come_back, depart
from chengxin.visitors.services.mandates import authorise, end_mandate, leave_counter, step_in

__all__ = [
    "arrive",
    "authorise",
    "come_back",
    "depart",
    "end_mandate",
    "leave_counter",
    "open_at_counter",
    "present",
    "register_demonstration",
    "renew",
    "sign_in_demonstration",
    "step_in",
]
