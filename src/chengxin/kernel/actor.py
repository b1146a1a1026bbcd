"""Who acts, for which unit, with which powers. Every verb of the house takes one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import UUID

from chengxin.kernel.errors import NotPermitted


class Scope(StrEnum):
    """How far a power reaches: the subject itself 本主体, the own unit 本单位, all 全部."""

    OWN_SUBJECT = "own_subject"
    OWN_UNIT = "own_unit"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system itself, with its powers as they were when it came in.

    `login` and `name` identify it in the log, `unit` is the code of its unit 单位 ("" for the
    system or a subject), `powers` maps a verb such as `intake.release` to its scope. `subject` is
    the subject it speaks for 代表的主体, an agent 代理人 or the person itself; None for officers.
    """

    login: str
    name: str
    unit: str
    powers: Mapping[str, Scope] = field(repr=False)
    subject: UUID | None = None

    def __post_init__(self) -> None:
        # A copy nobody can reach: a power cannot be slipped in after sign-in.
        powers = {verb: Scope(scope) for verb, scope in self.powers.items()}
        object.__setattr__(self, "powers", MappingProxyType(powers))

    @classmethod
    def system(cls, *verbs: str) -> Self:
        """The system acting by itself, with exactly the named verbs and no others."""
        return cls("system", "系统 System", "", dict.fromkeys(verbs, Scope.ALL))

    def may(self, verb: str, unit: str | None = None) -> bool:
        """Whether the actor holds `verb` for the things of `unit`.

        `unit=None` asks whether it holds the verb at all (to show a menu, to act on what
        belongs to no unit). An empty unit code belongs to nobody: only `Scope.ALL` reaches it.
        """
        scope = self.powers.get(verb)
        if scope is None or scope is Scope.OWN_SUBJECT:
            return False
        return scope is Scope.ALL or unit is None or (unit != "" and unit == self.unit)

    def require(self, verb: str, *, unit: str | None = None) -> None:
        """Raises: `NotPermitted` unless the actor may do `verb` for `unit`."""
        if not self.may(verb, unit):
            raise NotPermitted(login=self.login, verb=verb, unit=unit or self.unit)

    def may_for(self, verb: str, subject: UUID) -> bool:
        """Whether the actor holds `verb` for the things of `subject`: its own, or of all.

        A power over a unit's things reaches no subject: an officer of the unit that wrote a
        record does not speak for whom it is about.
        """
        scope = self.powers.get(verb)
        return scope is Scope.ALL or (scope is Scope.OWN_SUBJECT and subject == self.subject)

    def require_for(self, verb: str, subject: UUID) -> None:
        """Raises: `NotPermitted` unless the actor may do `verb` for `subject`."""
        if not self.may_for(verb, subject):
            raise NotPermitted(login=self.login, verb=verb, unit="本人 oneself")
