"""What the room asks of a role, whoever defines it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from chengxin.kernel.actor import Scope


@dataclass(frozen=True)
class Rate:
    """How much may be asked: so much at once, and so much again in every second."""

    capacity: float
    per_second: float


@dataclass(frozen=True)
class Granted:
    """Whether asking was granted, and what is left."""

    allowed: bool
    left: int
    seconds: int
    """Until it may be asked again (refused), or until everything is there again."""


class RolePowers(Protocol):
    """A role 角色 as the rulebook gives it: verbs and how far each reaches."""

    @property
    def powers(self) -> Mapping[str, Scope]:
        """Verb → scope."""
        ...
