"""Questions about visitors: who it is, whom it may act for, and the actor it is for that."""

from chengxin.visitors.queries.mandates import mandates_of, options, standing
from chengxin.visitors.queries.providers import provider, providers
from chengxin.visitors.queries.visitors import (
    demonstration_logins,
    demonstration_visitors,
    opened_identity,
)

__all__ = [
    "demonstration_logins",
    "demonstration_visitors",
    "mandates_of",
    "opened_identity",
    "options",
    "provider",
    "providers",
    "standing",
]
