"""What the room asks of a role, whoever defines it."""

from collections.abc import Mapping
from typing import Protocol

from chengxin.kernel.actor import Scope


class RolePowers(Protocol):
    """A role 角色 as the rulebook gives it: verbs and how far each reaches."""

    @property
    def powers(self) -> Mapping[str, Scope]:
        """Verb → scope."""
        ...
