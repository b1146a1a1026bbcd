"""Posting notices and taking their acknowledgement."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.copying import copy_into, repeated
from chengxin.kernel.uuids import part_of, time_ordered
from chengxin.notices.models import Channel, Notice
from chengxin.notices.values import Draft


def post_many(drafts: Iterable[Draft]) -> int:
    """Write the notices of an act in the act's own transaction; the act notes itself.

    Returns: how many were written.
    """
    kept = list(drafts)
    for template, basis in dict.fromkeys((draft.template, draft.basis) for draft in kept):
        some = [draft for draft in kept if (draft.template, draft.basis) == (template, basis)]
        post_table(_table(some), template=template, basis=basis)
    return len(kept)


def _table(drafts: Sequence[Draft]) -> pa.Table:
    return pa.table(
        {
            "about": pa.array([str(draft.about) for draft in drafts], pa.string()),
            "to_subject": pa.array([str(draft.to_subject) for draft in drafts], pa.string()),
            "facts": pa.array([_json(draft) for draft in drafts], pa.string()),
            "served": pa.array([draft.served for draft in drafts], pa.bool_()),
            "delivered_on": pa.array([draft.delivered_on for draft in drafts], pa.date32()),
        }
    )


def _json(draft: Draft) -> str:
    return json.dumps(dict(draft.facts), ensure_ascii=False)


def post_table(table: pa.Table, *, template: str, basis: str) -> int:
    """Write many notices of one kind, like `post_many`, by COPY.

    `table` has the texts `about`, `to_subject` and `facts` (JSON) and the day `delivered_on`
    (NULL for one that waits in the outbox); `served` where that does not follow from the day.
    Returns: how many were written.
    """
    rows: int = table.num_rows
    moment = now()
    whole = time_ordered(moment)
    told = "served" in table.column_names
    served = table["served"] if told else table["delivered_on"].is_valid()
    columns = {
        "id": pa.array([str(part_of(whole, number)) for number in range(rows)]),
        "about": table["about"],
        "to_subject": table["to_subject"],
        "template": repeated(template, rows),
        "channel": pc.if_else(served, Channel.SERVED.value, Channel.INBOX.value),
        "facts": table["facts"],
        "basis": repeated(basis, rows),
        "posted_at": pa.repeat(pa.scalar(moment, pa.timestamp("us", tz="UTC")), rows),
        "deemed_delivered_on": table["delivered_on"],
    }
    with connection.cursor() as cursor:
        return copy_into(cursor, Notice._meta.db_table, pa.table(columns))  # noqa: SLF001


@transaction.atomic
def acknowledge(*, notice_id: UUID, by: Actor, on: date) -> Notice:
    """The subject has received the notice 签收; it counts as delivered from `on`."""
    notice = Notice.objects.select_for_update().get(id=notice_id)
    by.require("notices.acknowledge")
    if notice.acknowledged_on is None:
        notice.acknowledged_on, notice.acknowledged_at = on, now()
        notice.save(update_fields=["acknowledged_on", "acknowledged_at"])
        audit.note(by=by, verb="notices.acknowledge", target=f"notice:{notice.id}")
    return notice
