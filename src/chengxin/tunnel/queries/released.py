"""Which edition is in force: the last one released, whatever the files on disk say."""

import logging
from typing import Final

from django.db import connection

from chengxin.policy.queries.kept import kept_rulebook
from chengxin.policy.values import Rulebook
from chengxin.tunnel.models import Release
from chengxin.tunnel.values import ReleasedEdition

log = logging.getLogger(__name__)
_told: set[tuple[str, str]] = set()
_THERE: Final = "SELECT to_regclass('tunnel_release') IS NOT NULL"


def edition_in_force() -> str | None:
    """The edition released last; None before the first was adopted, or before the tables are."""
    with connection.cursor() as cursor:
        cursor.execute(_THERE)
        row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    return Release.objects.order_by("-number").values_list("edition_id", flat=True).first()


def instead_of(edition: str) -> Rulebook | None:
    """The rulebook in force where it is another than that of the files; None if it is the same.

    Raises: as `kept_rulebook`.
    """
    released = edition_in_force()
    if released is None or released == edition:
        return None
    if (edition, released) not in _told:
        _told.add((edition, released))
        text = "rulebook files of edition %s were never released: edition %s stays in force"
        log.warning(text, edition[:12], released[:12])
    return kept_rulebook(released)


def history() -> list[ReleasedEdition]:
    """Every edition that came into force here, oldest first."""
    rows = Release.objects.select_related("simulation__overruling").order_by("number")
    return [
        ReleasedEdition(
            row.number,
            row.edition_id,
            row.before,
            row.at,
            row.simulation.made_by if row.simulation else "",
            row.released_by,
            row.simulation_id,
            bool(row.simulation and hasattr(row.simulation, "overruling")),
        )
        for row in rows
    ]
