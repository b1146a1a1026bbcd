"""Reading the rulebook from a folder."""

from chengxin.policy.services.loading import (
    check_rulebook,
    load_harmless,
    load_rulebook,
    load_traps,
)

__all__ = ["check_rulebook", "load_harmless", "load_rulebook", "load_traps"]
