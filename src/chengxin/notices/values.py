"""A notice before it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Draft:
    """A notice 告知 to post: about what, to whom, by which channel, and when it counts.

    `delivered_on` is the day of service for a notice served with the decision, and the day the
    rulebook deems it delivered for one a channel has carried; None for one that waits in the
    outbox: it counts when the subject acknowledges it, not before. `facts` fill the template and
    hold no personal data.
    """

    about: UUID
    to_subject: UUID
    template: str
    served: bool
    delivered_on: date | None
    basis: str
    facts: Mapping[str, Any] = field(default_factory=dict)
