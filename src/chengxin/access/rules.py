"""Powers from roles, and who counts as one asker."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from chengxin.access.values import RolePowers
from chengxin.kernel.actor import Scope

_HOUSEHOLD: Final = 64
"""Bits of an IPv6 address that one subscriber has in common; the others are its to choose."""


def bucket_of(address: str) -> str:
    """The network that counts as one asker: an IPv4 address, the first half of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _HOUSEHOLD), strict=False))


def asker_of(near: str, forwarded: str, proxies: int) -> str:
    """The address that asked: of the chain it came along, the one before our own proxies.

    `forwarded` is `X-Forwarded-For`, to which each proxy appends who asked it; what stands before
    our own is the asker's word and believed by nobody.
    """
    chain = [*(one.strip() for one in forwarded.split(",") if one.strip()), near]
    return chain[max(len(chain) - 1 - proxies, 0)] if proxies else near


def is_this_machine(address: str) -> bool:
    """Whether an address is of the machine itself: a proxy or a measurement beside us."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


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
