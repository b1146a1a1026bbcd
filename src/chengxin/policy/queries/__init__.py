"""Which rulebook is in use, and which were: the latter are asked of the database.

What concerns files needs no Django; the editions a database has kept are in `queries.kept`.
"""

from chengxin.policy.queries.in_use import (
    current_rulebook,
    in_force_only_if_released,
    reload_rulebook,
    rulebook_folder,
    take_up_only_if_faultless,
    when_taken_up,
)

__all__ = [
    "current_rulebook",
    "in_force_only_if_released",
    "reload_rulebook",
    "rulebook_folder",
    "take_up_only_if_faultless",
    "when_taken_up",
]
