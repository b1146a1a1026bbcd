"""Reading the rulebook from a folder, and keeping its editions.

Reading needs no Django; keeping an edition in the database is `services.keeping`.
"""

from chengxin.policy.services.loading import (
    check_rulebook,
    edition_in,
    load_harmless,
    load_rulebook,
    load_traps,
)

__all__ = ["check_rulebook", "edition_in", "load_harmless", "load_rulebook", "load_traps"]
