"""Who a command acts as."""

from chengxin.kernel.actor import Actor


def actor(login: str) -> Actor:
    """The actor with that login; whoever runs the command line is trusted to name one.

    Raises: `UnknownOfficer`.
    """
    from chengxin.access.queries import actor_named
    from chengxin.looks.services import asks
    from chengxin.policy.queries import current_rulebook

    found = actor_named(login, current_rulebook().roles)
    asks(found)
    return found
