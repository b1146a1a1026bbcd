"""Which rulebook is in use."""


from chengxin.policy.queries.in_use import (
    current_rulebook,
    reload_rulebook,
    rulebook_folder,
    take_up_only_if_faultless,
)

__all__ = [
    "current_rulebook",
    "reload_rulebook",
    "rulebook_folder",
    "take_up_only_if_faultless",
]
