"""Powers from roles."""

from collections.abc import Iterable, Mapping

from chengxin.access.values import RolePowers
from chengxin.kernel.actor import Scope


def powers_of(roles: Iterable[str], defined: Mapping[str, RolePowers]) -> dict[str, Scope]:
    """The union of the roles' powers; where two differ, the wider scope holds.

    A role the rulebook no longer defines gives nothing: an old account loses powers, it never
    keeps stale ones.
    """
    powers: dict[str, Scope] = {}
    for code in roles:
        if code not in defined:
            continue
        for verb, scope in defined[code].powers.items():
            if powers.get(verb) is not Scope.ALL:
                powers[verb] = scope
    return powers
