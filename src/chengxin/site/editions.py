"""The editions of the rulebook this installation works with are kept in its database."""

import logging
import threading
from datetime import datetime
from pathlib import Path

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.policy.queries import rulebook_folder, when_taken_up
from chengxin.policy.values import Rulebook

log = logging.getLogger(__name__)


def keep_current_edition() -> None:
    """Keep the edition in use, and note it as in force unless it is already."""
    _keep(rulebook_folder(), now())


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
