"""The whole register as it stood, in one statement: for what goes over every record at once."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import connection

from chengxin.kernel.copying import copy_out

COLUMNS: Final = (
    "record", "item", "subject", "kind", "unit", "adverse", "disclosure", "decided_on",
    "recorded_on", "revoked_on", "ended_on", "under_check", "hidden_by",
)  # fmt: skip
"""Of a line, in this order; behind them one text for each field asked for."""

_LINES: Final = """
WITH later AS (
  SELECT record_id,
    (array_agg(facts ORDER BY known_at DESC, id DESC)
      FILTER (WHERE kind = 'corrected'))[1] AS facts,
    (array_agg(effective_on ORDER BY known_at DESC, id DESC)
      FILTER (WHERE kind = 'revoked'))[1] AS revoked_on,
    (array_agg(CASE kind WHEN 'publication_ended' THEN effective_on END
        ORDER BY known_at DESC, id DESC)
      FILTER (WHERE kind IN ('publication_ended', 'resumed')))[1] AS ended_on,
    bool_or(kind = 'sealed') AS sealed,
    (array_agg(kind ORDER BY known_at DESC, id DESC)
      FILTER (WHERE kind IN ('shielded', 'shield_ended')))[1] = 'shielded' AS shielded,
    (array_agg(kind ORDER BY known_at DESC, id DESC)
      FILTER (WHERE kind IN ('check_opened', 'check_closed')))[1] = 'check_opened' AS under_check
  FROM register_recordevent
  WHERE kind <> 'recorded' AND known_at <= %(known)s AND effective_on <= %(on)s
  GROUP BY record_id
), link AS (
  SELECT DISTINCT ON (record_id) record_id, subject_id, subject_kind
  FROM register_recordlink WHERE known_at <= %(known)s
  ORDER BY record_id, known_at DESC, id DESC
)
SELECT r.id, r.item, CASE WHEN link.record_id IS NULL THEN r.subject_id ELSE link.subject_id END,
  coalesce(nullif(link.subject_kind, ''), r.subject_kind), r.unit, r.adverse, r.disclosure,
  r.decided_on, (r.recorded_at AT TIME ZONE 'Asia/Shanghai')::date,
  later.revoked_on, later.ended_on, coalesce(later.under_check, false),
  CASE WHEN later.sealed THEN 'sealed' WHEN later.shielded THEN 'shielded' ELSE '' END{fields}
FROM register_record r
LEFT JOIN register_recordevent first ON first.record_id = r.id AND first.kind = 'recorded'
  AND first.known_at <= %(known)s AND first.effective_on <= %(on)s
LEFT JOIN later ON later.record_id = r.id
LEFT JOIN link ON link.record_id = r.id
WHERE r.item = ANY(%(items)s) AND r.subject_kind <> 'natural_person'
  AND coalesce(later.facts, first.facts) IS NOT NULL
"""


def copy_standings(
    target: Path, *, on: date, known: datetime, items: Sequence[str], fields: Sequence[str]
) -> None:
    """Write every record of some items as it stood on `on`, as known at `known`, into a file.

    What `states_of` says of each, folded by the database instead of one by one: `COLUMNS`, then
    the fields as texts. Records about natural persons are not there.
    """
    named = "".join(
        f", coalesce(later.facts, first.facts) ->> %(f{n})s" for n in range(len(fields))
    )
    asked = {f"f{n}": name for n, name in enumerate(fields)}
    with connection.cursor() as cursor:
        query = _LINES.replace("{fields}", named)
        copy_out(cursor, query, asked | {"on": on, "known": known, "items": list(items)}, target)
