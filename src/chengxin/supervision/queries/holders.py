"""Who holds a record of an item that shows today: asked of the whole register by sets."""

from datetime import date
from uuid import UUID

import duckdb

from chengxin.evaluation.queries.laying import facts_view, lay_out, windows
from chengxin.kernel.clock import now
from chengxin.policy.values import Rulebook
from chengxin.publication.rules.statements import dated_sql


def holders_of(item: str, *, unit: str = "", on: date, book: Rulebook) -> frozenset[UUID]:
    """Whom a record of an item that may be shown on `on` is about, from one unit or from any.

    Each under the body it shows under; never a natural person.
    """
    made = windows([item], book)
    with duckdb.connect(config={"threads": 1}) as base:
        lay_out(base, on=on, known=now(), items=[item], fields=made[item].fields)
        facts_view(base, "facts", kept=(), source=f"({dated_sql(made, 'records')})")
        rows = base.execute(
            "SELECT DISTINCT subject FROM facts WHERE since <= $on"
            " AND (until IS NULL OR $on < until) AND ($unit = '' OR unit = $unit)"
            " AND subject IS NOT NULL",
            {"on": on, "unit": unit},
        ).fetchall()
    return frozenset(one for (one,) in rows)
