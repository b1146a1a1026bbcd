"""Which edition of the rulebook this installation works with: the one released, and no other."""

import logging
import threading
from datetime import datetime
from pathlib import Path

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, today
from chengxin.policy.queries import in_force_only_if_released, rulebook_folder, when_taken_up
from chengxin.policy.services import edition_in
from chengxin.policy.values import Rulebook

log = logging.getLogger(__name__)


def stand_at_the_gate() -> None:
    """From now on this process works only with an edition that was released here."""
    in_force_only_if_released(_instead)


def keep_current_edition() -> None:
    """Adopt the rulebook of the files where none is in force yet: the installation's first.

    Every later one comes into force by `chengxin rulebook release`, which keeps it too.
    """
    from chengxin.tunnel.services import adopt_first
    from chengxin.tunnel.values import ADOPT

    adopt_first(root=rulebook_folder(), by=Actor.system(ADOPT), on=today())


def unreleased_edition() -> str:
    """The edition the files give, shortened, if it is not the one in force; else empty."""
    from chengxin.tunnel.queries.released import edition_in_force

    found = edition_in(rulebook_folder())
    return "" if edition_in_force() in (None, found) else found[:12]


def _instead(edition: str) -> Rulebook | None:
    from chengxin.tunnel.queries.released import instead_of

    return instead_of(edition)


def keep_what_is_taken_up() -> None:
    """From now on, whatever this process takes up is kept.

    On a thread and a connection of its own: a rule may change in the middle of an act, and
    neither may wait for the other's lock nor vanish with its transaction.
    """
    when_taken_up(_keep_aside)


def _keep_aside(root: Path, book: Rulebook) -> None:
    del book
    threading.Thread(target=_kept_or_told, args=(root, now())).start()


def _kept_or_told(root: Path, moment: datetime) -> None:
    from django.db import connection

    try:
        _keep(root, moment)
    except Exception:  # the page that met the change does not fail with it
        log.exception("the rulebook edition in use could not be kept")
    finally:
        connection.close()


def _keep(root: Path, moment: datetime) -> None:
    from chengxin.policy.services.keeping import TAKE_UP, take_up_edition

    by = Actor.system("rulebook.keep", TAKE_UP)
    take_up_edition(root=root, by=by, at=moment)
